// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/analysis_cache.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/base/hash.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/h5/file.h"
#include "engine/io/h5/writer.h"
#include "engine/io/probe/probe.h"
#include "engine/io/write/ours.h"

namespace hs {
namespace {

namespace fs = std::filesystem;

std::atomic<bool> besideModels{false};

constexpr const char* kFormat = "headscope-analysis";
constexpr std::size_t kMostResults = 8;
constexpr std::size_t kMostBytes = std::size_t(256) << 20;

struct Stored {
    std::string kind, key, text;
    std::int64_t storedAt = 0;
};

/// A file of results, open; null when it is none of ours or cannot be read. It may have come with the model: the helper looks first.
std::shared_ptr<const h5::File> openCache(const std::string& path)
{
    std::error_code none;
    if (path.empty() || !fs::is_regular_file(path, none) || standing(path) != Standing::Result || !probeHdf5(path)) return nullptr;
    const auto file = h5::File::open(path);
    if (!file) return nullptr;
    const h5::Attributes& root = (*file)->inventory().attributesOf("");
    const auto format = root.find("format");
    return format != root.end() && format->second.asText() == kFormat ? *file : nullptr;
}

/// All results of a file in the order in which they were stored; empty when it is none of ours.
std::vector<Stored> readAll(const std::string& path)
{
    const auto file = openCache(path);
    if (!file) return {};
    const h5::Inventory& inventory = file->inventory();
    std::vector<std::pair<std::int64_t, Stored>> found;
    for (const h5::DatasetInfo& dataset : inventory.datasets) {
        const std::string& name = dataset.tensor.name;
        const std::size_t slash = name.find('/');
        if (slash == std::string::npos || name.find('/', slash + 1) != std::string::npos) continue;
        auto text = file->bytes(name, kMostBytes);
        if (!text) continue;
        const h5::Attributes& attributes = inventory.attributesOf(name);
        const auto order = attributes.find("order"), since = attributes.find("stored_at");
        const std::int64_t at = order == attributes.end() ? 0 : order->second.asInt().value_or(0);
        found.emplace_back(at, Stored{name.substr(0, slash), name.substr(slash + 1), std::move(*text),
                                      since == attributes.end() ? 0 : since->second.asInt().value_or(0)});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Stored> out;
    for (auto& [order, stored] : found) out.push_back(std::move(stored));
    return out;
}

Status writeAll(const std::string& path, const std::vector<Stored>& all)
{
    return writeThroughTemporary(path, [&](const std::string& temporary) {
        h5::Writer writer(temporary);
        writer.attribute("/", "format", std::string(kFormat));
        writer.attribute("/", "format_version", std::int64_t(1));
        std::int64_t order = 0;
        for (const Stored& stored : all) {
            const std::string name = stored.kind + "/" + stored.key;
            writer.bytes(name, stored.text);
            writer.attribute(name, "order", order++);
            writer.attribute(name, "stored_at", stored.storedAt);
        }
        return writer.finish();
    });
}

/// A file of results, or nothing: what else bears the name, a link too, is somebody else's.
Status mayReplace(const std::string& path)
{
    std::error_code error;
    const bool link = fs::is_symlink(fs::symlink_status(path, error));
    if (!link && (standing(path) == Standing::Nothing || openCache(path))) return {};
    return Error::in(path, ErrorCode::WriteFailed, {}, link ? "it is a link" : "HeadScope did not write it");
}

Status store(const std::string& path, const Stored& stored)
{
    if (Status status = mayReplace(path); !status) return status;
    std::vector<Stored> all = readAll(path);
    std::erase_if(all, [&](const Stored& s) { return s.kind == stored.kind && s.key == stored.key; });
    all.push_back(stored);
    std::size_t ofKind =
        static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Stored& s) { return s.kind == stored.kind; }));
    std::erase_if(all, [&](const Stored& s) { return s.kind == stored.kind && ofKind > kMostResults && ofKind-- > 0; });
    return writeAll(path, all);
}

fs::path cacheFolder()
{
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && cache[0] == '/') return fs::path(cache) / "headscope";
    if (const char* home = std::getenv("HOME"); home && home[0] == '/') return fs::path(home) / ".cache" / "headscope";
    return {};
}

/// Up to 0.1.0 the name in the cache folder came from the model's path.
std::string oldFileInCache(const std::string& modelPath)
{
    const fs::path folder = cacheFolder();
    if (folder.empty()) return {};
    std::error_code ignored;
    const std::string full = fs::absolute(modelPath, ignored).lexically_normal().string();
    return (folder / (sha256Hex(full.data(), full.size()).substr(0, 32) + ".analysis.h5")).string();
}

/// The last counts most where two were stored in the same second.
std::vector<std::string> placesToRead(const AnalysisPlace& place)
{
    return {oldFileInCache(place.modelPath), analysisFileBeside(place.modelPath), analysisFileInCache(place.modelHash)};
}

}  // namespace

void keepAnalysesBeside(bool beside) { besideModels = beside; }

std::string analysisFileBeside(const std::string& modelPath) { return modelPath + ".analysis.h5"; }

std::string analysisFileInCache(const std::string& modelHash)
{
    const fs::path folder = cacheFolder();
    if (folder.empty() || modelHash.empty()) return {};
    return (folder / (modelHash + ".analysis.h5")).string();
}

std::optional<std::string> readAnalysis(const AnalysisPlace& place, const std::string& kind, const std::string& key)
{
    for (const std::string& path : placesToRead(place))
        for (Stored& stored : readAll(path))
            if (stored.kind == kind && stored.key == key) return std::move(stored.text);
    return std::nullopt;
}

std::optional<StoredAnalysis> readNewestAnalysis(const AnalysisPlace& place, const std::string& kind)
{
    std::optional<StoredAnalysis> newest;
    for (const std::string& path : placesToRead(place))
        for (Stored& stored : readAll(path))
            if (stored.kind == kind && (!newest || stored.storedAt >= newest->storedAt))
                newest = StoredAnalysis{std::move(stored.key), std::move(stored.text), stored.storedAt};
    return newest;
}

Status writeAnalysis(const AnalysisPlace& place, const std::string& kind, const std::string& key, const std::string& text)
{
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const Stored stored{kind, key, text, static_cast<std::int64_t>(now)};
    if (besideModels && store(analysisFileBeside(place.modelPath), stored).ok()) return {};
    const std::string path = analysisFileInCache(place.modelHash);
    if (path.empty()) return Error::in(place.modelPath, ErrorCode::FolderMissing, "HOME");
    std::error_code ignored;
    fs::create_directories(fs::path(path).parent_path(), ignored);
    return store(path, stored);
}

}  // namespace hs
