// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/shards.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "engine/io/bytes/beside.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view ending = ".safetensors";
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
    return name.stem + "-" + digits + name.numbers.substr(width) + std::string(ending);
}

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
    if (!text.ends_with(ending)) return std::nullopt;
    text.remove_suffix(ending.size());
    const std::string_view parts = takeDigits(text);
    if (parts.empty() || !text.ends_with(between)) return std::nullopt;
    text.remove_suffix(between.size());
    const std::string_view part = takeDigits(text);
    if (part.empty() || text.size() < 2 || text.back() != '-') return std::nullopt;
    ShardName out;
    out.stem = text.substr(0, text.size() - 1);
    out.numbers = std::string(part) + std::string(between) + std::string(parts);
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

}  // namespace hs
