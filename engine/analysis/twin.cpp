// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/twin.h"

#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/model/latent.h"

namespace hs {
namespace {

/// Streams of a layer's matrices follow each other; those of the ends come first.
enum Stream : std::uint64_t { wE, wPos, wU, firstLayer = 16, perLayer = 16 };

class TwinSource final : public WeightSource {
public:
    TwinSource(std::shared_ptr<const Model> base, std::uint64_t seed) : m_base(std::move(base)), m_seed(seed) {}

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& progress) override
    {
        const auto read = m_base->layer(index, progress);
        if (!read) return read.error();
        auto w = std::make_shared<LayerWeights>(**read);
        std::uint64_t stream = Stream::firstLayer + Stream::perLayer * static_cast<std::uint64_t>(index);
        if (w->latent) {
            shuffleLatent(*w, stream);
            for (MatrixF* m : {&w->wIn, &w->wGate, &w->wOut}) shuffle(*m, stream++);
        } else {
            for (MatrixF* m : {&w->wQ, &w->wK, &w->wV, &w->wO, &w->wIn, &w->wGate, &w->wOut}) shuffle(*m, stream++);
        }
        if (w->experts) {
            auto experts = std::make_shared<ExpertWeights>(*w->experts);
            for (MatrixF* m : {&experts->router, &experts->wGate, &experts->wIn, &experts->wOut}) shuffle(*m, stream++);
            w->experts = std::move(experts);
        }
        return std::shared_ptr<const LayerWeights>(std::move(w));
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& progress) override
    {
        const auto read = m_base->embedding(progress);
        if (!read) return read.error();
        auto w = std::make_shared<EmbeddingWeights>(**read);
        shuffle(w->wE, Stream::wE);
        if (m_base->config().needsPositionTable()) shuffle(w->wPos, Stream::wPos);  // waves are no weights
        return std::shared_ptr<const EmbeddingWeights>(std::move(w));
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& progress) override
    {
        const auto read = m_base->output(progress);
        if (!read) return read.error();
        auto w = std::make_shared<OutputWeights>(**read);
        shuffle(w->wU, Stream::wU);
        return std::shared_ptr<const OutputWeights>(std::move(w));
    }

private:
    /// The places of padding and of turned entries stay what they are.
    void shuffleLatent(LayerWeights& w, std::uint64_t& stream) const
    {
        const ModelConfig& config = m_base->config();
        const std::ptrdiff_t dh = config.dHead, r = config.rotaryDim, v = config.dValue;
        auto latent = std::make_shared<LatentWeights>(*w.latent);
        for (MatrixF* m : {&latent->qDown, &latent->qUp, &latent->kvDown, &w.wQ}) shuffle(*m, stream++);  // W_Q: that of no latent
        const auto columns = [&](MatrixF& m, std::ptrdiff_t first, std::ptrdiff_t end) {
            shuffleSome(m, stream++, [=](std::ptrdiff_t, std::ptrdiff_t c) { return c % dh >= first && c % dh < end; });
        };
        columns(latent->kUp, r, dh);
        columns(latent->vUp, 0, v);
        shuffleSome(w.wO, stream++, [=](std::ptrdiff_t row, std::ptrdiff_t) { return row % dh < v; });
        w.latent = std::move(latent);
        composeLatent(config, w);
    }

    template <typename Wanted>
    void shuffleSome(MatrixF& m, std::uint64_t stream, const Wanted& wanted) const
    {
        std::vector<float> values;
        const auto each = [&](auto&& change) {
            for (std::ptrdiff_t r = 0; r < m.rows(); ++r)
                for (std::ptrdiff_t c = 0; c < m.cols(); ++c)
                    if (wanted(r, c)) change(m(r, c));
        };
        each([&](float x) { values.push_back(x); });
        shuffleValues(values, m_seed, stream);
        std::size_t at = 0;
        each([&](float& x) { x = values[at++]; });
    }

    void shuffle(MatrixF& m, std::uint64_t stream) const
    {
        shuffleValues({m.data(), static_cast<std::size_t>(m.rows() * m.cols())}, m_seed, stream);
    }

    std::shared_ptr<const Model> m_base;
    std::uint64_t m_seed = 0;
};

}  // namespace

void shuffleValues(std::span<float> values, std::uint64_t seed, std::uint64_t stream)
{
    SeededRandom random(seed, stream);
    random.shuffle(values);
}

std::shared_ptr<const Model> makeTwin(std::shared_ptr<const Model> model, std::uint64_t seed)
{
    Model::Parts parts;
    parts.identity = model->identity();
    parts.identity.name.append(", twin ").append(std::to_string(seed));
    parts.config = model->config();
    parts.origins = model->origins();
    parts.headsRenamed = model->headsRenamed();
    parts.tensors = model->tensors();
    parts.missing = model->missing();
    parts.missingTensors = model->missingTensors();
    parts.tokenizer = model->tokenizer();
    parts.tokenizerOrigin = model->tokenizerOrigin();
    parts.tokenizerProblem = model->tokenizerProblem();
    parts.source = std::make_shared<TwinSource>(std::move(model), seed);
    return std::make_shared<const Model>(std::move(parts));
}

}  // namespace hs
