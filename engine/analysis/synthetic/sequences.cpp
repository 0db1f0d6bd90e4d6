// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/sequences.h"

#include <algorithm>
#include <cmath>

#include "engine/text/tokenizer.h"

namespace hs {
namespace {

constexpr int kLongestSequence = 256;
constexpr int kLongestCopy = 50;
constexpr int kNeedleValues = 3;
/// Filler around a needle: with less, "retrieval" would be what induction on neighbours does.
constexpr int kLeastFiller = 16;
constexpr int kMostStates = 8;
constexpr int kModulus = 11;

/// Streams of random numbers: one for each kind of sequence and document.
enum class Sequence : std::uint64_t { Repeated = 1, Control, Markov, Needle, NeedleFiller, Iteration };
SeededRandom streamOf(std::uint64_t seed, Sequence kind, int document)
{
    return SeededRandom(seed, (static_cast<std::uint64_t>(kind) << 32) + static_cast<std::uint64_t>(document));
}

void begin(SyntheticDocument& d, const SyntheticVocabulary& vocabulary, std::string kind)
{
    d.kind = std::move(kind);
    if (vocabulary.bos) d.ids.push_back(*vocabulary.bos);
    d.begin = vocabulary.begin();
}

void append(SyntheticDocument& d, const std::vector<int>& ids) { d.ids.insert(d.ids.end(), ids.begin(), ids.end()); }

int drawState(const std::vector<double>& probabilities, SeededRandom& random)
{
    double u = random.uniform();
    for (std::size_t s = 0; s + 1 < probabilities.size(); ++s) {
        u -= probabilities[s];
        if (u < 0) return static_cast<int>(s);
    }
    return static_cast<int>(probabilities.size()) - 1;
}

}  // namespace

std::shared_ptr<const Prompt> promptOf(const SyntheticDocument& document, const Tokenizer* tokenizer)
{
    auto prompt = std::make_shared<Prompt>();
    prompt->fromIds = true;
    prompt->tokens.reserve(document.ids.size());
    for (const int id : document.ids) {
        Token t;
        t.id = id;
        if (tokenizer) {
            t.piece = tokenizer->piece(id);
            t.text = tokenizer->displayText(id);
            t.special = tokenizer->isSpecial(id);
        }
        prompt->tokens.push_back(std::move(t));
    }
    return prompt;
}

int syntheticContext(const ModelConfig& config) { return config.nCtx > 0 ? std::min(config.nCtx, kLongestSequence) : kLongestSequence; }

int copyLength(const SyntheticVocabulary& vocabulary, int context, int copies)
{
    return std::min({kLongestCopy, (context - vocabulary.begin()) / copies, vocabulary.size()});
}

SyntheticDocument repeatedTokens(const SyntheticVocabulary& vocabulary, int n, int copies, std::uint64_t seed, int document)
{
    SyntheticDocument d;
    begin(d, vocabulary, copies == 2 ? "repeated" : "copies");
    SeededRandom random = streamOf(seed, Sequence::Repeated, document);
    const std::vector<int> x = drawDistinct(vocabulary, n, random);
    for (int c = 0; c < copies; ++c) append(d, x);
    d.period = static_cast<int>(x.size());
    return d;
}

SyntheticDocument unrepeatedTokens(const SyntheticVocabulary& vocabulary, int n, std::uint64_t seed, int document)
{
    SyntheticDocument d;
    begin(d, vocabulary, "control");
    SeededRandom first = streamOf(seed, Sequence::Repeated, document), random = streamOf(seed, Sequence::Control, document);
    const std::vector<int> x = drawDistinct(vocabulary, n, first);
    append(d, x);
    std::vector<int> y = drawDistinct(vocabulary, n, random, x);
    if (y.size() < x.size()) {
        // Sattolo's shuffle: one cycle, so that nothing stays in its place.
        y = x;
        for (std::size_t i = y.size(); i-- > 1;) std::swap(y[i], y[static_cast<std::size_t>(random.below(i))]);
    }
    append(d, y);
    return d;
}

MarkovDocument markovChain(const SyntheticVocabulary& vocabulary, int length, std::uint64_t seed, int document)
{
    MarkovDocument d;
    begin(d, vocabulary, "markov");
    SeededRandom random = streamOf(seed, Sequence::Markov, document);
    d.states = std::min(2 + static_cast<int>(random.below(kMostStates - 1)), vocabulary.size());
    const std::vector<int> ids = drawDistinct(vocabulary, d.states, random);
    const auto k = static_cast<std::size_t>(d.states);
    std::vector<std::vector<double>> rows(k, std::vector<double>(k));
    for (std::vector<double>& row : rows) {
        double sum = 0;
        for (double& p : row) sum += p = -std::log(1.0 - random.uniform());
        for (double& p : row) p /= sum;
    }
    std::vector<double> law(k, 1.0 / d.states);
    for (int step = 0; step < 200; ++step) {
        std::vector<double> next(k);
        for (std::size_t a = 0; a < k; ++a)
            for (std::size_t b = 0; b < k; ++b) next[b] += law[a] * rows[a][b];
        law = std::move(next);
    }
    int state = drawState(law, random);
    while (static_cast<int>(d.ids.size()) < length) {
        d.ids.push_back(ids[static_cast<std::size_t>(state)]);
        state = drawState(rows[static_cast<std::size_t>(state)], random);
    }
    return d;
}

int leastNeedleContext() { return 1 + 2 * kLeastFiller + 2 * (1 + kNeedleValues); }

std::vector<int> NeedleDocument::emitting() const
{
    std::vector<int> rows;
    for (int v = 0; v < values; ++v) rows.push_back(static_cast<int>(ids.size()) - values + v);
    return rows;
}

NeedleDocument keyValueNeedle(const SyntheticVocabulary& vocabulary, int context, std::uint64_t seed, int document, int documents,
                              bool withNeedle)
{
    NeedleDocument d;
    begin(d, vocabulary, withNeedle ? "key-value" : "key-value-control");
    d.values = kNeedleValues;
    SeededRandom random = streamOf(seed, Sequence::Needle, document), spare = streamOf(seed, Sequence::NeedleFiller, document);
    // Without a known filler, all tokens differ: a document uses as many ids as it is long.
    const int most = std::min(context, vocabulary.size()) - d.begin - 2 * (1 + kNeedleValues);
    const int least = std::min(2 * kLeastFiller, most);
    const int filler = least + static_cast<int>(random.below(static_cast<std::uint64_t>(most - least + 1)));
    // Depth 0 .. 1 over the documents; always some filler between needle and question.
    const double depth = documents > 1 ? static_cast<double>(document) / (documents - 1) : 0.5;
    const int before = static_cast<int>(depth * (filler - std::min(kLeastFiller, filler)));
    const std::vector<int> ids = drawDistinct(vocabulary, filler + 1 + kNeedleValues, random);
    const std::vector<int> needle(ids.begin(), ids.begin() + 1 + kNeedleValues);
    const auto rest = ids.begin() + 1 + kNeedleValues;
    append(d, {rest, rest + before});
    d.needle = static_cast<int>(d.ids.size());
    append(d, withNeedle ? needle : drawDistinct(vocabulary, 1 + kNeedleValues, spare, ids));
    append(d, {rest + before, ids.end()});
    append(d, {needle.begin(), needle.end() - 1});
    return d;
}

IterationDocument iterationTask(const SyntheticVocabulary& vocabulary, int context, std::uint64_t seed, int document)
{
    IterationDocument d;
    begin(d, vocabulary, "iteration");
    SeededRandom random = streamOf(seed, Sequence::Iteration, document);
    const int most = std::min(32, (context - d.begin - 1) / 2), least = std::min(4, most);
    d.n = least + static_cast<int>(random.below(static_cast<std::uint64_t>(most - least + 1)));
    const bool parity = document % 2 == 0 || vocabulary.size() < kModulus + 1;
    const int symbols = parity ? 2 : kModulus;
    const std::vector<int> ids = drawDistinct(vocabulary, symbols + 1, random);
    std::vector<int> x, s;
    int state = 0;
    for (int t = 0; t < d.n; ++t) {
        x.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(symbols))));
        state = parity ? (state + x.back()) % 2 : (state * x.back() + 1) % kModulus;
        s.push_back(state);
    }
    for (const int symbol : x) d.ids.push_back(ids[static_cast<std::size_t>(symbol)]);
    d.separator = static_cast<int>(d.ids.size());
    d.ids.push_back(ids.back());
    for (const int symbol : s) d.ids.push_back(ids[static_cast<std::size_t>(symbol)]);
    return d;
}

}  // namespace hs
