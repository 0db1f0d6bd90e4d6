// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/lookup_models.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"
#include "engine/text/pipeline/pre_tokenizers.h"

namespace hs {
namespace {

/// Text that spells a special token is not found in the vocabulary; where it means the token, the pipeline has cut it out before.
void eraseSpecials(VocabIndex& index, const std::vector<std::string>& vocab, const SpecialIds& special)
{
    for (const auto id : {special.bos, special.eos, special.pad})
        if (id && *id >= 0 && static_cast<std::size_t>(*id) < vocab.size()) index.erase(vocab[static_cast<std::size_t>(*id)]);
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeWordLevel(std::vector<std::string> words, SpecialIds special)
{
    Result<VocabIndex> index = indexVocabulary(words);
    if (!index) return index.error();
    eraseSpecials(*index, words, special);
    PipelineParts parts;
    parts.kind = TokenizerKind::Word;
    parts.vocab = wordEntries(std::move(words), {});
    parts.preTokenizers.push_back(makeWhitespaceSplit());
    parts.model = std::make_unique<WordModel>(*std::move(index), special.unk);
    parts.special = special;
    parts.addsEos = special.addEos;
    Result<AddedTokens> added = AddedTokens::make(specialTokens(parts.vocab, special));
    if (!added) return added.error();
    parts.rawAdded = *std::move(added);
    parts.dropFirstSpace = true;
    return makePipeline(std::move(parts));
}

Result<std::shared_ptr<const Tokenizer>> makeCharacterLevel(std::vector<std::string> characters, SpecialIds special)
{
    Result<VocabIndex> index = indexVocabulary(characters);
    if (!index) return index.error();
    eraseSpecials(*index, characters, special);
    PipelineParts parts;
    parts.kind = TokenizerKind::Character;
    parts.vocab = plainEntries(std::move(characters));
    parts.model = std::make_unique<CharacterModel>(*std::move(index), special.unk);
    parts.special = special;
    parts.addsEos = special.addEos;
    Result<AddedTokens> added = AddedTokens::make(specialTokens(parts.vocab, special));
    if (!added) return added.error();
    parts.rawAdded = *std::move(added);
    return makePipeline(std::move(parts));
}

}  // namespace hs
