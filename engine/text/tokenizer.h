// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/text/token.h"

namespace hs {

/// Text that reads like a special token ("<|endoftext|>"): the token, as Hugging Face has it, or its letters.
enum class SpecialText { Recognise, Spell };

enum class TokenizerKind { Gpt2Bpe, SentencePieceUnigram, SentencePieceBpe, WordPiece, Word, Character, Ids };

/// Text to tokens and back. Immutable and safe to use from several threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;
    virtual TokenizerKind kind() const = 0;
    virtual int vocabSize() const = 0;
    /// Tokens of `utf8` without BOS. Never approximates: what the vocabulary cannot express is an error or its unk token.
    virtual Result<std::vector<Token>> encode(std::string_view utf8, const Progress& progress = {},
                                              SpecialText special = SpecialText::Recognise) const = 0;
    /// The vocabulary's own name of an id ("Ġthe"); empty when out of range.
    virtual std::string piece(int id) const = 0;
    /// What a person reads for one id (see Token::text); empty when out of range.
    virtual std::string displayText(int id) const = 0;
    virtual bool isSpecial(int id) const = 0;
    /// Text of a run of ids (specials left out).
    virtual std::string decode(std::span<const int> ids) const = 0;
    virtual std::optional<int> bosId() const = 0;
    virtual std::optional<int> eosId() const = 0;
    /// BOS is put before text (never before plain ids).
    virtual bool addsBos() const = 0;
    /// EOS is put behind text (BERT's [SEP], T5's </s>).
    virtual bool addsEos() const { return false; }
    /// No second EOS behind a text that ends with one (T5).
    virtual bool eosOnce() const { return false; }
    /// The bytes of text an id stands for inside a longer text (" the", or half a character); empty for specials.
    virtual std::string tokenBytes(int id) const { return isSpecial(id) ? std::string() : displayText(id); }
};

/// BOS + encode (+ EOS where the tokeniser adds it) + words, with Error TextNotUtf8 / TextEmpty. (words: engine/text/words.h)
/// A byte order mark in front belongs to the file, not to the text: it is left out.
Result<Prompt> makePrompt(const Tokenizer& tokenizer, std::string_view utf8, const Progress& progress = {},
                          SpecialText special = SpecialText::Recognise);
/// Prompt from plain ids; tokens carry pieces and text where the tokeniser (may be null) knows them. Ids must be in [0, vocabSize).
Result<Prompt> makePromptFromIds(const Tokenizer* tokenizer, std::span<const int> ids, int vocabSize);

// ---- makers, from data already read by engine/io -------------------------------------------------------------------
struct SpecialIds {
    std::optional<int> bos, eos, unk, pad;
    bool addBos = false;
    bool addEos = false;
};

/// What the files beside a vocabulary say about the text around it (tokenizer_config.json and its neighbours).
struct TextRules {
    /// Tokens that are cut out of a text before the vocabulary sees it, special ones included. Empty: the special ids alone.
    std::vector<AddedToken> added;
    /// A space before every text, whatever it begins with (GPT-2), or before those that do not begin with white space (RoBERTa).
    enum class Prefix { None, Space, SpaceIfMissing } prefix = Prefix::None;
    /// SentencePiece: each stretch between added tokens is a text of its own (transformers' "legacy"); false: only the first one
    /// gets the space in front.
    bool eachStretchAlone = true;
    /// SentencePiece with eachStretchAlone false: the space in front of the first stretch.
    bool spaceInFront = true;
    /// No second EOS behind a text that ends with one.
    bool eosOnce = false;
};

/// GPT-2 byte-level BPE. vocab[id] = piece in GPT-2's byte-to-character spelling; merges "A B" in rank order. addPrefixSpace: as
/// tokenizer.json's ByteLevel has it (before each stretch that does not begin with a space).
Result<std::shared_ptr<const Tokenizer>> makeGpt2Bpe(std::vector<std::string> vocab, const std::vector<std::string>& merges,
                                                     SpecialIds special, const std::vector<int>& specialTokens = {},
                                                     bool addPrefixSpace = false, TextRules rules = {});
/// SentencePiece BPE from pieces and scores; pieces use a plain space (not U+2581) for the space mark when `plainSpace`.
Result<std::shared_ptr<const Tokenizer>> makeSentencePieceBpe(std::vector<std::string> pieces, std::vector<float> scores, bool byteFallback,
                                                              bool addDummyPrefix, SpecialIds special, bool plainSpace);
/// A SentencePiece .model file's bytes (Unigram, BPE, word or character model). The file does not say whether BOS is put
/// before text: special.addBos and addEos do. Ids of `special` that are not set are the model's own.
Result<std::shared_ptr<const Tokenizer>> makeSentencePieceModel(std::string bytes, SpecialIds special = {}, TextRules rules = {});
/// Hugging Face tokenizer.json text. Unknown component types are refused by name. Reading JSON looks at `progress` (Cancelled).
Result<std::shared_ptr<const Tokenizer>> makeHfTokenizer(std::string_view json, const Progress& progress = {});
/// vocabulary.json: {type: "sentencepiece-bpe", byte_fallback, add_dummy_prefix, bos_id, eos_id, unk_id, pieces, scores}
/// and {type: "word" | "char", pieces, bos_id...}.
Result<std::shared_ptr<const Tokenizer>> makeVocabularyJson(std::string_view json, const Progress& progress = {});
/// vocab.json / encoder.json (token -> id) with merges.txt / vocab.bpe.
Result<std::shared_ptr<const Tokenizer>> makeGpt2BpeFromFiles(std::string_view vocabJson, std::string_view mergesText);
/// BERT WordPiece: vocab[id] = piece, continuations begin with "##". `lowercase` also strips accents. Needs special.unk;
/// special.bos and .eos ([CLS], [SEP]) are put around text when special.addBos.
Result<std::shared_ptr<const Tokenizer>> makeWordPiece(std::vector<std::string> vocab, bool lowercase, SpecialIds special);
/// Words split at white space, or single characters; unknown ones are the unk id, or an error when there is none.
Result<std::shared_ptr<const Tokenizer>> makeWordLevel(std::vector<std::string> words, SpecialIds special);
Result<std::shared_ptr<const Tokenizer>> makeCharacterLevel(std::vector<std::string> characters, SpecialIds special);
/// Text is a list of ids ("1, 2 3"); pieces are the numbers.
std::shared_ptr<const Tokenizer> makeIdTokenizer(int vocabSize);

}  // namespace hs
