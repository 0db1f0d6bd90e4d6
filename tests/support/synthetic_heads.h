// SPDX-License-Identifier: GPL-3.0-or-later
// Causal attention maps made by rule: heads whose role is known before anything is measured.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/patterns/text_pass.h"
#include "engine/base/random.h"

namespace hs::test {

enum class MadeHead { Uniform, Random, Previous, Sink, Decay, Block, Subword };
inline constexpr MadeHead kMadeHeads[] = {MadeHead::Uniform, MadeHead::Random, MadeHead::Previous, MadeHead::Sink,
                                          MadeHead::Decay,   MadeHead::Block,  MadeHead::Subword};
inline const char* madeName(MadeHead head)
{
    constexpr const char* names[] = {"uniform", "random", "previous", "sink", "decay", "block", "subword"};
    return names[static_cast<int>(head)];
}

/// Maps that lie in memory, one for each head of one layer.
class MatrixMaps final : public AttentionSource {
public:
    std::vector<MatrixF> maps;
    std::vector<Token> tokens;
    Visibility kind;

    int layers() const override { return 1; }
    int heads(int) const override { return static_cast<int>(maps.size()); }
    int queries() const override { return static_cast<int>(maps.front().rows()); }
    int keys() const override { return static_cast<int>(maps.front().cols()); }
    Visibility visibility(int) const override { return kind; }
    const std::vector<Token>& queryTokens() const override { return tokens; }
    const std::vector<Token>& keyTokens() const override { return tokens; }
    int readyLayers() const override { return 1; }
    bool has(MapKind map) const override { return map == MapKind::Weights; }
    Result<MatrixF> tile(HeadId head, MapKind, int q0, int nq, int k0, int nk) const override
    {
        MatrixF out(nq, nk);
        for (int i = 0; i < nq; ++i)
            for (int j = 0; j < nk; ++j) out(i, j) = maps[static_cast<std::size_t>(head.head)](q0 + i, k0 + j);
        return out;
    }
    std::shared_ptr<const HeadStats> stats(HeadId) const override { return nullptr; }
};

/// A document of words of one to three pieces in sentences of about ten words; position 0 is BOS.
template <typename RandomNumbers>
AnnotatedDocument madeDocument(int index, int n, RandomNumbers& random)
{
    AnnotatedDocument out;
    out.index = index;
    out.name = "made";
    const auto size = static_cast<std::size_t>(n);
    out.prompt.tokens.resize(size);
    out.references = {0};
    out.isReference.assign(size, false);
    out.isReference[0] = true;
    out.classes.assign(size, TokenClass::Word);
    out.classes[0] = TokenClass::Special;
    out.word.assign(size, -1);
    out.sentence = out.paragraph = out.line = out.quotation = out.word;
    out.frequency.assign(size, 1);
    out.rank.assign(size, 0);
    out.prompt.tokens[0].special = true;
    int word = 0, sentence = 0;
    constexpr int lengths[] = {1, 1, 1, 1, 2, 2, 3};
    for (std::size_t i = 1; i < size; ++word) {
        const int pieces = lengths[random.below(7)];
        for (int k = 0; k < pieces && i < size; ++k, ++i) {
            out.word[i] = word;
            out.sentence[i] = sentence;
            out.prompt.tokens[i].word = word;
            out.prompt.tokens[i].id = static_cast<int>(i);
            if (k > 0) out.classes[i] = TokenClass::Continuation;
        }
        if (random.uniform() < 0.1) ++sentence;
    }
    return out;
}

/// Softmax of noise N(0, 1) plus what makes the head what it is.
template <typename RandomNumbers>
MatrixF madeMap(MadeHead head, const AnnotatedDocument& document, RandomNumbers& random)
{
    const int n = document.size();
    MatrixF out(n, n);
    std::vector<double> z;
    for (int i = 0; i < n; ++i) {
        z.assign(static_cast<std::size_t>(i) + 1, 0.0);
        for (double& v : z) v = random.normal();
        if (head == MadeHead::Uniform) z.assign(z.size(), 0.0);
        const auto at = [&](int j) -> double& { return z[static_cast<std::size_t>(j)]; };
        const auto word = [&](int j) { return document.word[static_cast<std::size_t>(j)]; };
        const auto sentence = [&](int j) { return document.sentence[static_cast<std::size_t>(std::max(1, j))]; };  // BOS opens the first
        if (head == MadeHead::Previous && i > 0) at(i - 1) += 8;
        if (head == MadeHead::Sink) at(0) += 7;
        if (head == MadeHead::Decay)
            for (int j = 0; j <= i; ++j) at(j) = 0.5 * at(j) - 0.5 * (i - j);
        if (head == MadeHead::Block)
            for (int j = 0; j <= i; ++j) at(j) += sentence(j) == sentence(i) ? 5 : 0;
        if (head == MadeHead::Subword) {
            bool any = false;
            for (int j = 1; j < i; ++j)
                if (word(j) == word(i)) {
                    at(j) += 7;
                    any = true;
                }
            if (!any) at(0) += 6;
        }
        double most = z[0], sum = 0;
        for (const double v : z) most = std::max(most, v);
        for (double& v : z) sum += v = std::exp(v - most);
        for (int j = 0; j <= i; ++j) out(i, j) = static_cast<float>(at(j) / sum);
    }
    return out;
}

/// All seven heads over `documents` documents of n tokens, ready for the text pass.
inline TextPassInput madeInput(int documents, int n, std::uint64_t seed, const LabelPreset& preset)
{
    TextPassInput input;
    input.documents = documents;
    input.document = [n, seed](int index) {
        SeededRandom random(seed, static_cast<std::uint64_t>(index));
        return madeDocument(index, n, random);
    };
    for (int h = 0; h < static_cast<int>(std::size(kMadeHeads)); ++h) input.heads.push_back({0, h});
    input.maps = [seed](const AnnotatedDocument& document, const Progress&) -> Result<DocumentMaps> {
        auto source = std::make_shared<MatrixMaps>();
        source->tokens = document.prompt.tokens;
        for (const MadeHead head : kMadeHeads) {
            SeededRandom random(seed + 1000, static_cast<std::uint64_t>(document.index) * 16 + static_cast<std::uint64_t>(head));
            source->maps.push_back(madeMap(head, document, random));
        }
        return DocumentMaps{source, {}};
    };
    input.preset = &preset;
    input.seed = seed;
    return input;
}

}  // namespace hs::test
