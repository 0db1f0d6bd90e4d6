// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/ours.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "engine/io/write/npy.h"

namespace hs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = std::size_t(1) << 20;
constexpr std::size_t kTail = std::size_t(64) << 10;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings)
{
    for (const std::string_view beginning : beginnings)
        if (text.starts_with(beginning)) return true;
    return false;
}

/// Attributes of the root stand near the beginning, since they are written first; their text stands there as it is.
Standing ofHdf5(std::string_view head)
{
    if (has(head, "headscope-model")) return Standing::Input;
    if (has(head, "attention-dump") && has(head, "HeadScope ")) return Standing::Input;
    for (const std::string_view format : {"headscope-analysis", "headscope-patch", "headscope-matrix"})
        if (has(head, format)) return Standing::Result;
    return Standing::Foreign;
}

/// Text chunks before the picture's data: length, name, bytes, checksum.
bool madePng(std::string_view head)
{
    std::size_t at = 8;
    while (at + 8 <= head.size()) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(head[at + i]);
        const std::string_view name = head.substr(at + 4, 4), data = head.substr(at + 8, length);
        if (name == "IDAT") return false;
        if (name == "tEXt" && data.starts_with(std::string_view("Software\0HeadScope", 18))) return true;
        at += 12 + length;
    }
    return false;
}

/// "HeadScope" as the creator: plain, or in the two-byte characters of PDF strings.
bool madePdf(std::string_view text)
{
    const std::size_t creator = text.find("/Creator");
    if (creator == std::string_view::npos) return false;
    const std::string_view value = text.substr(creator, 80);
    return has(value, "HeadScope") || has(value, std::string_view("H\0e\0a\0d\0S\0c\0o\0p\0e", 17));
}

/// `"format": "headscope-..."` with any space between, at any depth: no parser is needed to know our own.
bool madeJson(std::string_view head)
{
    if (has(head, "\"headscope_project\"")) return true;
    for (std::size_t at = head.find("\"format\""); at != std::string_view::npos; at = head.find("\"format\"", at + 1)) {
        const std::string_view rest = head.substr(at + 8, 40);
        const std::size_t value = rest.find_first_not_of(": \t\r\n");
        if (value != std::string_view::npos && rest.substr(value).starts_with("\"headscope-")) return true;
    }
    return false;
}

bool madeText(std::string_view head)
{
    return startsWithAny(head, {"head,value,signed,lo,hi\n", "# program: HeadScope", "source,target,type,measure,value,",
                                "step,heads_left,order,seed,", "query \\ key,", "source \\ target,",
                                "layer,head,previous_token,first_token,", "HeadScope", "// HeadScope", "% HeadScope"});
}

std::string read(std::ifstream& file, std::uint64_t at, std::uint64_t size)
{
    std::string out(size, '\0');
    file.clear();
    file.seekg(static_cast<std::streamoff>(at));
    file.read(out.data(), static_cast<std::streamsize>(size));
    out.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return out;
}

}  // namespace

bool isForeignFile(const std::string& path)
{
    std::error_code error;
    return fs::is_regular_file(path, error) && standing(path) == Standing::Foreign;
}

Standing standing(const std::string& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) return Standing::Nothing;
    if (status.type() != fs::file_type::regular) return Standing::Foreign;
    const std::uint64_t size = fs::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file) return Standing::Foreign;
    const std::string bytes = read(file, 0, std::min<std::uint64_t>(size, kHead));
    const std::string_view head = bytes;
    const auto made = [](bool ours) { return ours ? Standing::Result : Standing::Foreign; };
    if (head.starts_with("\x89HDF\r\n\x1a\n")) return ofHdf5(head);
    if (head.starts_with("\x89PNG\r\n\x1a\n")) return made(madePng(head));
    if (head.starts_with("%PDF-")) {
        if (madePdf(head)) return Standing::Result;
        return made(size > kTail && madePdf(read(file, size - kTail, kTail)));
    }
    if (head.starts_with("\x93NUMPY")) return made(isMarkedNpy(head));
    if (startsWithAny(head, {"<?xml", "<svg", "<graphml"})) return made(has(head.substr(0, 8192), "HeadScope"));
    // Safetensors: eight bytes of length, then JSON whose first entry is what we say of ourselves.
    if (head.size() > 8 && head.substr(8).starts_with("{\"__metadata__\":{\"format\":\"headscope-")) return Standing::Result;
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && head[first] == '{') return made(madeJson(head));
    return made(madeText(head));
}

}  // namespace hs
