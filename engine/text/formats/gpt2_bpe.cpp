// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "engine/text/formats/json_vocab.h"
#include "engine/text/models/bpe_model.h"
#include "engine/text/models/vocab_index.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"
#include "engine/text/pipeline/pre_tokenizers.h"

namespace hs {
namespace {

/// "A B" cut at its one space; nothing for anything else.
std::optional<std::pair<std::string, std::string>> cutMerge(std::string_view line)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space == 0 || space + 1 == line.size()) return std::nullopt;
    if (line.find(' ', space + 1) != std::string_view::npos) return std::nullopt;
    return std::pair(std::string(line.substr(0, space)), std::string(line.substr(space + 1)));
}

}  // namespace

Result<MergeList> parseMerges(const std::vector<std::string>& lines)
{
    MergeList merges;
    merges.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto merge = cutMerge(lines[i]);
        if (!merge) return Error::of(ErrorCode::TokenizerInvalid, "merges[" + std::to_string(i) + "]", lines[i], "A B");
        merges.push_back(*std::move(merge));
    }
    return merges;
}

Result<std::shared_ptr<const Tokenizer>> makeGpt2Bpe(std::vector<std::string> vocab, const std::vector<std::string>& merges,
                                                     SpecialIds special, const std::vector<int>& specials, bool addPrefixSpace,
                                                     TextRules rules)
{
    Result<VocabIndex> index = indexVocabulary(vocab);
    if (!index) return index.error();
    Result<MergeList> list = parseMerges(merges);
    if (!list) return list.error();
    BpeOptions options;
    options.byteLevel = true;
    options.unk = special.unk;
    auto model = BpeModel::make(*std::move(index), *list, options);
    if (!model) return model.error();
    Result<StagePtr> split = makeByteLevelSplit(addPrefixSpace, true);
    if (!split) return split.error();

    PipelineParts parts;
    parts.kind = TokenizerKind::Gpt2Bpe;
    parts.vocab = byteLevelEntries(std::move(vocab));
    for (const int id : specials) {
        if (id < 0 || static_cast<std::size_t>(id) >= parts.vocab.size())
            return Error::of(ErrorCode::TokenizerInvalid, "special_tokens", std::to_string(id), std::to_string(parts.vocab.size()));
        markSpecial(parts.vocab, id);
    }
    if (rules.added.empty()) rules.added = specialTokens(parts.vocab, special, specials);
    if (Status s = placeAdded(rules.added, parts.vocab, special.unk); !s) return s.error();
    Result<AddedTokens> added = AddedTokens::make(rules.added, WordEdge::Space);
    if (!added) return added.error();
    parts.rawAdded = *std::move(added);
    parts.prefix = rules.prefix;
    parts.addsEos = special.addEos;
    parts.preTokenizers.push_back(*std::move(split));
    parts.model = *std::move(model);
    parts.special = special;
    parts.dropFirstSpace = addPrefixSpace || rules.prefix != TextRules::Prefix::None;
    return makePipeline(std::move(parts));
}

Result<std::shared_ptr<const Tokenizer>> makeGpt2BpeFromFiles(std::string_view vocabJson, std::string_view mergesText)
{
    auto json = parseJson(vocabJson);
    if (!json) return json.error();
    auto vocab = vocabularyFromJson(*json, "vocab");
    if (!vocab) return vocab.error();
    if (mergesText.size() > maxJsonBytes)
        return Error::of(ErrorCode::TokenizerInvalid, "merges", std::to_string(mergesText.size()), std::to_string(maxJsonBytes));

    std::vector<std::string> merges;
    for (std::size_t at = 0, line = 0; at < mergesText.size(); ++line) {
        const std::size_t end = std::min(mergesText.find('\n', at), mergesText.size());
        std::string_view text = mergesText.substr(at, end - at);
        at = end + 1;
        if (text.ends_with('\r')) text.remove_suffix(1);
        // Only the first line is a comment; a later '#' begins a real merge.
        if (text.empty() || (line == 0 && text.starts_with("#version"))) continue;
        merges.emplace_back(text);
    }
    SpecialIds special;
    for (std::size_t id = 0; id < vocab->size(); ++id)
        if ((*vocab)[id] == "<|endoftext|>") special.bos = special.eos = static_cast<int>(id);
    return makeGpt2Bpe(*std::move(vocab), merges, special);
}

}  // namespace hs
