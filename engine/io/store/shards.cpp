// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/shards.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string_view>

#include "engine/io/bytes/beside.h"
#include "engine/io/bytes/json_text.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view endings[] = {".safetensors", ".bin", ".pt", ".pth", ".gguf"};
constexpr std::string_view between = "-of-";
constexpr std::size_t longestNumber = 5;

/// Digits at the end of `text`, taken off it; empty when there are none or too many.
std::string_view takeDigits(std::string_view& text)
{
    std::size_t digits = 0;
    while (digits < text.size() && text[text.size() - 1 - digits] >= '0' && text[text.size() - 1 - digits] <= '9') ++digits;
    if (digits > longestNumber) return {};
    const std::string_view out = text.substr(text.size() - digits);
    text.remove_suffix(digits);
    return out;
}

std::string numbered(const ShardName& name, int part)
{
    std::string digits = std::to_string(part);
    const std::size_t width = name.numbers.find('-');
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return name.stem + "-" + digits + name.numbers.substr(width) + name.ending;
}

class JoinedStore final : public TensorStore {
public:
    JoinedStore(std::string path, std::vector<std::shared_ptr<const TensorStore>> parts)
        : m_path(std::move(path)), m_parts(std::move(parts))
    {
        for (const auto& part : m_parts)
            for (std::size_t t = 0; t < part->tensors().size(); ++t) {
                m_tensors.push_back(part->tensors()[t]);
                m_places.emplace_back(part.get(), t);
            }
    }
    const std::string& path() const override { return m_path; }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override
    {
        const auto& [part, tensor] = m_places[index];
        return part->streamRaw(tensor, sink, progress);
    }

private:
    std::string m_path;
    std::vector<std::shared_ptr<const TensorStore>> m_parts;
    std::vector<StoredTensor> m_tensors;
    std::vector<std::pair<const TensorStore*, std::size_t>> m_places;
};

/// The name that says which part a file is: its own, or that of the file a link leads to.
std::optional<ShardName> nameOf(const std::string& path)
{
    if (auto name = shardName(fs::path(path).filename().string())) return name;
    std::error_code ignored;
    return shardName(fs::canonical(path, ignored).filename().string());
}

}  // namespace

std::optional<ShardName> shardName(const std::string& fileName)
{
    std::string_view text = fileName;
    const auto ending = std::find_if(std::begin(endings), std::end(endings), [&](std::string_view e) { return text.ends_with(e); });
    if (ending == std::end(endings)) return std::nullopt;
    text.remove_suffix(ending->size());
    const std::string_view parts = takeDigits(text);
    if (parts.empty() || !text.ends_with(between)) return std::nullopt;
    text.remove_suffix(between.size());
    const std::string_view part = takeDigits(text);
    if (part.empty() || text.size() < 2 || text.back() != '-') return std::nullopt;
    ShardName out;
    out.stem = text.substr(0, text.size() - 1);
    out.numbers = std::string(part) + std::string(between) + std::string(parts);
    out.ending = *ending;
    out.part = std::atoi(std::string(part).c_str());
    out.parts = std::atoi(std::string(parts).c_str());
    if (out.part < 1 || out.part > out.parts) return std::nullopt;
    return out;
}

Result<std::vector<std::string>> shardsWith(const std::string& path)
{
    const auto name = nameOf(path);
    if (!name) return std::vector<std::string>{path};
    constexpr int named = 3;
    std::vector<std::string> out;
    std::string missing;
    int absent = 0;
    for (int part = 1; part <= name->parts; ++part) {
        const std::string wanted = numbered(*name, part);
        const fs::path file = part == name->part ? fs::path(path) : fileBeside(path, wanted);
        if (!file.empty()) {
            out.push_back(file.string());
            continue;
        }
        if (++absent <= named) missing += (missing.empty() ? "" : ", ") + wanted;
    }
    if (absent > named) missing += " ...";
    if (absent > 0) return Error::in(path, ErrorCode::ShardMissing, missing, std::to_string(out.size()), std::to_string(name->parts));
    return out;
}

Result<std::vector<IndexedShard>> shardsOfIndex(const std::string& indexPath, const Progress& progress)
{
    const auto text = readJsonText(indexPath);
    if (!text) return text.error();
    const auto index = parseJson(*text, indexPath, progress);
    if (!index) return index.error();
    if (!index->is_object() || !index->contains("weight_map") || !(*index)["weight_map"].is_object())
        return Error::in(indexPath, ErrorCode::JsonInvalid, "weight_map", {}, "object");
    std::map<std::string, std::set<std::string>> wanted;  // file -> tensors
    for (const auto& [tensor, file] : (*index)["weight_map"].items()) {
        if (!file.is_string()) return Error::in(indexPath, ErrorCode::JsonInvalid, tensor, file.type_name(), "string");
        const std::string name = file.get<std::string>();
        if (name.find('/') != std::string::npos || name == "..") return Error::in(indexPath, ErrorCode::FileUnsafe, tensor, name);
        wanted[name].insert(tensor);
    }
    std::vector<IndexedShard> out;
    for (auto& [name, names] : wanted) {
        const fs::path beside = fileBeside(indexPath, name);
        out.push_back({(beside.empty() ? fs::path(indexPath).parent_path() / name : beside).string(), std::move(names)});
    }
    return out;
}

Result<std::shared_ptr<const TensorStore>> joinStores(const std::string& path, std::vector<std::shared_ptr<const TensorStore>> parts)
{
    std::set<std::string> names;
    for (const auto& part : parts)
        for (const StoredTensor& t : part->tensors())
            if (!names.insert(t.name).second) return Error::in(part->path(), ErrorCode::FileDamaged, t.name, "duplicate name");
    return std::shared_ptr<const TensorStore>(std::make_shared<JoinedStore>(path, std::move(parts)));
}

}  // namespace hs
