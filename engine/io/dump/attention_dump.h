// SPDX-License-Identifier: GPL-3.0-or-later
// Attention made elsewhere (resources/manual/formats.md section 4.1), opened like a run: maps, statistics, atlas, figures.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/forward/attention_source.h"

namespace hs {

/// One sample of a dump. Maps are read head by head and kept within a byte budget.
class DumpSample : public AttentionSource {
public:
    virtual const std::string& text() const = 0;
    virtual std::vector<int> ids() const = 0;  ///< empty when the dump has none
    /// logits [n, V]; empty when the dump has none.
    virtual Result<MatrixF> logits() const = 0;
};

struct AttentionDump {
    std::string path;
    std::string model;  ///< as the dump names it
    std::string framework;
    std::vector<std::shared_ptr<const DumpSample>> samples;
};

}  // namespace hs
