// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/lookup_models.h"
#include "engine/text/pipeline/normalizers.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"

namespace hs {

Result<std::shared_ptr<const Tokenizer>> makeWordPiece(std::vector<std::string> vocab, bool lowercase, SpecialIds special)
{
    if (!special.unk) return Error::of(ErrorCode::TokenizerInvalid, "unk_id", {}, "[UNK]");
    Result<VocabIndex> index = indexVocabulary(vocab);
    if (!index) return index.error();
    for (const auto id : {special.bos, special.eos, special.pad})
        if (id && *id >= 0 && static_cast<std::size_t>(*id) < vocab.size()) index->erase(vocab[static_cast<std::size_t>(*id)]);

    BertCleaning cleaning;
    cleaning.lowercase = cleaning.stripAccents = lowercase;
    PipelineParts parts;
    parts.kind = TokenizerKind::WordPiece;
    parts.vocab = wordEntries(std::move(vocab), "##");
    parts.normalizers.push_back(makeBertNormalizer(cleaning));
    parts.preTokenizers.push_back(makeBertSplit());
    parts.model = std::make_unique<WordPieceModel>(*std::move(index), *special.unk, "##", 100);
    parts.special = special;
    Result<AddedTokens> added = AddedTokens::make(specialTokens(parts.vocab, special));
    if (!added) return added.error();
    parts.rawAdded = *std::move(added);
    parts.addsEos = special.addBos;
    parts.dropFirstSpace = true;
    return makePipeline(std::move(parts));
}

}  // namespace hs
