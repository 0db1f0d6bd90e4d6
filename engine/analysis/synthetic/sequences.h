// SPDX-License-Identifier: GPL-3.0-or-later
// Synthetic documents: random tokens of the model's own vocabulary with a structure that is known. One sequence is one document.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/synthetic/targets.h"
#include "engine/analysis/synthetic/vocabulary.h"
#include "engine/text/token.h"

namespace hs {

struct SyntheticDocument {
    std::string kind;      ///< "repeated", "control", "four-copies", "key-value" ...
    std::vector<int> ids;  ///< with BOS where the model has one
    int begin = 0;         ///< position of the first random token
    int period = 0;        ///< length of one copy; 0: nothing is repeated
    std::vector<int> references() const { return begin > 0 ? std::vector<int>{0} : std::vector<int>{}; }
};

std::shared_ptr<const Prompt> promptOf(const SyntheticDocument& document, const Tokenizer* tokenizer);

/// Longest sequence for synthetic documents: the context, or 256 where none is known or it is longer.
int syntheticContext(const ModelConfig& config);
/// min(50, (context - begin) / copies, size of the vocabulary): engine/methods/circuits.md section 3.
int copyLength(const SyntheticVocabulary& vocabulary, int context, int copies);

/// BOS, x_1..x_n, the same again `copies` - 1 times; ids drawn without replacement.
SyntheticDocument repeatedTokens(const SyntheticVocabulary& vocabulary, int n, int copies, std::uint64_t seed, int document);
/// The null of random tokens (N4): the first copy of repeatedTokens(..., 2, ...), then n tokens that it does not have; with too small
/// a vocabulary for that, its own tokens in an order in which none stands where it stood.
SyntheticDocument unrepeatedTokens(const SyntheticVocabulary& vocabulary, int n, std::uint64_t seed, int document);

/// In-context Markov chain (Edelman et al. 2024): k = 2 .. 8 random ids as states, rows of the transition matrix ~ Dirichlet(1, .., 1),
/// start from the stationary law.
struct MarkovDocument : SyntheticDocument {
    int states = 0;
};
MarkovDocument markovChain(const SyntheticVocabulary& vocabulary, int length, std::uint64_t seed, int document);

/// Teacher-forced retrieval: filler with the needle `K v1 v2 v3` in it, at the end `K v1 v2` again. The rows that should emit v1, v2, v3
/// are the last three.
struct NeedleDocument : SyntheticDocument {
    int needle = 0;  ///< position of K; values stand at needle + 1 .. needle + values
    int values = 0;
    std::vector<int> emitting() const;  ///< rows that emit v1, v2, ..
};
/// Lengths and depths vary with the document. `withNeedle` false: the same document, but the needle's four tokens replaced by filler
/// (the null of random tokens). Needs a context of at least leastNeedleContext() and as many ids.
NeedleDocument keyValueNeedle(const SyntheticVocabulary& vocabulary, int context, std::uint64_t seed, int document, int documents,
                              bool withNeedle);
int leastNeedleContext();

/// Chain-of-thought sequences of iteration heads (Cabannes et al. 2024): BOS x_1..x_n E s_1..s_n with E a separator; s is the running
/// parity of x or s_t = s_(t-1) x_t + 1 mod 11, by turns.
struct IterationDocument : SyntheticDocument {
    int n = 0;
    int separator = 0;  ///< position of E
};
IterationDocument iterationTask(const SyntheticVocabulary& vocabulary, int context, std::uint64_t seed, int document);

}  // namespace hs
