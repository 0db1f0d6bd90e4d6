// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/targets.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "engine/base/hash.h"

namespace hs {
namespace {

constexpr const char* kForm = "5:12,6:3";

std::string lineName(std::size_t number) { return "line " + std::to_string(number); }

/// Reads one line from the front; nothing matches: the reader stands still.
class Reader {
public:
    explicit Reader(const std::string& line) : m_at(line.data()), m_end(line.data() + line.size()) {}
    std::optional<int> number()
    {
        blanks();
        int value = 0;
        const auto [next, error] = std::from_chars(m_at, m_end, value);
        if (error != std::errc{}) return std::nullopt;
        m_at = next;
        blanks();
        return value;
    }
    bool sign(char c)
    {
        if (m_at == m_end || *m_at != c) return false;
        ++m_at;
        return true;
    }
    bool ended() const { return m_at == m_end; }

private:
    void blanks()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\r')) ++m_at;
    }
    const char *m_at, *m_end;
};

/// "5:12, 6:3" in the order of positions; nothing for anything else.
std::optional<std::vector<Target>> pairsIn(const std::string& line)
{
    std::vector<Target> out;
    Reader reader(line);
    do {
        const auto position = reader.number();
        if (!position || !reader.sign(':')) return std::nullopt;
        const auto id = reader.number();
        if (!id) return std::nullopt;
        out.push_back({*position, *id});
    } while (reader.sign(','));
    if (!reader.ended()) return std::nullopt;
    std::sort(out.begin(), out.end(), [](const Target& a, const Target& b) { return a.position < b.position; });
    const auto same = [](const Target& a, const Target& b) { return a.position == b.position; };
    if (std::adjacent_find(out.begin(), out.end(), same) != out.end()) return std::nullopt;
    return out;
}

}  // namespace

Result<FileLines> readLines(const std::string& path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return Error::in(path, ErrorCode::FileNotFound);
    if (std::filesystem::is_directory(path, ignored)) return Error::in(path, ErrorCode::FileIsFolder);
    std::ifstream in(path, std::ios::binary);
    std::stringstream bytes;
    if (!in) return Error::in(path, ErrorCode::FileUnreadable);
    FileLines out;
    if (in.peek() != std::ifstream::traits_type::eof() && !(bytes << in.rdbuf())) return Error::in(path, ErrorCode::FileUnreadable);
    const std::string all = bytes.str();
    out.hash = sha256Hex(all.data(), all.size());
    for (std::string line; std::getline(bytes, line);) out.lines.push_back(std::move(line));
    return out;
}

Result<TargetLines> readTargets(const std::string& path, int outputs)
{
    const auto read = readLines(path);
    if (!read) return read.error();
    TargetLines out;
    out.hash = read->hash;
    for (const std::string& line : read->lines) {
        const std::string name = lineName(out.lines.size() + 1);
        auto pairs = pairsIn(line);
        if (!pairs) return Error::in(path, ErrorCode::InvalidArgument, name, line.substr(0, 40), kForm);
        for (const Target& t : *pairs)
            if (t.id < 0 || t.id >= outputs)
                return Error::in(path, ErrorCode::TokenOutOfRange, name, std::to_string(t.id),
                                 std::string("0 .. ").append(std::to_string(outputs - 1)));
        out.lines.push_back(std::move(*pairs));
    }
    return out;
}

Status checkCount(const TargetLines& targets, std::size_t prompts, const std::string& path)
{
    const std::size_t lines = targets.lines.size();
    if (lines == prompts) return {};
    return Error::in(path, ErrorCode::InvalidArgument, lineName(std::min(lines, prompts) + 1), std::to_string(lines),
                     std::to_string(prompts) + " lines");
}

Status checkPositions(const std::vector<Target>& targets, int n, int line, const std::string& path)
{
    for (const Target& t : targets)
        if (t.position < 0 || t.position >= n)
            return Error::in(path, ErrorCode::InvalidArgument, lineName(static_cast<std::size_t>(line)), std::to_string(t.position),
                             "0 .. " + std::to_string(n - 1));
    return {};
}

}  // namespace hs
