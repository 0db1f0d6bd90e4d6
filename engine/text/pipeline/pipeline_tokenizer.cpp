// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pipeline/pipeline_tokenizer.h"

#include <limits>
#include <span>

#include "engine/text/models/piece_cache.h"
#include "engine/text/utf8.h"

namespace hs {
namespace {

constexpr std::size_t longestCachedPiece = 64;
constexpr std::size_t bytesBetweenChecks = 64 * 1024;

/// Runs the subword model on chunks and remembers pieces it has seen: a text repeats its words.
class Encoder {
public:
    Encoder(const PipelineParts& parts, std::size_t textBytes, const Progress& progress)
        : m_parts(parts), m_progress(progress), m_total(textBytes)
    {
        m_tokens.reserve(textBytes / 4 + 8);
    }

    void emit(int id, SourceSpan span)
    {
        const VocabEntry& entry = m_parts.vocab[static_cast<std::size_t>(id)];
        Token& t = m_tokens.emplace_back();
        t.id = id;
        t.piece = entry.piece;
        t.text = entry.display;
        // Spans may overlap where normalisation moved text; tokens never go backwards.
        t.byteBegin = std::max(static_cast<int>(span.begin), m_lastBegin);
        t.byteEnd = std::max(static_cast<int>(span.end), t.byteBegin);
        t.special = entry.special;
        m_lastBegin = t.byteBegin;
    }

    Status model(const Chunk& chunk)
    {
        if (chunk.text.empty()) return {};
        if (Status s = checkpoint(chunk); !s) return s;
        const bool cached = chunk.text.size() <= longestCachedPiece;
        if (cached) {
            if (const PieceCache::Entry entry = m_cache.find(chunk.text); entry.found) {
                place(chunk, entry.hits);
                return {};
            }
        }
        m_hits.clear();
        if (Status s = run(chunk); !s) return s;
        if (cached) m_cache.insert(chunk.text, m_hits);
        place(chunk, m_hits);
        return {};
    }

    std::vector<Token> take() { return std::move(m_tokens); }

private:
    Status run(const Chunk& chunk)
    {
        Status s = m_parts.model->encode(chunk.text, m_hits, m_progress);
        if (s || s.error().code != ErrorCode::VocabularyMismatch) return s;
        Error e = s.error();  // the model knows the position in its piece; the user's text is longer
        e.item = std::to_string(chunk.sourceBegin());
        return e;
    }

    void place(const Chunk& chunk, std::span<const Hit> hits)
    {
        for (const Hit& h : hits) {
            if (h.begin < h.end) emit(h.id, chunk.sourceOf(h.begin, h.end));
            else emit(h.id, {chunk.sourceBegin(), chunk.sourceBegin()});
        }
    }

    Status checkpoint(const Chunk& chunk)
    {
        // Many small chunks may each have grown within their measure.
        m_bytes += chunk.text.size();
        if (m_bytes > mostChangedBytes(m_total)) return grown(mostChangedBytes(m_total));
        m_sinceCheck += chunk.text.size();
        if (m_sinceCheck < bytesBetweenChecks) return {};
        m_sinceCheck = 0;
        if (m_progress.stopped()) return Error::cancelled();
        m_progress.report(Stage::Tokenising, chunk.sourceBegin(), static_cast<std::int64_t>(m_total));
        return {};
    }

    const PipelineParts& m_parts;
    const Progress& m_progress;
    std::size_t m_total;
    std::size_t m_bytes = 0;
    std::size_t m_sinceCheck = 0;
    int m_lastBegin = 0;
    std::vector<Token> m_tokens;
    std::vector<Hit> m_hits;
    PieceCache m_cache;
};

/// Passes a chunk's parts between added tokens to `gap` and the tokens to the encoder.
Status cutAdded(const AddedTokens& added, const Chunk& chunk, SpecialText special, Encoder& encoder, const ChunkSink& gap)
{
    for (const AddedTokens::Part& part : added.cut(chunk.text, special == SpecialText::Spell)) {
        if (part.id >= 0) encoder.emit(part.id, chunk.sourceOf(part.begin, part.end));
        else if (Status s = gap(chunk.part(part.begin, part.end)); !s) return s;
    }
    return {};
}

/// stages[0] -> stages[1] -> ... -> last.
ChunkSink chain(const std::vector<std::unique_ptr<const ChunkStage>>& stages, ChunkSink last)
{
    for (auto it = stages.rbegin(); it != stages.rend(); ++it) {
        last = [stage = it->get(), next = std::move(last)](const Chunk& chunk) -> Status {
            return chunk.text.empty() ? Status{} : stage->apply(chunk, next);
        };
    }
    return last;
}

class PipelineTokenizer final : public Tokenizer {
public:
    explicit PipelineTokenizer(PipelineParts parts) : m_parts(std::move(parts)) {}

