// SPDX-License-Identifier: GPL-3.0-or-later
// Text as documents of a bounded length: what the detectors read. Tokens are kept compactly (ids and ranges); a document with
// its annotations is made when it is asked for, so statistics never grow with the corpus.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/text/document.h"
#include "engine/text/tokenizer.h"

namespace hs {

enum class TokenClass : std::uint8_t { Special, Punctuation, Newline, Space, Digit, Continuation, Word };
const char* tokenClassName(TokenClass tokenClass);  ///< "punctuation", ...

/// One document with everything that the patterns ask of it. All vectors have the length of the prompt.
struct AnnotatedDocument {
    int index = 0;  ///< in the corpus
    std::string name;
    Prompt prompt;
    std::vector<int> references;  ///< positions of R: BOS and other specials, always 0 (engine/methods/patterns.md section 0)
    std::vector<bool> isReference;
    std::vector<TokenClass> classes;
    std::vector<int> word, sentence, paragraph, line, quotation;  ///< segment numbers; -1: none (references)
    std::vector<long> frequency;                                  ///< occurrences of the token in the corpus
    std::vector<int> rank;                                        ///< 0: most frequent id of the corpus
    int size() const { return prompt.size(); }
};

/// Fills the annotations of a prompt (references, classes, segments). Frequencies stay 0.
void annotate(AnnotatedDocument& document, bool causal);

struct ChunkOptions {
    int length = 128;        ///< longest document in tokens, with BOS; never more than the model's context
    int shortest = 16;       ///< shorter pieces are left out
    int maxDocuments = 400;  ///< 0: all. More are thinned evenly over the whole corpus
    int reference = -1;      ///< an id that is a special token whatever the tokeniser says: padding that is hidden; -1: none
};

class Corpus {
public:
    /// TokenizerMissing, TextEmpty (nothing long enough), TextNotUtf8 or what the tokeniser says; nCtx 0: no limit.
    static Result<std::shared_ptr<const Corpus>> make(const TextCorpus& texts, const Tokenizer& tokenizer, int nCtx, bool causal,
                                                      const ChunkOptions& options, const Progress& progress = {});

    const std::string& name() const { return m_name; }
    const std::string& hash() const { return m_hash; }  ///< of the texts, as TextCorpus has it
    int size() const { return static_cast<int>(m_documents.size()); }
    long tokens() const { return m_tokens; }
    int longest() const { return m_longest; }
    const ChunkOptions& options() const { return m_options; }
    AnnotatedDocument document(int index) const;
    /// `count` of the documents, evenly spread; name, hash and frequencies stay those of the whole text.
    std::shared_ptr<const Corpus> thinned(int count) const;

private:
    void countTokens();
    struct Piece {
        std::string text;  ///< its own part of the text
        std::vector<int> ids, begin, end, word;
        int source = 0;
    };
    std::string m_name, m_hash;
    std::vector<std::string> m_sources;
    std::vector<Piece> m_documents;
    std::vector<long> m_frequency;               ///< [V]
    std::vector<int> m_rank;                     ///< [V]
    std::vector<std::string> m_pieces, m_texts;  ///< [V], of ids that occur
    std::vector<bool> m_special;
    long m_tokens = 0;
    int m_longest = 0;
    bool m_causal = true;
    ChunkOptions m_options;
};

}  // namespace hs
