// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pipeline/pre_tokenizers.h"

#include <algorithm>

#include "engine/text/utf8.h"

namespace hs {
namespace {

class Split final : public ChunkStage {
public:
    Split(Regex pattern, SplitBehavior behavior, bool invert) : m_pattern(std::move(pattern)), m_behavior(behavior), m_invert(invert) {}

    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        // Pending: a piece that may still grow by what follows it.
        std::size_t pending = 0;
        bool havePending = false;
        bool lastDelimiter = false;
        std::size_t at = 0;
        const auto flush = [&](std::size_t end) -> Status {
            if (!havePending) return {};
            havePending = false;
            return sink(chunk.part(pending, end));
        };
        const auto piece = [&](std::size_t begin, std::size_t end, bool delimiter) -> Status {
            if (begin == end) return {};
            bool extends = false;
            if (m_behavior == SplitBehavior::MergedWithPrevious) extends = delimiter && havePending && !lastDelimiter;
            if (m_behavior == SplitBehavior::MergedWithNext) extends = !delimiter && havePending && lastDelimiter;
            if (m_behavior == SplitBehavior::Contiguous) extends = havePending && delimiter == lastDelimiter;
            if (!extends) {
                if (Status s = flush(begin); !s) return s;
                if (!(delimiter && m_behavior == SplitBehavior::Removed)) {
                    pending = begin;
                    havePending = true;
                }
            }
            lastDelimiter = delimiter;
            return {};
        };
        const Status matched = m_pattern.forEach(chunk.text, [&](Regex::Match m) -> Status {
            if (Status s = piece(at, m.begin, m_invert); !s) return s;
            at = m.end;
            return piece(m.begin, m.end, !m_invert);
        });
        if (!matched) return matched;
        if (Status s = piece(at, chunk.text.size(), m_invert); !s) return s;
        return flush(chunk.text.size());
    }

private:
    Regex m_pattern;
    SplitBehavior m_behavior;
    bool m_invert;
};

class ByteLevelSplit final : public ChunkStage {
public:
    ByteLevelSplit(std::optional<Regex> words, bool addPrefixSpace) : m_words(std::move(words)), m_addPrefixSpace(addPrefixSpace) {}

    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        if (!m_addPrefixSpace || chunk.text.starts_with(' ')) return split(chunk, sink);
        ChangedText changed(chunk);
        changed.add(" ", {chunk.sourceBegin(), chunk.sourceBegin()});
        changed.copy(0, chunk.text.size());
        return changed.pass([&](const Chunk& spaced) { return split(spaced, sink); });
    }

private:
    Status split(const Chunk& chunk, const ChunkSink& sink) const
    {
        if (!m_words) return sink(chunk);
        std::size_t at = 0;
        const Status matched = m_words->forEach(chunk.text, [&](Regex::Match m) -> Status {
            if (m.begin > at)
                if (Status s = sink(chunk.part(at, m.begin)); !s) return s;
            at = m.end;
            return sink(chunk.part(m.begin, m.end));
        });
        if (!matched || at == chunk.text.size()) return matched;
        return sink(chunk.part(at, chunk.text.size()));
    }

    std::optional<Regex> m_words;
    bool m_addPrefixSpace;
};

/// Splits at white space, which is dropped, and optionally around each punctuation character.
class SpaceSplit final : public ChunkStage {
public:
    explicit SpaceSplit(bool punctuationAlone) : m_punctuationAlone(punctuationAlone) {}

    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        std::size_t begin = 0;
        const auto flush = [&](std::size_t end) -> Status { return end > begin ? sink(chunk.part(begin, end)) : Status{}; };
        for (std::size_t at = 0; at < chunk.text.size();) {
            const utf8::CodePoint c = utf8::decodeAt(chunk.text, at);
            const std::size_t next = at + std::max<std::size_t>(c.length, 1);
            if (utf8::isSpace(c.value)) {
                if (Status s = flush(at); !s) return s;
                begin = next;
            } else if (m_punctuationAlone && isBertPunctuation(c.value)) {
                if (Status s = flush(at); !s) return s;
                if (Status s = sink(chunk.part(at, next)); !s) return s;
                begin = next;
            }
            at = next;
        }
        return flush(chunk.text.size());
    }

private:
    static bool isBertPunctuation(std::uint32_t c)
    {
        return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126) || utf8::isPunctuation(c);
    }
    bool m_punctuationAlone;
};

class Metaspace final : public ChunkStage {
public:
    Metaspace(std::string mark, PrependScheme scheme, bool split) : m_mark(std::move(mark)), m_scheme(scheme), m_split(split) {}

    Status apply(const Chunk& chunk, const ChunkSink& sink) const override
    {
        ChangedText changed(chunk);
        const bool wanted = m_scheme == PrependScheme::Always || (m_scheme == PrependScheme::First && chunk.sourceBegin() == 0);
        const bool missing = !chunk.text.starts_with(' ') && !chunk.text.starts_with(m_mark);
        if ((wanted && missing) || m_scheme == PrependScheme::Unconditional)
            changed.add(m_mark, {chunk.sourceBegin(), chunk.sourceBegin()});
        for (std::size_t i = 0; i < chunk.text.size(); ++i) {
            if (chunk.text[i] == ' ') changed.add(m_mark, chunk.spanOf(i));
            else changed.copy(i, i + 1);
        }
        return changed.pass([&](const Chunk& all) { return m_split ? split(all, sink) : sink(all); });
    }

private:
    Status split(const Chunk& all, const ChunkSink& sink) const
    {
        std::size_t begin = 0;
        for (;;) {
            const std::size_t next = all.text.find(m_mark, begin == 0 && !all.text.starts_with(m_mark) ? 0 : begin + 1);
            if (next == std::string_view::npos) break;
            if (Status s = sink(all.part(begin, next)); !s) return s;
            begin = next;
        }
        return sink(all.part(begin, all.text.size()));
    }

    std::string m_mark;
    PrependScheme m_scheme;
    bool m_split;
};

}  // namespace

StagePtr makeSplit(Regex pattern, SplitBehavior behavior, bool invert)
{
    return std::make_unique<Split>(std::move(pattern), behavior, invert);
}

Result<StagePtr> makeByteLevelSplit(bool addPrefixSpace, bool useRegex)
{
    std::optional<Regex> words;
    if (useRegex) {
        Result<Regex> compiled = Regex::compile(gpt2Pattern());
        if (!compiled) return compiled.error();
        words = std::move(*compiled);
    }
    return StagePtr(std::make_unique<ByteLevelSplit>(std::move(words), addPrefixSpace));
}

StagePtr makeWhitespaceSplit() { return std::make_unique<SpaceSplit>(false); }

StagePtr makeBertSplit() { return std::make_unique<SpaceSplit>(true); }

StagePtr makeMetaspace(std::string mark, PrependScheme scheme, bool split)
{
    return std::make_unique<Metaspace>(std::move(mark), scheme, split);
}

}  // namespace hs
