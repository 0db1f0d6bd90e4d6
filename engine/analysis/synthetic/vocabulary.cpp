// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/vocabulary.h"

#include <algorithm>

namespace hs {
namespace {

constexpr double kTrim = 0.04;
/// Below so many ids trimming would only make the pool smaller.
constexpr int kLeastToTrim = 200;

bool orderedByFrequency(TokenizerKind kind)
{
    return kind == TokenizerKind::Gpt2Bpe || kind == TokenizerKind::SentencePieceBpe || kind == TokenizerKind::SentencePieceUnigram;
}

}  // namespace

SyntheticVocabulary syntheticVocabulary(const Model& model)
{
    SyntheticVocabulary out;
    const Tokenizer* tokenizer = model.tokenizer().get();
    for (int id = 0; id < model.config().dVocab; ++id) {
        // Padding rows of an embedding have no piece.
        if (tokenizer && (tokenizer->isSpecial(id) || tokenizer->piece(id).empty())) continue;
        out.ids.push_back(id);
    }
    if (!tokenizer) return out;
    if (orderedByFrequency(tokenizer->kind()) && out.size() >= kLeastToTrim) {
        const auto cut = static_cast<std::ptrdiff_t>(kTrim * out.size());
        out.ids = std::vector<int>(out.ids.begin() + cut, out.ids.end() - cut);
        out.trimmed = static_cast<int>(2 * cut);
    }
    if (tokenizer->addsBos()) out.bos = tokenizer->bosId();
    return out;
}

std::vector<int> drawDistinct(const SyntheticVocabulary& vocabulary, int count, SeededRandom& random, const std::vector<int>& without)
{
    std::vector<int> pool;
    pool.reserve(vocabulary.ids.size());
    for (const int id : vocabulary.ids)
        if (std::find(without.begin(), without.end(), id) == without.end()) pool.push_back(id);
    // The first steps of a shuffle are a draw without replacement.
    const auto n = std::min(pool.size(), static_cast<std::size_t>(std::max(count, 0)));
    for (std::size_t i = 0; i < n; ++i) std::swap(pool[i], pool[i + static_cast<std::size_t>(random.below(pool.size() - i))]);
    pool.resize(n);
    return pool;
}

}  // namespace hs
