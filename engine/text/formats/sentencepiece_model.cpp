// SPDX-License-Identifier: GPL-3.0-or-later
#include <sentencepiece_processor.h>

#include <algorithm>

#include "engine/text/formats/sentencepiece_check.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"
#include "engine/text/utf8.h"

namespace hs {
namespace {

/// libsentencepiece knows the model's normalisation; this class adds byte ranges, display texts and errors.
class SentencePieceTokenizer final : public Tokenizer {
public:
    SentencePieceTokenizer(std::unique_ptr<sentencepiece::SentencePieceProcessor> processor, TokenizerKind kind, bool addBos)
        : m_processor(std::move(processor)), m_kind(kind), m_addBos(addBos)
    {
        std::vector<std::string> pieces;
        for (int id = 0; id < m_processor->GetPieceSize(); ++id) pieces.push_back(m_processor->IdToPiece(id));
        m_vocab = markedEntries(std::move(pieces), "\u2581");
        for (int id = 0; id < m_processor->GetPieceSize(); ++id)
            if (m_processor->IsControl(id)) markSpecial(m_vocab, id);
    }

    TokenizerKind kind() const override { return m_kind; }
    int vocabSize() const override { return static_cast<int>(m_vocab.size()); }

    /// The library cannot be interrupted: a stop is seen before and after it works (some megabytes a second).
    Result<std::vector<Token>> encode(std::string_view utf8, const Progress& progress) const override
    {
        if (const auto bad = utf8::firstInvalid(utf8)) return Error::of(ErrorCode::TextNotUtf8, std::to_string(*bad));
        if (utf8.size() > maxTextBytes)
            return Error::of(ErrorCode::TextTooLong, {}, std::to_string(utf8.size()), std::to_string(maxTextBytes));
        if (progress.stopped()) return Error::cancelled();
        progress.report(Stage::Tokenising, 0, static_cast<std::int64_t>(utf8.size()));
        sentencepiece::ImmutableSentencePieceText pieces;
        if (const auto status = m_processor->Encode(utf8, pieces.mutable_proto()); !status.ok())
            return Error::of(ErrorCode::TokenizerInvalid, "encode", status.ToString());
        if (progress.stopped()) return Error::cancelled();

        std::vector<Token> out;
        out.reserve(pieces.pieces_size());
        int last = 0;
        for (std::size_t i = 0; i < pieces.pieces_size(); ++i) {
            const auto piece = pieces.pieces(static_cast<int>(i));
            const int id = static_cast<int>(piece.id());
            if (!known(id)) return Error::of(ErrorCode::TokenizerInvalid, "encode", std::to_string(id), std::to_string(vocabSize()));
            Token t;
            t.id = id;
            t.piece = entry(id).piece;
            t.text = entry(id).display;
            t.special = entry(id).special;
            t.byteBegin = std::max(static_cast<int>(std::min<std::size_t>(piece.begin(), utf8.size())), last);
            t.byteEnd = std::max(static_cast<int>(std::min<std::size_t>(piece.end(), utf8.size())), t.byteBegin);
            last = t.byteBegin;
            out.push_back(std::move(t));
        }
        spreadBytes(out);
        return out;
    }

    std::string piece(int id) const override { return known(id) ? entry(id).piece : std::string(); }
    std::string displayText(int id) const override { return known(id) ? entry(id).display : std::string(); }
    std::string tokenBytes(int id) const override { return known(id) ? entry(id).bytes : std::string(); }
    bool isSpecial(int id) const override { return known(id) && entry(id).special; }

    std::string decode(std::span<const int> ids) const override
    {
        std::vector<int> inside;
        std::copy_if(ids.begin(), ids.end(), std::back_inserter(inside), [this](int id) { return known(id) && !isSpecial(id); });
        std::string text;
        if (!m_processor->Decode(inside, &text).ok()) return {};
        return utf8::firstInvalid(text) ? utf8::repaired(text) : text;
    }

    std::optional<int> bosId() const override { return optional(m_processor->bos_id()); }
    std::optional<int> eosId() const override { return optional(m_processor->eos_id()); }
    bool addsBos() const override { return m_addBos && bosId(); }

private:
    static constexpr std::size_t maxTextBytes = std::size_t{1} << 30;

    bool known(int id) const { return id >= 0 && id < vocabSize(); }
    const VocabEntry& entry(int id) const { return m_vocab[static_cast<std::size_t>(id)]; }
    std::optional<int> optional(int id) const { return known(id) ? std::optional(id) : std::nullopt; }

    /// The library gives a character's range to the last of its byte pieces; each byte piece gets its own byte here.
    void spreadBytes(std::vector<Token>& tokens) const
    {
        for (std::size_t i = 0; i < tokens.size();) {
            std::size_t end = i;
            while (end < tokens.size() && m_processor->IsByte(tokens[end].id)) {
                ++end;
                if (tokens[end - 1].byteEnd > tokens[end - 1].byteBegin) break;
            }
            if (end == i) {
                ++i;
                continue;
            }
            const int begin = tokens[end - 1].byteBegin;
            if (static_cast<std::size_t>(tokens[end - 1].byteEnd - begin) == end - i)
                for (std::size_t k = i; k < end; ++k) {
                    tokens[k].byteBegin = begin + static_cast<int>(k - i);
                    tokens[k].byteEnd = tokens[k].byteBegin + 1;
                }
            i = end;
        }
    }

    std::unique_ptr<sentencepiece::SentencePieceProcessor> m_processor;
    std::vector<VocabEntry> m_vocab;
    TokenizerKind m_kind;
    bool m_addBos;
};

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeSentencePieceModel(std::string bytes, bool addBos)
{
    const Result<SentencePieceFacts> facts = checkSentencePieceModel(bytes);
    if (!facts) return facts.error();
    auto processor = std::make_unique<sentencepiece::SentencePieceProcessor>();
    try {
        if (const auto status = processor->LoadFromSerializedProto(bytes); !status.ok())
            return Error::of(ErrorCode::TokenizerInvalid, "model", status.ToString());
    } catch (const std::exception& e) {  // the library's index of pieces throws
        return Error::of(ErrorCode::TokenizerInvalid, "model", e.what());
    }
    if (static_cast<std::size_t>(processor->GetPieceSize()) != facts->pieces)
        return Error::of(ErrorCode::TokenizerInvalid, "pieces", std::to_string(processor->GetPieceSize()), std::to_string(facts->pieces));
    return std::shared_ptr<const Tokenizer>(std::make_shared<SentencePieceTokenizer>(std::move(processor), facts->kind, addBos));
}

}  // namespace hs
