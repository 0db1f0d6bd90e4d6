// SPDX-License-Identifier: GPL-3.0-or-later
// openFile on bytes. HDF5 goes through the helper process first, as in the program: what crashes libhdf5 there is the helper's to say,
// what comes past it must not crash here.
#include "engine/io/open.h"
#include "tests/fuzz/use_model.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    static fuzz::Scratch scratch;
    const auto opened = openFile(scratch.next(fuzz::textOf(data, size), ".h5"));
    if (!opened) {
        fuzz::expect(opened.error().code != ErrorCode::Internal, "foreign bytes are never an internal error");
        return 0;
    }
    ++fuzz::accepted;
    if (const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened)) fuzz::useModel(*model);
    if (const auto* dump = std::get_if<std::shared_ptr<const AttentionDump>>(&*opened)) fuzz::useDump(**dump);
    return 0;
}