    TokenizerKind kind() const override { return m_parts.kind; }
    int vocabSize() const override { return static_cast<int>(m_parts.vocab.size()); }

    Result<std::vector<Token>> encode(std::string_view utf8, const Progress& progress, SpecialText special) const override
    {
        if (const auto bad = utf8::firstInvalid(utf8)) return Error::of(ErrorCode::TextNotUtf8, std::to_string(*bad));
        if (utf8.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
            return Error::of(ErrorCode::TextTooLong, {}, std::to_string(utf8.size()), std::to_string(std::numeric_limits<int>::max()));
        Encoder encoder(m_parts, utf8.size(), progress);
        const ChunkSink toModel = chain(m_parts.preTokenizers, [&encoder](const Chunk& c) -> Status { return encoder.model(c); });
        const ChunkSink afterNormalizing = [&](const Chunk& c) -> Status {
            return m_parts.normalizedAdded.empty() ? toModel(c) : cutAdded(m_parts.normalizedAdded, c, special, encoder, toModel);
        };
        const ChunkSink normalize = chain(m_parts.normalizers, afterNormalizing);
        const ChunkSink cut = [&](const Chunk& c) { return cutAdded(m_parts.rawAdded, c, special, encoder, normalize); };
        if (Status s = withPrefix(Chunk::typed(utf8), cut); !s) return s.error();
        progress.report(Stage::Tokenising, static_cast<std::int64_t>(utf8.size()), static_cast<std::int64_t>(utf8.size()));
        return encoder.take();
    }

    std::string piece(int id) const override { return known(id) ? entry(id).piece : std::string(); }
    std::string displayText(int id) const override { return known(id) ? entry(id).display : std::string(); }
    std::string tokenBytes(int id) const override { return known(id) ? entry(id).bytes : std::string(); }
    bool isSpecial(int id) const override { return known(id) && entry(id).special; }

    std::string decode(std::span<const int> ids) const override
    {
        std::string bytes;
        for (const int id : ids)
            if (known(id)) bytes += entry(id).bytes;
        if (m_parts.dropFirstSpace && bytes.starts_with(' ')) bytes.erase(0, 1);
        if (m_parts.dropLastSpace && bytes.ends_with(' ')) bytes.pop_back();
        return utf8::firstInvalid(bytes) ? utf8::repaired(bytes) : bytes;
    }

    std::optional<int> bosId() const override { return m_parts.special.bos; }
    std::optional<int> eosId() const override { return m_parts.special.eos; }
    bool addsBos() const override { return m_parts.special.addBos && m_parts.special.bos; }
    bool addsEos() const override { return m_parts.addsEos && m_parts.special.eos; }

private:
    bool known(int id) const { return id >= 0 && id < vocabSize(); }
    const VocabEntry& entry(int id) const { return m_parts.vocab[static_cast<std::size_t>(id)]; }
    /// The text with the space that the tokeniser puts in front.
    Status withPrefix(const Chunk& text, const ChunkSink& sink) const
    {
        const bool missing = !text.text.empty() && !utf8::isSpace(utf8::decodeAt(text.text, 0).value);
        if (m_parts.prefix == TextRules::Prefix::None || (m_parts.prefix == TextRules::Prefix::SpaceIfMissing && !missing))
            return sink(text);
        ChangedText prefixed(text);
        prefixed.add(" ", {0, 0});
        prefixed.copy(0, text.text.size());
        return prefixed.pass(sink);
    }

    PipelineParts m_parts;
};

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makePipeline(PipelineParts parts)
{
    const std::pair<const char*, std::optional<int>> specials[] = {{"bos_id", parts.special.bos},
                                                                   {"eos_id", parts.special.eos},
                                                                   {"unk_id", parts.special.unk},
                                                                   {"pad_id", parts.special.pad}};
    for (const auto& [name, id] : specials) {
        if (id && (*id < 0 || static_cast<std::size_t>(*id) >= parts.vocab.size()))
            return Error::of(ErrorCode::TokenizerInvalid, name, std::to_string(*id), std::to_string(parts.vocab.size()));
        // The unknown token stands for text that was typed, so it is a token like others.
        if (id != parts.special.unk) markSpecial(parts.vocab, id);
    }
    return std::shared_ptr<const Tokenizer>(std::make_shared<PipelineTokenizer>(std::move(parts)));
}

}  // namespace hs
