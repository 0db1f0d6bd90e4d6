// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/models/score_bpe_model.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"
#include "engine/text/pipeline/pre_tokenizers.h"

namespace hs {
namespace {

/// True when no piece continues behind a space: then texts can be cut before their spaces and no joining is missed.
bool piecesEndAtSpaces(const VocabIndex& index, const std::string& mark)
{
    return index.contains(mark) && std::none_of(index.begin(), index.end(), [&](const auto& entry) {
               const std::string& piece = entry.first;
               return piece.find(mark, 1) != std::string::npos;
           });
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeSentencePieceBpe(std::vector<std::string> pieces, std::vector<float> scores, bool byteFallback,
                                                              bool addDummyPrefix, SpecialIds special, bool plainSpace)
{
    if (scores.size() != pieces.size())
        return Error::of(ErrorCode::TokenizerInvalid, "scores", std::to_string(scores.size()), std::to_string(pieces.size()));
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (!std::isfinite(scores[i]))
            return Error::of(ErrorCode::TokenizerInvalid, "scores[" + std::to_string(i) + "]", std::to_string(scores[i]));
    Result<VocabIndex> index = indexVocabulary(pieces);
    if (!index) return index.error();

    std::vector<int> byteIds;
    for (unsigned b = 0; b < 256; ++b) {
        const std::string piece = fallbackPiece(static_cast<std::uint8_t>(b));
        const int id = findPiece(*index, piece);
        if (byteFallback && id < 0) return Error::of(ErrorCode::TokenizerInvalid, "byte_fallback", piece);
        if (byteFallback) byteIds.push_back(id);
        if (id >= 0) index->erase(piece);  // text that looks like a byte piece is not one
    }
    for (const auto id : {special.bos, special.eos, special.unk, special.pad})
        if (id && *id >= 0 && static_cast<std::size_t>(*id) < pieces.size()) index->erase(pieces[static_cast<std::size_t>(*id)]);

    const std::string mark = plainSpace ? " " : "\u2581";
    PipelineParts parts;
    parts.kind = TokenizerKind::SentencePieceBpe;
    parts.preTokenizers.push_back(
        makeMetaspace(mark, addDummyPrefix ? PrependScheme::Unconditional : PrependScheme::Never, piecesEndAtSpaces(*index, mark)));
    parts.vocab = markedEntries(std::move(pieces), plainSpace ? std::string_view() : std::string_view(mark));
    parts.model = std::make_unique<ScoreBpeModel>(*std::move(index), std::move(scores), std::move(byteIds), special.unk);
    parts.special = special;
    parts.addsEos = special.addEos;
    Result<AddedTokens> added = AddedTokens::make(specialTokens(parts.vocab, special));
    if (!added) return added.error();
    parts.rawAdded = *std::move(added);
    parts.dropFirstSpace = addDummyPrefix;
    return makePipeline(std::move(parts));
}

}  // namespace hs
