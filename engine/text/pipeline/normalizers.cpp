// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pipeline/normalizers.h"

#include <utf8proc.h>

#include <cstdlib>

#include "engine/text/utf8.h"

namespace hs {
namespace {

void appendLower(std::string& out, std::uint32_t c)
{
    if (c == 0x130) out += "i\u0307";  // the only character whose lower case is two characters
    else utf8::append(out, static_cast<std::uint32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
}

bool isNonSpacingMark(std::uint32_t c) { return c >= 0x300 && utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_MN; }

/// A stage that changes each character by itself: `change(c, out)` appends what becomes of c.
template <typename Change>
class CharacterStage final : public ChunkStage {
public:
    explicit CharacterStage(Change change) : m_change(std::move(change)) {}
    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        ChangedText changed(chunk);
        std::string one;
        for (std::size_t at = 0; at < chunk.text.size();) {
            const utf8::CodePoint c = utf8::decodeAt(chunk.text, at);
            const std::size_t next = at + std::max<std::size_t>(c.length, 1);
            one.clear();
            m_change(c.value, one);
            if (one == chunk.text.substr(at, next - at)) changed.copy(at, next);
            else changed.add(one, chunk.sourceOf(at, next));
            at = next;
        }
        return changed.pass(sink);
    }

private:
    Change m_change;
};

template <typename Change>
StagePtr characterStage(Change change)
{
    return std::make_unique<CharacterStage<Change>>(std::move(change));
}

/// Unicode normal forms, grapheme cluster by grapheme cluster: none of them reaches across clusters, so each result can be
/// traced to the characters it came from.
class NormalFormStage final : public ChunkStage {
public:
    explicit NormalFormStage(NormalForm form) : m_form(form) {}
    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        ChangedText changed(chunk);
        for (std::size_t at = 0; at < chunk.text.size();) {
            const std::size_t end = clusterEnd(chunk.text, at);
            if (end - at == 1) changed.copy(at, end);
            else if (Status s = normalize(chunk, at, end, changed); !s) return s;
            at = end;
        }
        return changed.pass(sink);
    }

private:
    static std::size_t clusterEnd(std::string_view text, std::size_t at)
    {
        utf8proc_int32_t state = 0;
        utf8::CodePoint last = utf8::decodeAt(text, at);
        at += std::max<std::size_t>(last.length, 1);
        while (at < text.size()) {
            const utf8::CodePoint c = utf8::decodeAt(text, at);
            if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last.value), static_cast<utf8proc_int32_t>(c.value), &state))
                break;
            last = c;
            at += std::max<std::size_t>(c.length, 1);
        }
        return at;
    }

    Status normalize(const Chunk& chunk, std::size_t begin, std::size_t end, ChangedText& changed) const
    {
        const bool compose = m_form == NormalForm::Nfc || m_form == NormalForm::Nfkc;
        const bool compatible = m_form == NormalForm::Nfkc || m_form == NormalForm::Nfkd;
        const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | (compose ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE)
                                                            | (compatible ? UTF8PROC_COMPAT : 0));
        utf8proc_uint8_t* result = nullptr;
        const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(chunk.text.data() + begin),
                                                   static_cast<utf8proc_ssize_t>(end - begin), &result, options);
        if (size < 0) return Error::of(ErrorCode::OutOfMemory, "normalizer", std::to_string(size));
        const std::string_view text(reinterpret_cast<const char*>(result), static_cast<std::size_t>(size));
        if (text == chunk.text.substr(begin, end - begin)) changed.copy(begin, end);
        else changed.add(text, chunk.sourceOf(begin, end));
        std::free(result);
        return {};
    }

    NormalForm m_form;
};

class StripStage final : public ChunkStage {
public:
    StripStage(bool left, bool right) : m_left(left), m_right(right) {}
    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        std::size_t begin = 0;
        std::size_t end = chunk.text.size();
        while (m_left && begin < end) {
            const utf8::CodePoint c = utf8::decodeAt(chunk.text, begin);
            if (!utf8::isSpace(c.value)) break;
            begin += c.length;
        }
        while (m_right && end > begin) {
            std::size_t last = end - 1;
            while (last > begin && utf8::isContinuation(chunk.text[last])) --last;
            if (!utf8::isSpace(utf8::decodeAt(chunk.text, last).value)) break;
            end = last;
        }
        return sink(chunk.part(begin, end));
    }

