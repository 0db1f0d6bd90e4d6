// SPDX-License-Identifier: GPL-3.0-or-later
// A model of any configuration with seeded random weights: no file needed.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/model/model.h"
#include "engine/model/score_places.h"

namespace hs::test {

/// Small, fast, the same on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed * 0x9E3779B97F4A7C15ull + 0x1234567ull) {}
    std::uint64_t next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return m_state;
    }
    /// Uniform in [-1, 1).
    float symmetric() { return static_cast<float>(static_cast<double>(next() >> 11) * 0x1.0p-52 - 1.0); }
    int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }

private:
    std::uint64_t m_state;
};

struct RandomModelOptions {
    std::uint64_t seed = 1;
    bool attentionBiases = true;
    bool mlpBiases = true;
    bool normBiases = true;
    bool embeddingNorm = false;
    bool finalNorm = true;
    bool positionTable = false;  ///< sinusoidal models: their waves stand in a table
    bool unembeddingBias = false;
    bool gateBias = false;      ///< beside the other biases of a gated MLP
    int types = 0;              ///< rows of the table of token types
    int narrow = 0;             ///< width of embeddings that are widened to the stream, and of the output's transform; 0: d
    bool placeBias = false;     ///< a number for each distance is added to scores
    bool choiceBias = false;    ///< experts are chosen by scores and a bias
    bool sharedGate = false;    ///< the MLP beside experts counts by a gate
    bool placeVectors = false;  ///< products with vectors of the distance are
    float gain = 1.0f;          ///< weights are uniform with standard deviation gain / sqrt(fan in)
};

