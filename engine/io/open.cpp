// SPDX-License-Identifier: GPL-3.0-or-later
// What a file is, by its content; then the reader for it.
#include "engine/io/open.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/io/bytes/file_region.h"
#include "engine/io/dump/dump_open.h"
#include "engine/io/file_kind.h"
#include "engine/io/gguf/gguf_model.h"
#include "engine/io/h5/file.h"
#include "engine/io/model_open.h"
#include "engine/io/probe/probe.h"
#include "engine/io/store/npz.h"
#include "engine/io/store/safetensors.h"
#include "engine/io/store/shards.h"
#include "engine/io/store/torch_file.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

bool isDump(const h5::File& file)
{
    const h5::Attributes& root = file.inventory().attributesOf("");
    const auto it = root.find("format");
    if (it != root.end() && it->second.asText() == "attention-dump") return true;
    return it == root.end() && file.inventory().find("samples/0/attentions") != nullptr;
}

Result<Opened> openHdf5(const std::string& path, const OpenOptions& options, const Progress& progress)
{
    if (options.probe) {
        progress.report(Stage::Probing, 0, 0);
        if (const Status s = probeHdf5(path, progress); !s) return s.error();
    }
    if (progress.stopped()) return Error::cancelled(path);
    progress.report(Stage::ReadingNames, 0, 0);
    auto file = h5::File::open(path);
    if (!file) return file.error();
    if (isDump(**file)) {
        auto dump = openDump(*file);
        if (!dump) return dump.error();
        return Opened(*dump);
    }
    auto model = modelFromStore(std::make_shared<h5::Store>(*file), *file, "hdf5", options, progress);
    if (!model) return model.error();
    return Opened(*model);
}

/// One file, or all parts of the model that it is a part of.
Result<std::shared_ptr<const TensorStore>> safetensorsWhole(const std::string& path, const Progress& progress)
{
    const auto files = shardsWith(path);
    if (!files) return files.error();
    return files->size() == 1 ? safetensorsFile(path, progress) : safetensorsParts(path, *files, progress);
}

using OpenOne = Result<OpenedStore> (*)(const std::string& path, const Progress& progress);

/// The same for kinds whose files say more than tensors: the first part's settings are those of all.
Result<OpenedStore> wholeOf(const std::string& path, OpenOne open, const Progress& progress)
{
    const auto files = shardsWith(path);
    if (!files) return files.error();
    if (files->size() == 1) return open(path, progress);
    OpenedStore out;
    std::vector<std::shared_ptr<const TensorStore>> parts;
    for (const std::string& file : *files) {
        auto part = open(file, progress);
        if (!part) return part.error();
        if (parts.empty()) out.settings = std::move(part->settings);
        parts.push_back(std::move(part->store));
    }
    auto joined = joinStores(path, std::move(parts));
    if (!joined) return joined.error();
    out.store = *joined;
    return out;
}

/// The files that an index lists, each with the tensors that the index says are in it.
Result<OpenedStore> indexed(const std::string& path, const Progress& progress)
{
    const auto shards = shardsOfIndex(path, progress);
    if (!shards) return shards.error();
    const bool torch = std::none_of(shards->begin(), shards->end(), [](const IndexedShard& s) { return s.path.ends_with(".safetensors"); });
    if (!torch || shards->empty()) {
        auto store = safetensorsShards(path, progress);
        if (!store) return store.error();
        return OpenedStore{*store, {}};
    }
    std::vector<std::shared_ptr<const TensorStore>> parts;
    for (const IndexedShard& shard : *shards) {
        auto part = torchFile(shard.path, progress);
        if (!part) return part.error();
        std::set<std::string> there;
        for (const StoredTensor& t : part->store->tensors()) there.insert(t.name);
        for (const std::string& tensor : shard.tensors)
            if (!there.contains(tensor)) return Error::in(shard.path, ErrorCode::TensorMissing, tensor);
        parts.push_back(std::move(part->store));
    }
    auto joined = joinStores(path, std::move(parts));
    if (!joined) return joined.error();
    return OpenedStore{*joined, {}};
}

Result<Opened> openStore(const Result<OpenedStore>& opened, const char* container, const OpenOptions& options, const Progress& progress)
{
    if (!opened) return opened.error();
    auto model = modelFromStore(opened->store, nullptr, container, options, progress, opened->settings);
    if (!model) return model.error();
    return Opened(*model);
}

Result<OpenedStore> plain(Result<std::shared_ptr<const TensorStore>> store)
{
    if (!store) return store.error();
    return OpenedStore{*store, {}};
}

}  // namespace

Result<Opened> openFile(const std::string& given, const OpenOptions& options, const Progress& progress)
{
    std::string path = given;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        auto inside = modelFileIn(path);
        if (!inside) return inside.error();
        path = *inside;
    }
    const auto file = FileRegion::open(path);
    if (!file) return file.error();
    const auto unknown = [&](const char* kind) { return Error::in(path, ErrorCode::UnknownFileKind, {}, kind, readableKinds()); };
    switch (kindOf(*file)) {
    case FileKind::Hdf5: return openHdf5(path, options, progress);
    case FileKind::Safetensors: return openStore(plain(safetensorsWhole(path, progress)), "safetensors", options, progress);
    case FileKind::Index:
        return openStore(indexed(path, progress), path.ends_with(".bin.index.json") ? "pytorch" : "safetensors", options, progress);
    case FileKind::Torch: return openStore(wholeOf(path, torchFile, progress), "pytorch", options, progress);
    case FileKind::Gguf: return openStore(ggufFile(path, progress), "gguf", options, progress);
    case FileKind::Npz: return openStore(plain(npzFile(path, progress)), "npz", options, progress);
    case FileKind::Npy: {
        auto dump = openNpyDump(path, options.tokensFile);
        if (!dump) return dump.error();
        return Opened(*dump);
    }
    case FileKind::Keras: return unknown("Keras 3 (.keras)");
    case FileKind::Zip: return unknown("zip");
    case FileKind::Unknown: break;
    }
    const std::string ending = fs::path(path).extension().string();
    const bool meant = ending == ".h5" || ending == ".hdf5" || ending == ".hdf";
    return Error{meant ? ErrorCode::NotHdf5 : ErrorCode::UnknownFileKind, path, {}, {}, readableKinds()};
}

Result<std::shared_ptr<const Model>> openModel(const std::string& path, const OpenOptions& options, const Progress& progress)
{
    auto opened = openFile(path, options, progress);
    if (!opened) return opened.error();
    if (const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened)) return *model;
    return Error::in(path, ErrorCode::NeedsWeights, {}, "attention dump");
}

}  // namespace hs
