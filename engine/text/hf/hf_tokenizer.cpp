// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/formats/json_vocab.h"
#include "engine/text/hf/hf_parts.h"

namespace hs {
namespace {

using hf::Json;

/// Text as the normalisers leave it: added tokens with "normalized" are looked for in this shape.
Result<std::string> normalizedText(const hf::Stages& stages, std::string text)
{
    for (const auto& stage : stages) {
        std::string next;
        if (text.empty()) break;
        const Status s = stage->apply(Chunk::typed(text), [&next](const Chunk& c) -> Status {
            next += c.text;
            return {};
        });
        if (!s) return s.error();
        text = std::move(next);
    }
    return text;
}

/// Gives added tokens their ids; those that the vocabulary has must stand there under the same id.
Status placeAdded(const std::vector<AddedToken>& tokens, std::vector<std::string>& vocab)
{
    for (const AddedToken& token : tokens) {
        const auto id = static_cast<std::size_t>(token.id);
        if (id >= vocab.size()) vocab.resize(id + 1);
        if (!vocab[id].empty() && vocab[id] != token.content)
            return hf::invalid("added_tokens[" + std::to_string(id) + "]", token.content, vocab[id]);
        vocab[id] = token.content;
    }
    return {};
}

/// The special token with the first of these names that exists.
std::optional<int> namedSpecial(const std::vector<VocabEntry>& vocab, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        for (std::size_t id = 0; id < vocab.size(); ++id)
            if (vocab[id].special && vocab[id].piece == name) return static_cast<int>(id);
    return std::nullopt;
}

std::vector<VocabEntry> makeEntries(hf::Model& model, bool byteLevel, const std::string& mark)
{
    if (byteLevel) return byteLevelEntries(std::move(model.vocab));
    if (model.kind == TokenizerKind::WordPiece) return wordEntries(std::move(model.vocab), model.continuation);
    if (model.kind == TokenizerKind::Word) return wordEntries(std::move(model.vocab), {});
    if (!model.endSuffix.empty()) return markedEntries(std::move(model.vocab), model.endSuffix);
    if (!mark.empty()) return markedEntries(std::move(model.vocab), mark);
    return plainEntries(std::move(model.vocab));
}

Result<std::shared_ptr<const Tokenizer>> build(const Json& root)
{
    const Json null;
    const auto part = [&](const char* key) -> const Json& { return root.contains(key) ? root.at(key) : null; };
    Result<hf::Normalizers> normalizers = hf::readNormalizers(part("normalizer"));
    if (!normalizers) return normalizers.error();
    Result<hf::PreTokenizers> pre = hf::readPreTokenizers(part("pre_tokenizer"));
    if (!pre) return pre.error();
    Result<hf::Model> model = hf::readModel(part("model"), pre->byteLevel);
    if (!model) return model.error();
    Result<hf::Added> added = hf::readAddedTokens(part("added_tokens"));
    if (!added) return added.error();
    const Result<hf::Template> post = hf::readPostProcessor(part("post_processor"));
    if (!post) return post.error();
    std::string mark = pre->mark;
    std::string decoderMark;
    if (Status s = hf::checkDecoder(part("decoder"), decoderMark); !s) return s.error();
    if (mark.empty()) mark = normalizers->prependsMark && decoderMark.empty() ? "\u2581" : decoderMark;

    if (Status s = placeAdded(added->raw, model->vocab); !s) return s.error();
    if (Status s = placeAdded(added->normalized, model->vocab); !s) return s.error();

    PipelineParts parts;
    parts.kind = model->kind;
    parts.vocab = makeEntries(*model, pre->byteLevel, mark);
    for (const auto* tokens : {&added->raw, &added->normalized})
        if (Status s = placeAdded(*tokens, parts.vocab, model->unk); !s) return s.error();
    for (AddedToken& token : added->normalized) {
        Result<std::string> content = normalizedText(normalizers->stages, token.content);
        if (!content) return content.error();
        if (!content->empty()) token.content = *std::move(content);
    }
    Result<AddedTokens> raw = AddedTokens::make(added->raw);
    if (!raw) return raw.error();
    Result<AddedTokens> normalized = AddedTokens::make(added->normalized);
    if (!normalized) return normalized.error();
    parts.rawAdded = *std::move(raw);
    parts.normalizedAdded = *std::move(normalized);
    parts.normalizers = std::move(normalizers->stages);
    parts.preTokenizers = std::move(pre->stages);
    parts.model = std::move(model->model);
    parts.special.unk = model->unk;
    parts.special.bos =
        post->first ? post->first : namedSpecial(parts.vocab, {"<s>", "<|begin_of_text|>", "<bos>", "[CLS]", "<|endoftext|>"});
    parts.special.eos = post->last ? post->last : namedSpecial(parts.vocab, {"</s>", "<|end_of_text|>", "<eos>", "[SEP]", "<|endoftext|>"});
    parts.special.addBos = post->first.has_value();
    parts.addsEos = post->last.has_value();
    const bool words = parts.kind == TokenizerKind::WordPiece || parts.kind == TokenizerKind::Word;
    parts.dropFirstSpace = words || pre->addsSpace || normalizers->prependsMark;
    parts.dropLastSpace = !model->endSuffix.empty();
    return makePipeline(std::move(parts));
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeHfTokenizer(std::string_view json, const Progress& progress)
{
    const Result<Json> root = parseJson(json, progress);
    if (!root) return root.error();
    if (!root->is_object()) return hf::invalid("tokenizer.json", root->type_name(), "object");
    try {
        return build(*root);
    } catch (const Json::exception& e) {  // a value of the wrong type, or one that is missing
        return hf::invalid("tokenizer.json", e.what());
    }
}

}  // namespace hs
