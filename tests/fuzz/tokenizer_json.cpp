// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json, vocabulary.json and vocab.json with merges. What follows a NUL byte is the text to encode (and the merges).
#include "engine/text/tokenizer.h"
#include "tests/fuzz/use_tokenizer.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    const std::string_view bytes = fuzz::textOf(data, size);
    const std::size_t nul = std::min(bytes.find('\0'), bytes.size());
    const std::string_view json = bytes.substr(0, nul), text = bytes.substr(std::min(nul + 1, bytes.size()));
    for (const auto& made : {makeHfTokenizer(json), makeVocabularyJson(json), makeGpt2BpeFromFiles(json, text)})
        if (made) fuzz::useTokenizer(**made, text);
    return 0;
}
