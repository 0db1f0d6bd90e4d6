// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/prune.h"

#include <algorithm>
#include <numeric>

#include "engine/model/score_places.h"

namespace hs {
namespace {

/// What stays of one layer.
struct LayerPlan {
    std::vector<int> query;     ///< query heads kept, ascending
    std::vector<int> keyValue;  ///< for each new key/value head: the old one it is
    std::vector<int> removed;   ///< query heads cut, ascending
};

LayerPlan planFor(int heads, int kvHeads, std::vector<int> removed)
{
    LayerPlan plan;
    std::sort(removed.begin(), removed.end());
    removed.erase(std::unique(removed.begin(), removed.end()), removed.end());
    plan.removed = removed;
    if (heads == 0) return plan;
    const int group = heads / kvHeads;
    std::vector<int> left(static_cast<std::size_t>(kvHeads), 0);
    for (int h = 0; h < heads; ++h)
        if (!std::binary_search(removed.begin(), removed.end(), h)) {
            plan.query.push_back(h);
            ++left[static_cast<std::size_t>(h / group)];
        }
    // Heads left share key/value heads evenly when each is taken by the greatest common number of them.
    int share = 0;
    for (const int n : left) share = std::gcd(share, n);
    for (int g = 0; g < kvHeads; ++g)
        for (int copy = 0; share > 0 && copy < left[static_cast<std::size_t>(g)] / share; ++copy) plan.keyValue.push_back(g);
    return plan;
}

MatrixF columnsOf(const MatrixF& m, const std::vector<int>& heads, int dh)
{
    MatrixF out(m.rows(), static_cast<std::ptrdiff_t>(heads.size()) * dh);
    for (std::ptrdiff_t r = 0; r < m.rows(); ++r)
        for (std::size_t i = 0; i < heads.size(); ++i)
            std::copy_n(m.row(r) + static_cast<std::ptrdiff_t>(heads[i]) * dh, dh, out.row(r) + static_cast<std::ptrdiff_t>(i) * dh);
    return out;
}

MatrixF rowsOf(const MatrixF& m, const std::vector<int>& heads, int dh)
{
    MatrixF out(static_cast<std::ptrdiff_t>(heads.size()) * dh, m.cols());
    for (std::size_t i = 0; i < heads.size(); ++i)
        for (int r = 0; r < dh; ++r)
            std::copy_n(m.row(static_cast<std::ptrdiff_t>(heads[i]) * dh + r), m.cols(), out.row(static_cast<std::ptrdiff_t>(i) * dh + r));
    return out;
}

std::vector<float> piecesOf(const std::vector<float>& v, const std::vector<int>& heads, int dh)
{
    std::vector<float> out;
    if (v.empty()) return out;
    for (const int h : heads)
        out.insert(out.end(), v.begin() + static_cast<std::ptrdiff_t>(h) * dh, v.begin() + static_cast<std::ptrdiff_t>(h + 1) * dh);
    return out;
}

std::vector<int> namesOf(const std::vector<int>& old, const std::vector<int>& kept)
{
    std::vector<int> out;
    for (const int h : kept) out.push_back(static_cast<std::size_t>(h) < old.size() ? old[static_cast<std::size_t>(h)] : h);
    return out;
}

/// Reads the whole model and leaves out heads on the way.
class PrunedSource final : public WeightSource {
public:
    PrunedSource(std::shared_ptr<const Model> model, std::vector<LayerPlan> plans, std::vector<std::vector<float>> means)
        : m_model(std::move(model)), m_plans(std::move(plans)), m_means(std::move(means))
    {}

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& progress) override
    {
        const auto whole = m_model->layer(index, progress);
        if (!whole) return whole.error();
        const LayerPlan& plan = m_plans[static_cast<std::size_t>(index)];
        if (plan.removed.empty()) return *whole;
        auto w = std::make_shared<LayerWeights>(**whole);
        const int dh = w->dHead;
        w->nHeads = static_cast<int>(plan.query.size());
        w->nKvHeads = static_cast<int>(plan.keyValue.size());
        w->wQ = columnsOf((*whole)->wQ, plan.query, dh);
        w->wK = columnsOf((*whole)->wK, plan.keyValue, dh);
        w->wV = columnsOf((*whole)->wV, plan.keyValue, dh);
        w->wO = rowsOf((*whole)->wO, plan.query, dh);
        w->bQ = piecesOf((*whole)->bQ, plan.query, dh);
        w->bK = piecesOf((*whole)->bK, plan.keyValue, dh);
        w->bV = piecesOf((*whole)->bV, plan.keyValue, dh);
        w->qNorm = {piecesOf((*whole)->qNorm.w, plan.query, dh), piecesOf((*whole)->qNorm.b, plan.query, dh)};
        w->kNorm = {piecesOf((*whole)->kNorm.w, plan.keyValue, dh), piecesOf((*whole)->kNorm.b, plan.keyValue, dh)};
        if (w->places) w->places = w->places->ofHeads(plan.query, dh);
        w->sinks = piecesOf((*whole)->sinks, plan.query, 1);
        if (w->latent) {  // as many key heads as query heads
            auto latent = std::make_shared<LatentWeights>(*w->latent);
            if (!latent->qUp.empty()) latent->qUp = columnsOf(w->latent->qUp, plan.query, dh);
            latent->kUp = columnsOf(w->latent->kUp, plan.query, dh);
            latent->vUp = columnsOf(w->latent->vUp, plan.query, dh);
            w->latent = std::move(latent);
        }
        w->headIds = namesOf((*whole)->headIds, plan.query);
        w->kvHeadIds = namesOf((*whole)->kvHeadIds, plan.keyValue);
        if (!m_means.empty()) foldMeans(**whole, plan, *w);
        return std::shared_ptr<const LayerWeights>(std::move(w));
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& progress) override { return m_model->embedding(progress); }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& progress) override { return m_model->output(progress); }

private:
    /// b_O += sum over cut heads of mean z W_O of the head.
    void foldMeans(const LayerWeights& whole, const LayerPlan& plan, LayerWeights& out) const
    {
        const std::vector<float>& means = m_means[static_cast<std::size_t>(out.layer)];
        std::vector<double> sum(static_cast<std::size_t>(whole.wO.cols()), 0.0);
        for (std::size_t i = 0; i < whole.bO.size(); ++i) sum[i] = static_cast<double>(whole.bO[i]);
        for (const int h : plan.removed)
            for (std::ptrdiff_t r = static_cast<std::ptrdiff_t>(h) * out.dHead; r < static_cast<std::ptrdiff_t>(h + 1) * out.dHead; ++r)
                for (std::ptrdiff_t c = 0; c < whole.wO.cols(); ++c)
                    sum[static_cast<std::size_t>(c)] +=
                        static_cast<double>(means[static_cast<std::size_t>(r)]) * static_cast<double>(whole.wO(r, c));
        out.bO.resize(sum.size());
        std::transform(sum.begin(), sum.end(), out.bO.begin(), [](double x) { return static_cast<float>(x); });
    }