class RandomSource final : public WeightSource {
public:
    RandomSource(ModelConfig config, RandomModelOptions options) : m_config(std::move(config)), m_options(options) {}

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        Random r(m_options.seed * 1000 + static_cast<std::uint64_t>(index) + 1);
        auto w = std::make_shared<LayerWeights>();
        const int heads = m_config.heads(index), kv = m_config.kvHeads(index), d = m_config.dModel, dh = m_config.dHead;
        w->layer = index;
        w->nHeads = heads;
        w->nKvHeads = kv;
        w->dHead = dh;
        w->wQ = matrix(r, d, heads * dh);
        w->wK = matrix(r, d, kv * dh);
        w->wV = matrix(r, d, kv * dh);
        w->wO = matrix(r, heads * dh, d);
        if (m_options.attentionBiases) {
            w->bQ = vector(r, heads * dh, 0.3f, 0.0f);
            w->bK = vector(r, kv * dh, 0.3f, 0.0f);
            w->bV = vector(r, kv * dh, 0.3f, 0.0f);
            w->bO = vector(r, d, 0.3f, 0.0f);
        }
        if (m_config.sinks) w->sinks = vector(r, heads, 1.0f, 0.5f);
        if (m_config.latentKv > 0) addLatent(r, *w);
        w->ln1 = norm(r);
        if (index == 0 && !m_config.firstNorm) w->ln1 = {{}, {}, true};
        w->ln2 = norm(r);
        if (m_config.normsOutput()) {
            w->ln1Post = norm(r);
            w->ln2Post = norm(r);
        }
        if (m_config.qkNorm != QkNorm::None && m_config.qkNorm != QkNorm::RmsTurned) {
            w->qNorm.w = vector(r, heads * dh, 0.3f, 1.0f);
            w->kNorm.w = vector(r, kv * dh, 0.3f, 1.0f);
            if (m_options.normBiases && m_config.qkNorm == QkNorm::LnHeads) {
                w->qNorm.b = vector(r, heads * dh, 0.3f, 0.0f);
                w->kNorm.b = vector(r, kv * dh, 0.3f, 0.0f);
            }
        }
        if (m_config.hasExperts(index)) w->experts = experts(r);
        if (const int f = m_config.mlpWidth(index); f > 0 || (!m_config.attnOnly && !m_config.hasExperts(index))) {
            w->wIn = matrix(r, d, f);
            if (m_config.gatedMlp) w->wGate = matrix(r, d, f);
            w->wOut = matrix(r, f, d);
            if (m_options.mlpBiases) {
                w->bIn = vector(r, f, 0.3f, 0.0f);
                w->bOut = vector(r, d, 0.3f, 0.0f);
                if (m_options.gateBias) w->bGate = vector(r, f, 0.3f, 0.0f);
            }
            if (m_config.mlpNorm) w->lnMlp = {vector(r, f, 0.3f, 1.0f), vector(r, f, 0.3f, 0.0f)};
        }
        if (m_options.placeBias || m_options.placeVectors) {
            auto places = std::make_shared<ScorePlaces>();
            for (int d = -3; d <= 3; ++d) places->rows.push_back((d + 3) / 2);  // some distances share a row
            if (m_options.placeBias) places->bias = matrix(r, 4, heads, 1.0f);
            if (m_options.placeVectors) places->keys = matrix(r, 4, heads * dh, 0.7f), places->queries = matrix(r, 4, heads * dh, 0.7f);
            w->places = std::move(places);
        }
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override
    {
        Random r(m_options.seed * 1000 + 900);
        auto w = std::make_shared<EmbeddingWeights>();
        const int width = m_options.narrow > 0 ? m_options.narrow : m_config.dModel;
        w->wE = matrix(r, m_config.dVocab, width, 1.0f);
        if (m_config.needsPositionTable() || m_options.positionTable)
            w->wPos = matrix(r, m_config.nCtx + m_config.positionPadding + 1, width, 1.0f);
        if (m_options.embeddingNorm) {
            w->hasNorm = true;
            w->norm = norm(r, true, width);
        }
        if (m_options.types > 0) w->wType = matrix(r, m_options.types, width, 1.0f);
        if (m_options.narrow > 0) {
            w->wWiden = matrix(r, width, m_config.dModel);
            w->bWiden = vector(r, m_config.dModel, 0.3f, 0.0f);
        }
        return std::shared_ptr<const EmbeddingWeights>(w);
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override
    {
        Random r(m_options.seed * 1000 + 901);
        auto w = std::make_shared<OutputWeights>();
        w->hasLnFinal = m_options.finalNorm && m_config.norm != NormKind::None;
        if (w->hasLnFinal) w->lnFinal = norm(r);
        int width = m_config.dModel;
        if (m_config.outputTransform) {
            if (m_options.narrow > 0) width = m_options.narrow;
            w->wT = matrix(r, m_config.dModel, width);
            w->bT = vector(r, width, 0.3f, 0.0f);
            w->lnT = norm(r, true, width);
        }
        if (m_config.output == OutputKind::Untied) w->wU = matrix(r, width, m_config.outputs());
        if (m_options.unembeddingBias) w->bU = vector(r, m_config.outputs(), 0.3f, 0.0f);
        return std::shared_ptr<const OutputWeights>(w);
    }

private:
    /// Latent attention: what W_Q, W_K and W_V hold beside it is read by no pass.
    void addLatent(Random& r, LayerWeights& w) const
    {
        auto latent = std::make_shared<LatentWeights>();
        const int d = m_config.dModel, q = m_config.latentQ, kv = m_config.latentKv, turned = m_config.rotaryDim, dh = m_config.dHead;
        const int wide = w.nHeads * dh;
        if (q > 0) {
            latent->qDown = matrix(r, d, q);
            latent->qUp = matrix(r, q, wide);
            latent->qNorm.w = vector(r, q, 0.3f, 1.0f);
            if (m_options.attentionBiases) latent->bQDown = vector(r, q, 0.3f, 0.0f);
        }
        latent->kvDown = matrix(r, d, kv + turned);
        latent->kvNorm.w = vector(r, kv, 0.3f, 1.0f);
        if (m_options.attentionBiases) latent->bKvDown = vector(r, kv + turned, 0.3f, 0.0f);
        latent->kUp = matrix(r, kv, wide);
        latent->vUp = matrix(r, kv, wide);
        for (int row = 0; row < kv; ++row)
            for (int h = 0; h < w.nHeads; ++h) {
                for (int i = 0; i < turned; ++i) latent->kUp(row, h * dh + i) = 0;
                for (int i = m_config.dValue; i < dh; ++i) latent->vUp(row, h * dh + i) = 0;
            }
        w.latent = std::move(latent);
    }
    std::shared_ptr<const ExpertWeights> experts(Random& r) const
    {
        auto w = std::make_shared<ExpertWeights>();
        const int count = m_config.routing.count, d = m_config.dModel, f = m_config.dExpert;
        const float in = m_options.gain / std::sqrt(static_cast<float>(d)), out = m_options.gain / std::sqrt(static_cast<float>(f));
        w->router = matrix(r, d, count, 2 * in);
        w->wGate = matrix(r, count * d, f, in);
        w->wIn = matrix(r, count * d, f, in);
        w->wOut = matrix(r, count * f, d, out);
        if (m_options.mlpBiases) {
            w->bRouter = vector(r, count, 0.3f, 0.0f);
            w->bGate = vector(r, count * f, 0.3f, 0.0f);
            w->bIn = vector(r, count * f, 0.3f, 0.0f);
            w->bOut = vector(r, count * d, 0.3f, 0.0f);
        }
        if (m_options.choiceBias) w->bChoice = vector(r, count, 0.5f, 0.0f);
        if (m_options.sharedGate) w->sharedGate = matrix(r, d, 1, in);
        return w;
    }
    MatrixF matrix(Random& r, int rows, int cols, float deviation = 0.0f) const
    {
        MatrixF m(rows, cols);
        const float scale = 1.7320508f * (deviation > 0.0f ? deviation : m_options.gain / std::sqrt(static_cast<float>(rows)));
        for (std::ptrdiff_t i = 0; i < m.rows() * m.cols(); ++i) m.data()[i] = scale * r.symmetric();
        return m;
    }
    static std::vector<float> vector(Random& r, int n, float spread, float centre)
    {
        std::vector<float> v(static_cast<std::size_t>(n));
        for (float& x : v) x = centre + spread * r.symmetric();
        return v;
    }
    NormWeights norm(Random& r, bool always = false, int width = 0) const
    {
        if (m_config.norm == NormKind::None && !always) return {};
        NormWeights w;
        const int n = width > 0 ? width : m_config.dModel;
        w.w = vector(r, n, 0.3f, 1.0f);
        if (m_options.normBiases) w.b = vector(r, n, 0.3f, 0.0f);
        return w;
    }

    ModelConfig m_config;
    RandomModelOptions m_options;
};

/// A GPT-2-shaped configuration; change what the test is about.
inline ModelConfig smallConfig(int layers = 2, int heads = 4, int dModel = 32, int vocabulary = 50, int context = 64)
{
    ModelConfig c;
    c.modelType = "random";
    c.nLayers = layers;
    c.nHeads = heads;
    c.nKvHeads = heads;
    c.dModel = dModel;
    c.dHead = dModel / heads;
    c.dMlp = 4 * dModel;
    c.dVocab = vocabulary;
    c.nCtx = context;
    return c;
}

inline ModelConfig gpt2SmallConfig(int context = 1024)
{
    ModelConfig c = smallConfig(12, 12, 768, 50257, context);
    c.dMlp = 3072;
    return c;
}

inline std::shared_ptr<const Model> randomModel(const ModelConfig& config, RandomModelOptions options = {})
{
    Model::Parts parts;
    parts.identity.name = "random";
    parts.identity.layout = "random";
    parts.identity.weightDtype = "fp32";
    parts.config = config;
    parts.source = std::make_shared<RandomSource>(config, options);
    return std::make_shared<const Model>(std::move(parts));
}

inline std::shared_ptr<const Prompt> promptOfIds(const std::vector<int>& ids)
{
    auto p = std::make_shared<Prompt>();
    p->fromIds = true;
    for (int id : ids) {
        Token t;
        t.id = id;
        t.piece = t.text = std::to_string(id).insert(0, 1, 't');  // "t" + ...: GCC 12 warns of it wrongly
        p->tokens.push_back(t);
    }
    return p;
}

inline std::shared_ptr<const Prompt> randomPrompt(int n, int vocabulary, std::uint64_t seed = 7)
{
    Random r(seed);
    std::vector<int> ids(static_cast<std::size_t>(n));
    for (int& id : ids) id = r.below(vocabulary);
    return promptOfIds(ids);
}

}  // namespace hs::test
