// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/swap_steps.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "engine/base/at.h"
#include "engine/base/random.h"
#include "engine/forward/forward.h"
#include "engine/forward/metric.h"

namespace hs {
namespace {

constexpr int kDraws = 10000;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};
constexpr int kShare = 10;  // intervals over many documents take a while: telling gets at most this part of the time

Status checkHead(const ModelConfig& config, HeadId h)
{
    if (h.layer >= 0 && h.layer < config.nLayers && h.head >= 0 && h.head < config.heads(h.layer)) return {};
    return Error::of(ErrorCode::HeadOutOfRange, headName(h), {}, std::to_string(config.nLayers));
}

/// The swap as an intervention, from a complete run without it.
Result<Intervention> swapFor(const Run& base, const SwapRequest& request)
{
    const int n = base.queries();
    if (request.kind == SwapKind::Pattern) {
        auto map = base.tile(request.replacement, MapKind::Weights, 0, n, 0, n);
        if (!map) return map.error();
        return patchIn(Site::Pattern, request.head, std::make_shared<const MatrixF>(*std::move(map)));
    }
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
    return patchIn(Site::Z, request.head, std::make_shared<const MatrixF>(*std::move(own)));
}

/// Mean and interval of each result over its documents. Every result is asked with the same draws of documents, made once.
void summarise(std::vector<SwapResult>& results, std::uint64_t seed)
{
    if (results.empty()) return;
    const std::size_t n = results.front().change.size();
    for (SwapResult& result : results) {
        double sum = 0;
        for (const double x : result.change) sum += x;
        result.mean = sum / static_cast<double>(n);
        if (n < 2) result.low = result.high = std::numeric_limits<double>::quiet_NaN();
    }
    if (n < 2) return;
    SeededRandom random(seed);
    std::vector<std::vector<double>> means(results.size(), std::vector<double>(kDraws));
    std::vector<std::size_t> drawn(n);
    for (std::size_t k = 0; k < kDraws; ++k) {
        for (std::size_t& document : drawn) document = random.below(n);
        for (std::size_t r = 0; r < results.size(); ++r) {
            double sum = 0;
            for (const std::size_t document : drawn) sum += results[r].change[document];
            means[r][k] = sum / static_cast<double>(n);
        }
    }
    for (std::size_t r = 0; r < results.size(); ++r) {
        std::sort(means[r].begin(), means[r].end());
        results[r].low = means[r][at(kDraws * 25 / 1000)];
        results[r].high = means[r][at(kDraws - 1 - kDraws * 25 / 1000)];
    }
}

/// The results as they stand, and what of them was told.
class Ledger {
public:
    Ledger(const std::vector<SwapRequest>& requests, std::uint64_t seed, const SwapSink& sink)
        : m_seed(seed), m_sink(sink), m_results(requests.size())
    {
        for (std::size_t k = 0; k < requests.size(); ++k) m_results[k].request = requests[k];
    }
    void add(std::size_t request, double change, double baseLoss)
    {
        m_results[request].change.push_back(change);
        if (m_documents > 0) return;
        m_finished = request + 1;  // one document is its own mean: a request is done as soon as it has run
        m_baseLoss = baseLoss;
        tell(false);
    }
    void documentDone(double baseLoss, bool more)
    {
        m_baseSum += baseLoss;
        ++m_documents;
        m_baseLoss = m_baseSum / static_cast<double>(m_documents);
        m_finished = m_results.size();
        if (more) tell(false);
    }
    /// Everything that whole documents gave, in case it was not told yet.
    void tell(bool last)
    {
        if (!m_sink || m_finished == 0) return;
        const std::size_t documents = std::max<std::size_t>(1, m_documents);
        if (documents == m_toldDocuments && m_finished == m_toldResults) return;
        const Clock::time_point now = Clock::now();
        if (!last && m_toldDocuments > 0 && now < m_next) return;
        m_sink(summary(documents));
        m_toldDocuments = documents;
        m_toldResults = m_finished;
        const Clock::time_point done = Clock::now();
        m_next = done + std::max<Clock::duration>(kTellEvery, kShare * (done - now));
    }
    std::vector<SwapResult> summary(std::size_t documents) const
    {
        std::vector<SwapResult> out(m_results.begin(), m_results.begin() + static_cast<std::ptrdiff_t>(m_finished));
        for (SwapResult& result : out) {
            result.change.resize(documents);
            result.baseLoss = m_baseLoss;
        }
        summarise(out, m_seed);
        return out;
    }

private:
    std::uint64_t m_seed;
    const SwapSink& m_sink;
    std::vector<SwapResult> m_results;
    std::size_t m_finished = 0, m_documents = 0;  ///< requests that have a number; whole documents
    double m_baseSum = 0, m_baseLoss = 0;
    std::size_t m_toldResults = 0, m_toldDocuments = 0;
    Clock::time_point m_next;
};

}  // namespace

Result<std::vector<SwapResult>> swapTestInSteps(const std::shared_ptr<const Model>& model, const PromptCorpus& corpus,
                                                const std::vector<SwapRequest>& requests, std::uint64_t seed, const Progress& progress,
                                                const SwapSink& soFar)
{
    if (!model) return Error::argument("model");
    for (const SwapRequest& r : requests)
        for (const HeadId h : {r.head, r.replacement})
            if (Status status = checkHead(model->config(), h); !status) return status.error();
    if (corpus.prompts.empty()) return Error::in(corpus.name, ErrorCode::TextEmpty);

    Ledger ledger(requests, seed, soFar);
    const auto stop = [&ledger](Error error) {
        ledger.tell(true);
        return error;
    };
    const Progress quiet(progress.token(), {}, [&progress] { progress.checkpoint(); });
    const auto total = static_cast<std::int64_t>(corpus.prompts.size());
    for (std::int64_t i = 0; i < total; ++i) {
        progress.report(Stage::SwapTest, i, total);
        if (!progress.checkpoint()) return stop(Error::cancelled());
        ForwardOptions options;
        options.stats = false;
        const auto base = forward(model, corpus.prompts[static_cast<std::size_t>(i)], options, quiet);
        if (!base) return stop(base.error());
        const double before = (*base)->loss;
        if (model->canPredict() && !model->canPredictNext()) return stop(noNextToken(*model));
        if ((*base)->tokenLoss.empty() || std::isnan(before))
            return stop(Error::in(model->identity().path, ErrorCode::ModelPartial, "unembedding"));
        for (std::size_t k = 0; k < requests.size(); ++k) {
            auto swap = swapFor(**base, requests[k]);
            if (!swap) return stop(swap.error());
            options.interventions = {*std::move(swap)};
            const auto run = forwardFrom(*base, options, quiet);
            if (!run) return stop(run.error());
            ledger.add(k, (*run)->loss - before, before);
        }
        ledger.documentDone(before, i + 1 < total);
    }
    progress.report(Stage::SwapTest, total, total);
    return ledger.summary(static_cast<std::size_t>(total));
}

}  // namespace hs