    std::shared_ptr<const Model> m_model;
    std::vector<LayerPlan> m_plans;
    std::vector<std::vector<float>> m_means;
};

/// One number when all layers have it, a list otherwise; layers without heads always make a list.
void setHeads(std::vector<int> perLayer, int& all, std::vector<int>& list)
{
    const int most = *std::max_element(perLayer.begin(), perLayer.end()), least = *std::min_element(perLayer.begin(), perLayer.end());
    all = std::max(1, most);
    if (most == least && least > 0) list.clear();
    else list = std::move(perLayer);
}

}  // namespace

Result<std::shared_ptr<const Model>> withoutHeads(const std::shared_ptr<const Model>& model, const HeadRemoval& removal)
{
    const ModelConfig& config = model->config();
    const auto layers = static_cast<std::size_t>(config.nLayers);
    std::vector<std::vector<int>> removed(layers);
    for (const HeadId head : removal.heads) {
        if (head.layer < 0 || head.layer >= config.nLayers || head.head < 0 || head.head >= config.heads(head.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(head),
                             std::to_string(head.layer).append(", ").append(std::to_string(head.head)),
                             std::to_string(config.nLayers).append(", ").append(std::to_string(config.nHeads)));
        removed[static_cast<std::size_t>(head.layer)].push_back(head.head);
    }
    if (!removal.means.empty()) {
        if (removal.means.size() != layers) return Error::shape("means", std::to_string(removal.means.size()), std::to_string(layers));
        for (std::size_t l = 0; l < layers; ++l) {
            const auto width = static_cast<std::size_t>(config.heads(static_cast<int>(l)) * config.dHead);
            if (removal.means[l].size() != width)
                return Error::shape("means", std::to_string(removal.means[l].size()), std::to_string(width));
        }
    }
    if (config.qkNorm == QkNorm::RmsWidth && !removal.heads.empty())  // without a head the others' queries and keys would change
        return Error::argument("qk_norm", "rms_width", "none | rms_heads | ln_heads");
    if (model->lacks(Part::AttentionWeights)) return Error::in(model->identity().path, ErrorCode::ModelPartial, "attn");

    std::vector<LayerPlan> plans;
    std::vector<int> heads, kvHeads;
    for (std::size_t l = 0; l < layers; ++l) {
        const int layer = static_cast<int>(l);
        plans.push_back(planFor(config.heads(layer), config.kvHeads(layer), removed[l]));
        heads.push_back(removed[l].empty() ? config.heads(layer) : static_cast<int>(plans.back().query.size()));
        kvHeads.push_back(removed[l].empty() ? config.kvHeads(layer) : static_cast<int>(plans.back().keyValue.size()));
    }
    if (std::all_of(heads.begin(), heads.end(), [](int n) { return n == 0; })) return Error::argument("heads", "0", ">= 1");
    Model::Parts parts;
    parts.identity = model->identity();
    parts.config = config;
    setHeads(std::move(heads), parts.config.nHeads, parts.config.headsPerLayer);
    setHeads(std::move(kvHeads), parts.config.nKvHeads, parts.config.kvHeadsPerLayer);
    if (config.position == PositionKind::Alibi) {  // every head that is left keeps its own slope
        std::vector<double> slopes;
        for (std::size_t l = 0; l < layers; ++l)
            for (int h = 0; h < config.heads(static_cast<int>(l)); ++h)
                if (std::find(removed[l].begin(), removed[l].end(), h) == removed[l].end())
                    slopes.push_back(config.alibiSlope(static_cast<int>(l), h));
        parts.config.alibiSlopes = std::move(slopes);
    }
    parts.origins = model->origins();
    parts.headsRenamed = true;
    parts.tensors = model->tensors();
    // A folded bias is a sum of many numbers: it keeps all its digits where the file's own numbers are shorter.
    if (!removal.means.empty())
        for (TensorInfo& t : parts.tensors)
            for (std::size_t l = 0; l < layers; ++l)
                if (!removed[l].empty() && t.role == std::string("layers/").append(std::to_string(l)).append("/attn/b_O")
                    && t.dtype != Dtype::F64)
                    t.dtype = Dtype::F32;
    parts.missing = model->missing();
    parts.missingTensors = model->missingTensors();
    parts.tokenizer = model->tokenizer();
    parts.tokenizerOrigin = model->tokenizerOrigin();
    parts.tokenizerRecord = model->tokenizerRecord();
    parts.tokenizerProblem = model->tokenizerProblem();
    parts.source = std::make_shared<PrunedSource>(model, std::move(plans), removal.means);
    return std::make_shared<const Model>(std::move(parts));
}

}  // namespace hs
