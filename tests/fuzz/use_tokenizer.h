// SPDX-License-Identifier: GPL-3.0-or-later
// Text to tokens and back, as the program does it with a tokeniser that came with a model.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/text/tokenizer.h"
#include "tests/fuzz/target.h"

namespace hs::fuzz {

inline void useTokenizer(const Tokenizer& tokenizer, std::string_view given)
{
    ++accepted;
    const int size = tokenizer.vocabSize();
    expect(size >= 0, "a vocabulary has a size");
    for (const int id : {-1, 0, 1, size / 2, size - 1, size, 1 << 30}) {
        (void)tokenizer.piece(id);
        (void)tokenizer.displayText(id);
        (void)tokenizer.tokenBytes(id);
        (void)tokenizer.isSpecial(id);
    }
    for (const auto id : {tokenizer.bosId(), tokenizer.eosId()}) expect(!id || (*id >= 0 && *id < size), "BOS and EOS are tokens");
    using namespace std::string_view_literals;
    for (const std::string_view text :
         {given.substr(0, 4096), ""sv, "Hello world, it's 12:30!\n\n  x"sv, "caf\u00e9 \u65e5\u672c\u8a9e \U0001F600"sv,
          "a\u0301\u0000\u200d<s></s>[CLS]"sv, "\xff\xfe broken"sv}) {
        const auto tokens = tokenizer.encode(text);
        if (!tokens) continue;
        std::vector<int> ids;
        int last = 0;
        for (const Token& t : *tokens) {
            expect(t.id >= 0 && t.id < size, "every token is in the vocabulary");
            ids.push_back(t.id);
            if (t.byteBegin < 0) continue;  // stands for no text
            expect(t.byteBegin >= last && t.byteEnd >= t.byteBegin, "byte ranges go forward");
            expect(std::size_t(t.byteEnd) <= text.size(), "byte ranges end inside the text");
            last = t.byteBegin;
        }
        (void)tokenizer.decode(ids);
        if (const auto prompt = makePrompt(tokenizer, text)) expect(prompt->size() >= int(ids.size()), "a prompt holds all tokens");
    }
}

}  // namespace hs::fuzz
