// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace hs {

/// What a head can be called (engine/methods/patterns.md section 12); label_kinds.h has a row for each. The order decides between equal scores.
enum class LabelKind {
    Sink,
    Vertical,
    Punctuation,  // where the attention rests, raw view
    PreviousToken,
    NextToken,
    Positional,
    Self,
    Local,
    Broad,  // position, content view
    Subword,
    Block,
    RareWord,  // annotated text, against the head's own offset profile
    Syntactic,
    Translation,
    Induction,
    DuplicateToken,
    Retrieval,  // repeated content
    // attributes: never the primary label
    NoOp,
    Copying,
    QkMatching,
    Successor,
    CopySuppression,
    CmrLike,
    StatisticalInduction,
    Iteration,
};

/// A label with its parameter. `offset` is key - query and counts for Positional alone; `argument` is the token class of
/// Vertical ("newline"), "rel,dir" of Syntactic; both are empty otherwise.
struct LabelId {
    LabelKind kind = LabelKind::Broad;
    int offset = 0;
    std::string argument;
    auto operator<=>(const LabelId&) const = default;
};

/// Positional at an offset by its own name: -1 previous-token, +1 next-token, 0 self, else positional(d).
LabelId positionalLabel(int offset);
/// "previous-token", "positional(-3)", "vertical(newline)", "syntactic(nsubj,head)", "block": as files and the command line write it.
std::string labelName(const LabelId& id);
/// The same without the parameter: "positional", "vertical".
const char* kindName(LabelKind kind);
/// Nothing for a text that labelName never writes.
std::optional<LabelId> parseLabel(std::string_view text);
/// Attributes describe a head beside its labels and are never primary.
bool isAttribute(LabelKind kind);
/// Labels that a model with shuffled weights must never get: all but previous- and next-token, positional, self, local, sink,
/// punctuation, vertical, broad and no-op.
bool isContentLabel(LabelKind kind);

}  // namespace hs
