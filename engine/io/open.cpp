// SPDX-License-Identifier: GPL-3.0-or-later
// What a file is, by its content; then the reader for it.
#include "engine/io/open.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <optional>

#include "engine/io/bytes/file_region.h"
#include "engine/io/dump/dump_open.h"
#include "engine/io/h5/file.h"
#include "engine/io/model_open.h"
#include "engine/io/probe/probe.h"
#include "engine/io/store/safetensors.h"
#include "engine/io/store/shards.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

enum class Kind { Hdf5, Safetensors, SafetensorsIndex, Npy, Zip, Gguf, Unknown };

/// HDF5 may stand behind a user block of 512, 1024, 2048 ... bytes.
bool hasHdf5Signature(const FileRegion& file)
{
    static constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    std::array<unsigned char, 8> head{};
    for (std::uint64_t at = 0; at + head.size() <= file.size(); at = at == 0 ? 512 : at * 2)
        if (file.read(at, head.data(), head.size()) && head == signature) return true;
    return false;
}

Kind sniff(const FileRegion& file)
{
    if (hasHdf5Signature(file)) return Kind::Hdf5;
    std::array<char, 16> head{};
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(head.size(), file.size()));
    if (!file.read(0, head.data(), size)) return Kind::Unknown;
    if (std::memcmp(head.data(), "\x93NUMPY", 6) == 0) return Kind::Npy;
    if (std::memcmp(head.data(), "PK\x03\x04", 4) == 0) return Kind::Zip;
    if (std::memcmp(head.data(), "GGUF", 4) == 0) return Kind::Gguf;
    std::uint64_t header = 0;
    for (std::size_t i = 8; i-- > 0;) header = (header << 8) | static_cast<unsigned char>(head[i]);
    if (size > 8 && head[8] == '{' && header >= 2 && header <= 100000000) return Kind::Safetensors;
    if (head[0] == '{' && file.path().ends_with(".index.json")) return Kind::SafetensorsIndex;
    return Kind::Unknown;
}

/// Files in a folder that are parts of one model by their names; a part may be missing.
bool partsOfOne(const std::vector<std::string>& files)
{
    std::optional<ShardName> first;
    for (const std::string& file : files) {
        const auto name = shardName(fs::path(file).filename().string());
        if (!name) return false;
        if (!first) first = name;
        if (name->stem != first->stem || name->parts != first->parts) return false;
    }
    return true;
}

/// The model file that a folder is about, by the names people give it; else its only one of a known kind.
Result<std::string> fileIn(const fs::path& folder)
{
    std::error_code error;
    for (const char* name : {"model.h5", "model.safetensors", "model.safetensors.index.json", "tf_model.h5"})
        if (fs::is_regular_file(folder / name, error)) return (folder / name).string();
    std::vector<std::string> found;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string ending = it->path().extension().string();
        const std::string name = it->path().filename().string();
        if (name != "reference.h5" && name != "adapter_model.safetensors"
            && (ending == ".h5" || ending == ".hdf5" || ending == ".safetensors" || ending == ".npy"))
            found.push_back(it->path().string());
    }
    if (error) return Error::in(folder.string(), ErrorCode::FileUnreadable, {}, error.message());
    if (found.size() == 1) return found.front();
    std::sort(found.begin(), found.end());
    if (!found.empty() && partsOfOne(found)) return found.front();
    return Error::in(folder.string(), ErrorCode::FileIsFolder, {}, std::to_string(found.size()), "model.h5, model.safetensors");
}

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

Result<Opened> openSafetensors(const std::string& path, bool index, const OpenOptions& options, const Progress& progress)
{
    auto store = index ? safetensorsShards(path, progress) : safetensorsWhole(path, progress);
    if (!store) return store.error();
    auto model = modelFromStore(*store, nullptr, "safetensors", options, progress);
    if (!model) return model.error();
    return Opened(*model);
}

}  // namespace

Result<Opened> openFile(const std::string& given, const OpenOptions& options, const Progress& progress)
{
    std::string path = given;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        auto inside = fileIn(path);
        if (!inside) return inside.error();
        path = *inside;
    }
    const auto file = FileRegion::open(path);
    if (!file) return file.error();
    switch (sniff(**file)) {
    case Kind::Hdf5: return openHdf5(path, options, progress);
    case Kind::Safetensors: return openSafetensors(path, false, options, progress);
    case Kind::SafetensorsIndex: return openSafetensors(path, true, options, progress);
    case Kind::Npy: {
        auto dump = openNpyDump(path, options.tokensFile);
        if (!dump) return dump.error();
        return Opened(*dump);
    }
    case Kind::Zip: return Error::in(path, ErrorCode::UnknownFileKind, {}, "zip (.pt, .keras, .npz)", "HDF5, safetensors, NPY");
    case Kind::Gguf: return Error::in(path, ErrorCode::UnknownFileKind, {}, "GGUF", "HDF5, safetensors, NPY");
    case Kind::Unknown: break;
    }
    const std::string ending = fs::path(path).extension().string();
    const bool meant = ending == ".h5" || ending == ".hdf5" || ending == ".hdf";
    return Error{meant ? ErrorCode::NotHdf5 : ErrorCode::UnknownFileKind, path, {}, {}, "HDF5, safetensors, NPY"};
}

Result<std::shared_ptr<const Model>> openModel(const std::string& path, const OpenOptions& options, const Progress& progress)
{
    auto opened = openFile(path, options, progress);
    if (!opened) return opened.error();
    if (const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened)) return *model;
    return Error::in(path, ErrorCode::NeedsWeights, {}, "attention dump");
}

}  // namespace hs
