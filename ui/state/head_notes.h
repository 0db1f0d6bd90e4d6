// SPDX-License-Identifier: GPL-3.0-or-later
// Labels and notes of the user's own, by head.
#pragma once

#include <QString>
#include <map>

#include "engine/base/ids.h"

namespace hs::ui {

/// What the user says about a head; both may be in any words.
struct HeadNote {
    QString label;  ///< short: the user's own label
    QString text;
    bool empty() const { return label.isEmpty() && text.isEmpty(); }
    bool operator==(const HeadNote&) const = default;
};
using HeadNotes = std::map<HeadId, HeadNote>;

}  // namespace hs::ui
