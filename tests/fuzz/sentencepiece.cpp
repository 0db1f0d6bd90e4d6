// SPDX-License-Identifier: GPL-3.0-or-later
// A SentencePiece model's bytes. The library that reads them trusts them; ours checks them first.
#include "engine/text/tokenizer.h"
#include "tests/fuzz/use_tokenizer.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    if (const auto made = makeSentencePieceModel(std::string(fuzz::textOf(data, size)), {.addBos = size % 2 == 0}))
        fuzz::useTokenizer(**made, {});
    return 0;
}
