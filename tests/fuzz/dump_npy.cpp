// SPDX-License-Identifier: GPL-3.0-or-later
// An attention array of NumPy with four tokens beside it; what follows the mark NUL "tokens" NUL is the list instead.
#include "engine/io/dump/dump_open.h"
#include "tests/fuzz/use_model.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    static fuzz::Scratch scratch;
    static const std::string four = scratch.put("four.json", R"(["<s>", "\u0120the", "\u2581cat", "##s"])");
    std::string_view bytes = fuzz::textOf(data, size);
    std::string list = four;
    if (const std::size_t mark = bytes.rfind(std::string_view("\0tokens\0", 8)); mark != std::string_view::npos) {
        list = scratch.put("given.tokens", bytes.substr(mark + 8));
        bytes = bytes.substr(0, mark);
    }
    const auto dump = openNpyDump(scratch.next(bytes, ".npy"), list);
    if (!dump) return 0;
    ++fuzz::accepted;
    fuzz::useDump(**dump);
    return 0;
}