private:
    bool m_left;
    bool m_right;
};

class ReplaceStage final : public ChunkStage {
public:
    ReplaceStage(Regex pattern, std::string content) : m_pattern(std::move(pattern)), m_content(std::move(content)) {}
    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        ChangedText changed(chunk);
        std::size_t at = 0;
        const Status matched = m_pattern.forEach(chunk.text, [&](Regex::Match m) -> Status {
            changed.copy(at, m.begin);
            changed.add(m_content, chunk.sourceOf(m.begin, m.end));
            at = m.end;
            return {};
        });
        if (!matched) return matched;
        changed.copy(at, chunk.text.size());
        return changed.pass(sink);
    }

private:
    Regex m_pattern;
    std::string m_content;
};

class PrependStage final : public ChunkStage {
public:
    explicit PrependStage(std::string content) : m_content(std::move(content)) {}
    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        ChangedText changed(chunk);
        changed.add(m_content, {chunk.sourceBegin(), chunk.sourceBegin()});
        changed.copy(0, chunk.text.size());
        return changed.pass(sink);
    }

private:
    std::string m_content;
};

struct BertChange {
    BertCleaning options;

    bool isChinese(std::uint32_t c) const
    {
        const std::uint32_t extensionE = options.extensionEFrom2B920 ? 0x2B920 : 0x2B820;
        return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF)
               || (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) || (c >= extensionE && c <= 0x2CEAF)
               || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    static bool isControl(std::uint32_t c)
    {
        if (c == '\t' || c == '\n' || c == '\r') return false;
        switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CS: return true;
        default: return false;
        }
    }

    void operator()(std::uint32_t c, std::string& out) const
    {
        if (options.cleanText) {
            if (c == 0 || c == 0xFFFD || isControl(c)) return;
            if (utf8::isSpace(c)) c = ' ';
        }
        const bool chinese = options.spaceChinese && isChinese(c);
        if (chinese) out += ' ';
        if (options.stripAccents && c >= 0x80) {
            // Canonical order needs no care: what it would reorder is dropped.
            utf8proc_int32_t parts[16] = {};
            int boundary = 0;
            const auto n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 16, UTF8PROC_DECOMPOSE, &boundary);
            for (utf8proc_ssize_t i = 0; i < n && i < 16; ++i)
                if (!isNonSpacingMark(static_cast<std::uint32_t>(parts[i]))) add(static_cast<std::uint32_t>(parts[i]), out);
        } else {
            add(c, out);
        }
        if (chinese) out += ' ';
    }

    void add(std::uint32_t c, std::string& out) const
    {
        if (options.lowercase) appendLower(out, c);
        else utf8::append(out, c);
    }
};

}  // namespace

StagePtr makeNormalForm(NormalForm form) { return std::make_unique<NormalFormStage>(form); }

StagePtr makeLowercase()
{
    return characterStage([](std::uint32_t c, std::string& out) { appendLower(out, c); });
}

StagePtr makeStripAccents()
{
    return characterStage([](std::uint32_t c, std::string& out) {
        if (!isNonSpacingMark(c)) utf8::append(out, c);
    });
}

StagePtr makeStrip(bool left, bool right) { return std::make_unique<StripStage>(left, right); }

StagePtr makeReplace(Regex pattern, std::string content) { return std::make_unique<ReplaceStage>(std::move(pattern), std::move(content)); }

StagePtr makePrepend(std::string content) { return std::make_unique<PrependStage>(std::move(content)); }

StagePtr makeBertNormalizer(BertCleaning cleaning) { return characterStage(BertChange{cleaning}); }

std::string escapedPattern(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
        if (!plain) out += '\\';
        out += c;
    }
    return out;
}

}  // namespace hs
