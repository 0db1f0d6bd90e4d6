// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/corpus/corpus.h"

#include <algorithm>
#include <numeric>

namespace hs {
namespace {

/// Where a document of at most `room` tokens from `begin` should end: at a word boundary when one is near.
std::size_t cutAt(const std::vector<Token>& tokens, std::size_t begin, std::size_t room)
{
    const std::size_t end = std::min(begin + room, tokens.size());
    if (end == tokens.size()) return end;
    for (std::size_t cut = end; cut > begin + room / 2; --cut)
        if (tokens[cut].word < 0 || tokens[cut].word != tokens[cut - 1].word) return cut;
    return end;
}

struct Cut {
    int text = 0;
    std::size_t begin = 0, end = 0;
};

}  // namespace

Result<std::shared_ptr<const Corpus>> Corpus::make(const TextCorpus& texts, const Tokenizer& tokenizer, int nCtx, bool causal,
                                                   const ChunkOptions& options, const Progress& progress)
{
    auto corpus = std::make_shared<Corpus>();
    Corpus& c = *corpus;
    c.m_name = texts.name;
    c.m_hash = texts.dataHash;
    c.m_causal = causal;
    c.m_options = options;
    const int length = nCtx > 0 ? std::min(options.length, nCtx) : options.length;
    const bool bos = tokenizer.addsBos() && tokenizer.bosId(), eos = tokenizer.addsEos() && tokenizer.eosId();
    const int extra = (bos ? 1 : 0) + (eos ? 1 : 0), shortest = std::max(4, options.shortest);
    if (length < shortest) return Error::argument("length", std::to_string(length), std::to_string(shortest));
    const auto room = static_cast<std::size_t>(length - extra);

    c.m_frequency.assign(static_cast<std::size_t>(tokenizer.vocabSize()), 0);
    const auto total = static_cast<std::int64_t>(texts.documents.size());
    for (std::int64_t t = 0; t < total; ++t) {
        progress.report(Stage::LabelCorpus, t, total);
        if (!progress.checkpoint()) return Error::cancelled();
        const TextDocument& text = texts.documents[static_cast<std::size_t>(t)];
        if (text.text.empty()) continue;
        auto prompt = makePrompt(tokenizer, text.text, progress);
        if (!prompt) {
            Error error = prompt.error();
            if (error.file.empty()) error.file = text.source;
            return error;
        }
        std::vector<Token> tokens = std::move(prompt->tokens);
        std::erase_if(tokens, [](const Token& token) { return token.byteBegin < 0; });  // BOS and EOS come back for every piece
        for (const Token& token : tokens) ++c.m_frequency[static_cast<std::size_t>(token.id)];
        for (std::size_t begin = 0; begin < tokens.size();) {
            const std::size_t end = cutAt(tokens, begin, room);
            if (static_cast<int>(end - begin) + extra >= shortest) {
                Piece piece;
                piece.source = static_cast<int>(c.m_sources.size());
                const int from = tokens[begin].byteBegin, to = tokens[end - 1].byteEnd, word0 = tokens[begin].word;
                piece.text = text.text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
                const auto put = [&](int id, int b, int e, int w) {
                    piece.ids.push_back(id);
                    piece.begin.push_back(b);
                    piece.end.push_back(e);
                    piece.word.push_back(w);
                };
                if (bos) put(*tokenizer.bosId(), -1, -1, -1);
                for (std::size_t i = begin; i < end; ++i)
                    put(tokens[i].id, tokens[i].byteBegin - from, tokens[i].byteEnd - from,
                        tokens[i].word < 0 ? -1 : tokens[i].word - word0);
                if (eos && !(tokenizer.eosOnce() && piece.ids.back() == *tokenizer.eosId())) put(*tokenizer.eosId(), -1, -1, -1);
                c.m_documents.push_back(std::move(piece));
            }
            begin = end;
        }
        c.m_sources.push_back(text.source);
    }
    if (c.m_documents.empty()) return Error::in(texts.name, ErrorCode::TextEmpty, {}, {}, std::to_string(shortest));

    const auto all = c.m_documents.size(), most = static_cast<std::size_t>(std::max(0, options.maxDocuments));
    if (most > 0 && all > most) {
        std::vector<Piece> thinned;
        thinned.reserve(most);
        for (std::size_t k = 0; k < most; ++k) thinned.push_back(std::move(c.m_documents[k * all / most]));
        c.m_documents = std::move(thinned);
    }
    const std::size_t vocab = c.m_frequency.size();
    c.m_pieces.resize(vocab);
    c.m_texts.resize(vocab);
    c.m_special.assign(vocab, false);
    c.countTokens();
    for (const Piece& piece : c.m_documents) {
        for (const int id : piece.ids) {
            const auto at = static_cast<std::size_t>(id);
            if (!c.m_pieces[at].empty()) continue;
            c.m_pieces[at] = tokenizer.piece(id);
            c.m_texts[at] = tokenizer.displayText(id);
            c.m_special[at] = tokenizer.isSpecial(id) || id == options.reference;
        }
    }
    std::vector<int> order(vocab);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return c.m_frequency[static_cast<std::size_t>(a)] > c.m_frequency[static_cast<std::size_t>(b)]; });
    c.m_rank.resize(vocab);
    for (std::size_t k = 0; k < vocab; ++k) c.m_rank[static_cast<std::size_t>(order[k])] = static_cast<int>(k);
    return std::shared_ptr<const Corpus>(std::move(corpus));
}

void Corpus::countTokens()
{
    m_tokens = m_longest = 0;
    for (const Piece& piece : m_documents) {
        m_tokens += static_cast<long>(piece.ids.size());
        m_longest = std::max(m_longest, static_cast<int>(piece.ids.size()));
    }
}

std::shared_ptr<const Corpus> Corpus::thinned(int count) const
{
    auto corpus = std::make_shared<Corpus>(*this);
    const auto all = m_documents.size(), most = static_cast<std::size_t>(std::max(0, count));
    if (all <= most) return corpus;
    corpus->m_documents.clear();
    for (std::size_t k = 0; k < most; ++k) corpus->m_documents.push_back(m_documents[k * all / most]);
    corpus->countTokens();
    return corpus;
}

AnnotatedDocument Corpus::document(int index) const
{
    const Piece& piece = m_documents[static_cast<std::size_t>(index)];
    AnnotatedDocument out;
    out.index = index;
    out.name = m_sources[static_cast<std::size_t>(piece.source)];
    out.prompt.text = piece.text;
    out.prompt.tokens.reserve(piece.ids.size());
    for (std::size_t i = 0; i < piece.ids.size(); ++i) {
        const auto id = static_cast<std::size_t>(piece.ids[i]);
        out.prompt.tokens.push_back({piece.ids[i], m_pieces[id], m_texts[id], piece.begin[i], piece.end[i], piece.word[i], m_special[id]});
    }
    annotate(out, m_causal);
    for (std::size_t i = 0; i < piece.ids.size(); ++i) {
        out.frequency[i] = m_frequency[static_cast<std::size_t>(piece.ids[i])];
        out.rank[i] = m_rank[static_cast<std::size_t>(piece.ids[i])];
    }
    return out;
}

}  // namespace hs
