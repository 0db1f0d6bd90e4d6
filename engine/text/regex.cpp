// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace hs {
namespace {

constexpr std::size_t maxPatternBytes = 64 * 1024;

// Unicode's White_Space and its complement, as the inside of a character class.
constexpr std::string_view spaceSet = R"(\x09-\x0D\x20\x85\xA0\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000})";
constexpr std::string_view nonSpaceSet =
    R"(\x00-\x08\x0E-\x1F\x21-\x84\x86-\x9F\xA1-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E})"
    R"(\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{10FFFF})";

// \w of Rust's regex and Oniguruma: Alphabetic, M, Nd, Pc and the joiners; PCRE2 10.42's has no marks.
constexpr std::string_view wordSet =
    R"(\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\x{200C}\x{200D}\x{24B6}-\x{24E9}\x{1F130}-\x{1F149}\x{1F150}-\x{1F169}\x{1F170}-\x{1F189})";

/// Spells \s, \S, \w and \W out; \s, \S and \w inside of character classes too.
std::string withPlainSpaces(std::string_view pattern)
{
    std::string out;
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            const char next = pattern[++i];
            if (next == 's' || next == 'S') {
                if (!inClass) out += '[';
                out += next == 's' ? spaceSet : nonSpaceSet;
                if (!inClass) out += ']';
            } else if (next == 'w' || (next == 'W' && !inClass)) {
                if (!inClass) out += next == 'w' ? "[" : "[^";
                out += wordSet;
                if (!inClass) out += ']';
            } else {
                out += c;
                out += next;
            }
            continue;
        }
        out += c;
        if (!inClass && c == '[') {
            inClass = true;
            if (i + 1 < pattern.size() && pattern[i + 1] == '^') out += pattern[++i];
            if (i + 1 < pattern.size() && pattern[i + 1] == ']') out += pattern[++i];  // a first ']' stands for itself
        } else if (inClass && c == '[' && i + 1 < pattern.size() && pattern[i + 1] == ':') {
            const std::size_t close = pattern.find(":]", i + 2);
            if (close != std::string_view::npos) {
                out += pattern.substr(i + 1, close + 2 - (i + 1));
                i = close + 1;
            }
        } else if (inClass && c == ']') {
            inClass = false;
        }
    }
    return out;
}

/// True for "[a[bc]]" and "[a&&b]": sets within sets mean something else, or nothing, in PCRE2.
bool hasNestedSets(std::string_view pattern)
{
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
        if (c == '\\') {
            ++i;
        } else if (!inClass && c == '[') {
            inClass = true;
            if (next == '^') ++i;
            if (i + 1 < pattern.size() && pattern[i + 1] == ']') ++i;
        } else if (inClass && ((c == '[' && next != ':') || (c == '&' && next == '&'))) {
            return true;
        } else if (inClass && c == '[') {
            const std::size_t close = pattern.find(":]", i + 2);
            if (close != std::string_view::npos) i = close + 1;
        } else if (inClass && c == ']') {
            inClass = false;
        }
    }
    return false;
}

/// What one thread needs to match: kept, because small pieces are matched in their millions.
struct MatchSpace {
    pcre2_match_context* context = pcre2_match_context_create(nullptr);
    pcre2_jit_stack* stack = pcre2_jit_stack_create(64 * 1024, 16 * 1024 * 1024, nullptr);
    pcre2_match_data* data = pcre2_match_data_create(1, nullptr);

    MatchSpace()
    {
        if (!context) return;
        if (stack) pcre2_jit_stack_assign(context, nullptr, stack);
        pcre2_set_match_limit(context, 20'000'000);
        pcre2_set_heap_limit(context, 64 * 1024);  // kibibytes
    }
    ~MatchSpace()
    {
        pcre2_match_data_free(data);
        pcre2_jit_stack_free(stack);
        pcre2_match_context_free(context);
    }
    MatchSpace(const MatchSpace&) = delete;
    MatchSpace& operator=(const MatchSpace&) = delete;
    bool ok() const { return context && stack && data; }
};

}  // namespace

struct Regex::Code {
    pcre2_code* code = nullptr;
    std::string pattern;
    Code() = default;
    ~Code() { pcre2_code_free(code); }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
};

Result<Regex> Regex::compile(std::string_view pattern)
{
    if (pattern.size() > maxPatternBytes)
        return Error::of(ErrorCode::TokenizerInvalid, "pattern", std::to_string(pattern.size()), std::to_string(maxPatternBytes));
    if (hasNestedSets(pattern)) return Error::of(ErrorCode::TokenizerUnsupported, "pattern", std::string(pattern));
    auto code = std::make_shared<Code>();
    code->pattern = pattern;
    const std::string spelled = withPlainSpaces(pattern);
    int error = 0;
    PCRE2_SIZE where = 0;
    // No callouts, no \C and no look-behind surprises can come from a file's pattern: PCRE2_NEVER_BACKSLASH_C.
    code->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(spelled.data()), spelled.size(),
                               PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &where, nullptr);
    if (!code->code) return Error::of(ErrorCode::TokenizerInvalid, "pattern", std::string(pattern));
    pcre2_jit_compile(code->code, PCRE2_JIT_COMPLETE);  // where there is no JIT, pcre2_match interprets
    return Regex(std::move(code));
}

bool Regex::matchesEmpty() const
{
    std::uint32_t empty = 0;
    return pcre2_pattern_info(m_code->code, PCRE2_INFO_MATCHEMPTY, &empty) != 0 || empty != 0;
}

Status Regex::forEach(std::string_view text, const std::function<Status(Match)>& sink) const
{
    // One space for each nesting level would be needed if a sink matched again in the middle of this loop, so the
    // positions are read out before the sink is called.
    thread_local const MatchSpace space;
    if (!space.ok()) return Error::of(ErrorCode::OutOfMemory, "pattern");
    std::size_t at = 0;
    while (at < text.size()) {
        const int rc = pcre2_match(m_code->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), at,
                                   PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, space.data, space.context);
        if (rc == PCRE2_ERROR_NOMATCH) return {};
        if (rc < 0) return Error::of(ErrorCode::TokenizerInvalid, "pattern", m_code->pattern, "error " + std::to_string(rc));
        const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(space.data);
        // \K could move the beginning behind the end or before the last match: such patterns cannot split.
        const Match match{ends[0], ends[1]};
        if (match.begin < at || match.end <= match.begin) return Error::of(ErrorCode::TokenizerInvalid, "pattern", m_code->pattern);
        if (Status s = sink(match); !s) return s;
        at = match.end;
    }
    return {};
}

std::string_view gpt2Pattern() { return R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)"; }

}  // namespace hs
