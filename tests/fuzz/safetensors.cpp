// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors as a container and as a model; text that begins with a brace is an index of shards, one of which lies beside it.
#include "engine/io/store/safetensors.h"
#include "engine/io/model_open.h"
#include "tests/fuzz/seeds.h"
#include "tests/fuzz/use_model.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    static fuzz::Scratch scratch;
    static const std::string shard = scratch.put("shard.safetensors", fuzz::tinySafetensors());
    const std::string_view bytes = fuzz::textOf(data, size);
    const bool index = bytes.starts_with('{');
    const std::string path = scratch.next(bytes, index ? ".index.json" : ".safetensors");
    const auto store = index ? safetensorsShards(path) : safetensorsFile(path);
    if (!store) return 0;
    ++fuzz::accepted;
    const auto& tensors = (*store)->tensors();
    for (std::size_t i = 0; i < std::min<std::size_t>(tensors.size(), 50); ++i) {
        std::int64_t come = 0;
        const auto count = [&](std::int64_t first, const double*, std::size_t n) {
            fuzz::expect(first == come, "values come in order");
            come += static_cast<std::int64_t>(n);
        };
        const Status s = streamDoubles(**store, i, count, {});
        fuzz::expect(!s || come == tensors[i].count(), "every value comes once");
    }
    if (const auto model = modelFromStore(*store, nullptr, "safetensors", {})) fuzz::useModel(*model);
    return 0;
}
