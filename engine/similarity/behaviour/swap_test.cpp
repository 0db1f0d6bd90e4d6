// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/swap_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/forward/forward.h"

namespace hs {
namespace {

constexpr int kDraws = 10000;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

Status checkHead(const ModelConfig& config, HeadId h)
{
    if (h.layer >= 0 && h.layer < config.nLayers && h.head >= 0 && h.head < config.heads(h.layer)) return {};
    return Error{ErrorCode::HeadOutOfRange, {}, headName(h), {}, std::to_string(config.nLayers)};
}

/// The swap as an intervention, from a complete run without it.
Result<Intervention> swapFor(const Run& base, const SwapRequest& request)
{
    Intervention v;
    v.kind = InterventionKind::Replace;
    v.head = request.head;
    const int n = base.queries();
    if (request.kind == SwapKind::Pattern) {
        v.site = Site::Pattern;
        auto map = base.tile(request.replacement, MapKind::Weights, 0, n, 0, n);
        if (!map) return map.error();
        v.stored = std::make_shared<const MatrixF>(*std::move(map));
        return v;
    }
    v.site = Site::Z;
    const auto z = [&](int layer) {
        std::string name = "blocks.";
        name += std::to_string(layer);
        return base.activation(name + ".attn.hook_z");
    };
    auto own = z(request.head.layer), other = z(request.replacement.layer);
    if (!own) return own.error();
    if (!other) return other.error();
    const std::ptrdiff_t dh = base.model->config().dHead;
    for (int i = 0; i < n; ++i) std::copy_n(other->row(i) + request.replacement.head * dh, dh, own->row(i) + request.head.head * dh);
    v.stored = std::make_shared<const MatrixF>(*std::move(own));
    return v;
}

void bootstrap(SwapResult& result, std::uint64_t seed)
{
    const std::size_t n = result.change.size();
    double sum = 0;
    for (const double x : result.change) sum += x;
    result.mean = sum / static_cast<double>(n);
    if (n < 2) {
        result.low = result.high = std::numeric_limits<double>::quiet_NaN();
        return;
    }
    std::mt19937_64 random(seed);
    std::vector<double> means(kDraws);
    for (double& m : means) {
        double draw = 0;
        for (std::size_t k = 0; k < n; ++k) draw += result.change[random() % n];
        m = draw / static_cast<double>(n);
    }
    std::sort(means.begin(), means.end());
    result.low = means[at(kDraws * 25 / 1000)];
    result.high = means[at(kDraws - 1 - kDraws * 25 / 1000)];
}

}  // namespace

Result<std::vector<SwapResult>> swapTest(const std::shared_ptr<const Model>& model, const PromptCorpus& corpus, const std::vector<SwapRequest>& requests,
                                         std::uint64_t seed, const Progress& progress)
{
    if (!model) return Error{ErrorCode::InvalidArgument, {}, "model", {}, {}};
    for (const SwapRequest& r : requests)
        for (const HeadId h : {r.head, r.replacement})
            if (Status status = checkHead(model->config(), h); !status) return status.error();
    if (corpus.prompts.empty()) return Error{ErrorCode::TextEmpty, corpus.name, {}, {}, {}};

    std::vector<SwapResult> out(requests.size());
    for (std::size_t k = 0; k < requests.size(); ++k) out[k].request = requests[k];
    double baseLoss = 0;
    const Progress quiet(progress.token(), {}, [&progress] { progress.checkpoint(); });
    const auto total = static_cast<std::int64_t>(corpus.prompts.size());
    for (std::int64_t i = 0; i < total; ++i) {
        progress.report(Stage::SwapTest, i, total);
        if (!progress.checkpoint()) return Error{ErrorCode::Cancelled, {}, {}, {}, {}};
        ForwardOptions options;
        options.stats = false;
        const auto base = forward(model, corpus.prompts[static_cast<std::size_t>(i)], options, quiet);
        if (!base) return base.error();
        const double before = (*base)->loss;
        if ((*base)->tokenLoss.empty() || std::isnan(before)) return Error{ErrorCode::ModelPartial, model->identity().path, "unembedding", {}, {}};
        baseLoss += before / static_cast<double>(total);
        for (SwapResult& result : out) {
            auto swap = swapFor(**base, result.request);
            if (!swap) return swap.error();
            options.interventions = {*std::move(swap)};
            const auto run = forwardFrom(*base, options, quiet);
            if (!run) return run.error();
            result.change.push_back((*run)->loss - before);
        }
    }
    progress.report(Stage::SwapTest, total, total);
    for (SwapResult& result : out) {
        result.baseLoss = baseLoss;
        bootstrap(result, seed);
    }
    return out;
}

Result<std::vector<RedundancyCandidate>> redundancyCandidates(const BehaviourResult& behaviour, double mostDistance, double leastCka, double sinkLevel)
{
    if (!behaviour.patterns) return Error{ErrorCode::InvalidArgument, {}, "js", {}, {}};
    const HeadMatrix& js = *behaviour.patterns;
    const std::size_t n = js.rows.size();
    if (behaviour.outputs && behaviour.outputs->rows.size() != n)
        return Error{ErrorCode::ShapeMismatch, {}, "output-cka", std::to_string(behaviour.outputs->rows.size()), std::to_string(n)};
    std::vector<RedundancyCandidate> out;
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t best = n;
        for (std::size_t j = 0; j < n; ++j)
            if (j != i && !std::isnan(js.value(i, j)) && (best == n || js.value(i, j) < js.value(i, best))) best = j;
        if (best == n) continue;
        RedundancyCandidate c;
        c.head = js.rows.heads[i].id;
        c.nearest = js.rows.heads[best].id;
        c.distance = js.value(i, best);
        c.cka = behaviour.outputs ? behaviour.outputs->value(i, best) : std::numeric_limits<double>::quiet_NaN();
        c.bothSinks = behaviour.referenceMass.size() == n && behaviour.referenceMass[i] >= sinkLevel && behaviour.referenceMass[best] >= sinkLevel;
        c.candidate = c.distance <= mostDistance && c.cka >= leastCka;
        out.push_back(c);
    }
    return out;
}

}  // namespace hs
