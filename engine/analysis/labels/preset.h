// SPDX-License-Identifier: GPL-3.0-or-later
// Thresholds and other numbers of the labels, by name. Defaults come from the catalogue; presets change some of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace hs {

class LabelPreset {
public:
    /// Every default of the catalogue and of the trust procedure.
    LabelPreset();

    std::string id = "default";
    std::string title = "HeadScope";
    /// Value of a key that the catalogue lists; an unknown key is a programming error (asserts, gives NaN).
    double value(const std::string& key) const;
    /// InvalidArgument (item = key, found, expected = range) for an unknown key or a value outside its range.
    Status set(const std::string& key, double value);
    const std::map<std::string, double>& values() const { return m_values; }

private:
    std::map<std::string, double> m_values;
};

}  // namespace hs
