// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/file_kind.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/io/bytes/zip_file.h"
#include "engine/io/store/shards.h"
#include "engine/io/store/torch_file.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEndings[] = {".h5", ".hdf5", ".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".gguf", ".npz", ".npy"};
// What training programs and downloads put beside a model.
constexpr const char* kOthers[] = {"reference.h5",      "adapter_model.safetensors",
                                   "adapter_model.bin", "training_args.bin",
                                   "optimizer.bin",     "optimizer.pt",
                                   "scheduler.bin",     "scheduler.pt",
                                   "rng_state.pth",     "scaler.pt"};
constexpr const char* kUsual[] = {"model.h5",    "model.safetensors", "model.safetensors.index.json",
                                  "tf_model.h5", "pytorch_model.bin", "pytorch_model.bin.index.json"};

/// HDF5 may stand behind a user block of 512, 1024, 2048 ... bytes.
bool hasHdf5Signature(const FileRegion& file)
{
    static constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    std::array<unsigned char, 8> head{};
    for (std::uint64_t at = 0; at + head.size() <= file.size(); at = at == 0 ? 512 : at * 2)
        if (file.read(at, head.data(), head.size()) && head == signature) return true;
    return false;
}

/// An archive whose directory cannot be read is what its name says.
FileKind kindOfZip(const std::shared_ptr<const FileRegion>& file)
{
    const auto zip = ZipFile::open(file);
    if (!zip) return file->path().ends_with(".npz") ? FileKind::Npz : file->path().ends_with(".keras") ? FileKind::Keras : FileKind::Torch;
    const auto& members = (*zip)->members();
    const auto any = [&](const char* ending) {
        return std::any_of(members.begin(), members.end(), [&](const ZipMember& m) { return m.name.ends_with(ending); });
    };
    if (any("/data.pkl")) return FileKind::Torch;
    if (any("model.weights.h5")) return FileKind::Keras;
    return any(".npy") ? FileKind::Npz : FileKind::Zip;
}

/// Files in a folder that are parts of one model by their names; a part may be missing.
bool partsOfOne(const std::vector<std::string>& files)
{
    std::optional<ShardName> first;
    for (const std::string& file : files) {
        const auto name = shardName(fs::path(file).filename().string());
        if (!name) return false;
        if (!first) first = name;
        if (name->stem != first->stem || name->parts != first->parts || name->ending != first->ending) return false;
    }
    return true;
}

}  // namespace

FileKind kindOf(const std::shared_ptr<const FileRegion>& file)
{
    if (hasHdf5Signature(*file)) return FileKind::Hdf5;
    std::array<char, 16> head{};
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(head.size(), file->size()));
    if (!file->read(0, head.data(), size)) return FileKind::Unknown;
    if (std::memcmp(head.data(), "\x93NUMPY", 6) == 0) return FileKind::Npy;
    if (std::memcmp(head.data(), "PK\x03\x04", 4) == 0) return kindOfZip(file);
    if (std::memcmp(head.data(), "GGUF", 4) == 0) return FileKind::Gguf;
    std::uint64_t header = 0;
    for (std::size_t i = 8; i-- > 0;) header = (header << 8) | static_cast<unsigned char>(head[i]);
    if (size > 8 && head[8] == '{' && header >= 2 && header <= 100000000) return FileKind::Safetensors;
    if (head[0] == '{' && file->path().ends_with(".index.json")) return FileKind::Index;
    if (beginsAsPickle(reinterpret_cast<const unsigned char*>(head.data()), size)) return FileKind::Torch;
    return FileKind::Unknown;
}

const char* readableKinds() { return "HDF5, safetensors, PyTorch, GGUF, NPZ, NPY"; }

std::span<const char* const> readableEndings() { return kEndings; }

Result<std::string> modelFileIn(const std::string& given)
{
    const fs::path folder = given;
    std::error_code error;
    for (const char* name : kUsual)
        if (fs::is_regular_file(folder / name, error)) return (folder / name).string();
    std::vector<std::string> found;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string ending = it->path().extension().string(), name = it->path().filename().string();
        const auto is = [](const std::string& text) { return [&text](const char* known) { return text == known; }; };
        if (name.ends_with(".analysis.h5")) continue;  // what was computed about a model
        if (std::any_of(std::begin(kEndings), std::end(kEndings), is(ending))
            && std::none_of(std::begin(kOthers), std::end(kOthers), is(name)))
            found.push_back(it->path().string());
    }
    if (error) return Error::in(given, ErrorCode::FileUnreadable, {}, error.message());
    if (found.size() == 1) return found.front();
    std::sort(found.begin(), found.end());
    if (!found.empty() && partsOfOne(found)) return found.front();
    constexpr std::size_t named = 4;
    std::string names;
    for (std::size_t i = 0; i < std::min(named, found.size()); ++i) names += (i > 0 ? ", " : "") + fs::path(found[i]).filename().string();
    if (found.size() > named) names += " ...";
    return Error::in(given, ErrorCode::FileIsFolder, names, std::to_string(found.size()));
}

}  // namespace hs
