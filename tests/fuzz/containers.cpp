// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch, NumPy and GGUF containers, by their first bytes: as a container and as a model.
#include "engine/io/file_kind.h"
#include "engine/io/gguf/gguf_model.h"
#include "engine/io/model_open.h"
#include "engine/io/store/npz.h"
#include "engine/io/store/torch_file.h"
#include "tests/fuzz/use_model.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    static fuzz::Scratch scratch;
    const std::string path = scratch.next(fuzz::textOf(data, size), ".bin");
    const auto file = FileRegion::open(path);
    if (!file) return 0;
    const FileKind kind = kindOf(*file);
    OpenedStore opened;
    if (kind == FileKind::Npz) {
        const auto store = npzFile(path);
        if (!store) return 0;
        opened.store = *store;
    } else if (kind == FileKind::Torch || kind == FileKind::Gguf) {
        auto whole = kind == FileKind::Gguf ? ggufFile(path) : torchFile(path);
        if (!whole) {
            fuzz::expect(whole.error().code != ErrorCode::Internal, "foreign bytes are never an internal error");
            return 0;
        }
        opened = std::move(*whole);
    } else {
        return 0;
    }
    ++fuzz::accepted;
    const auto& tensors = opened.store->tensors();
    for (std::size_t i = 0; i < std::min<std::size_t>(tensors.size(), 50); ++i) {
        if (tensors[i].count() > (1 << 22)) continue;  // a stride of 0 makes many values of one
        std::int64_t come = 0;
        const auto count = [&](std::int64_t first, const double*, std::size_t n) {
            fuzz::expect(first == come, "values come in order");
            come += static_cast<std::int64_t>(n);
        };
        const Status s = streamDoubles(*opened.store, i, count, {});
        fuzz::expect(!s || come == tensors[i].count(), "every value comes once");
    }
    if (const auto model = modelFromStore(opened.store, nullptr, "file", {}, {}, opened.settings)) fuzz::useModel(*model);
    return 0;
}
