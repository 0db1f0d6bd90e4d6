// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hs {

/// One token of a prompt.
struct Token {
    int id = 0;
    std::string piece;   ///< as the vocabulary names it ("Ġthe", "▁the", "<s>"); written to files
    std::string text;    ///< what a person reads: UTF-8 with plain spaces; bytes that are no character as "<0xE2>"
    int byteBegin = -1;  ///< range in the prompt's UTF-8 text; -1, -1 for a token that stands for no text (BOS)
    int byteEnd = -1;
    int word = -1;         ///< index of the word this token belongs to; -1 for special tokens. Never decreases.
    bool special = false;  ///< BOS, EOS, padding and the like
};

/// A token that is cut out of the text before anything else sees it.
struct AddedToken {
    std::string content;
    int id = 0;
    bool singleWord = false;  ///< only where no letter, digit or underscore touches it
    bool lstrip = false;      ///< takes white space before it along
    bool rstrip = false;      ///< takes white space after it along
    bool special = false;
    bool normalized = false;  ///< looked for in the normalised text, not in the text as typed
};

/// What the logits after one token of a prompt ought to say.
struct Target {
    int position = 0;
    int id = 0;  ///< a token, or the number of an output where outputs are no tokens
    bool operator==(const Target&) const = default;
};

/// A text with its tokens, or plain ids without a text.
struct Prompt {
    std::string text;           ///< UTF-8; empty when the prompt came as ids and no tokeniser could decode them
    std::vector<Token> tokens;  ///< with BOS where the tokeniser adds it
    bool fromIds = false;       ///< ids were given: BOS was not added
    /// What a loss is measured against, at most one for each position, in their order; empty: the token after each.
    std::vector<Target> targets;
    /// Token type (segment) of each token, for models that have a table of them; empty: all are 0.
    std::vector<int> types;
    int size() const { return static_cast<int>(tokens.size()); }
    std::vector<int> ids() const
    {
        std::vector<int> out;
        out.reserve(tokens.size());
        for (const Token& t : tokens) out.push_back(t.id);
        return out;
    }
};

}  // namespace hs
