// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/importance/gate.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace hs {
namespace {

/// Values of all heads from the rows of some prompts, `rows` picked with repetition.
std::vector<double> meanOfAbsolute(const std::vector<std::vector<double>>& perPrompt, const std::vector<std::size_t>& rows)
{
    std::vector<double> out(perPrompt.front().size());
    for (const std::size_t row : rows)
        for (std::size_t h = 0; h < out.size(); ++h) out[h] += std::abs(perPrompt[row][h]) / static_cast<double>(rows.size());
    return out;
}

double quantile(std::vector<double>& values, double at)
{
    const auto index = static_cast<std::size_t>(std::lround(at * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

void summarise(GateImportance& out, const std::vector<int>& headsPerLayer)
{
    std::vector<std::size_t> all(out.perPrompt.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    const std::vector<double> values = normaliseGates(meanOfAbsolute(out.perPrompt, all), headsPerLayer, out.normalise);
    for (std::size_t h = 0; h < out.heads.size(); ++h) {
        out.heads[h].value = values[h];
        out.heads[h].signedValue = 0;
        for (const auto& row : out.perPrompt) out.heads[h].signedValue += row[h] / static_cast<double>(out.perPrompt.size());
    }
    out.prompts = static_cast<int>(out.perPrompt.size());
}

/// Percentile bootstrap over prompts, the normalisation redone in each resample.
bool addIntervals(GateImportance& out, const std::vector<int>& headsPerLayer, int resamples, std::uint64_t seed, const Progress& progress)
{
    const std::size_t prompts = out.perPrompt.size();
    if (prompts < 2 || resamples < 1) return true;
    std::mt19937_64 random(seed);
    std::vector<std::vector<double>> values(out.heads.size());
    std::vector<std::size_t> rows(prompts);
    for (int r = 0; r < resamples; ++r) {
        if (progress.stopped()) return false;
        for (std::size_t& row : rows) row = static_cast<std::size_t>(static_cast<double>(random() >> 11) * 0x1.0p-53 * static_cast<double>(prompts));
        const std::vector<double> sample = normaliseGates(meanOfAbsolute(out.perPrompt, rows), headsPerLayer, out.normalise);
        for (std::size_t h = 0; h < sample.size(); ++h) values[h].push_back(sample[h]);
    }
    for (std::size_t h = 0; h < values.size(); ++h) {
        out.heads[h].hasInterval = true;
        out.heads[h].low = quantile(values[h], 0.025);
        out.heads[h].high = quantile(values[h], 0.975);
    }
    return true;
}

}  // namespace

std::vector<double> normaliseGates(const std::vector<double>& values, const std::vector<int>& headsPerLayer, GateNormalisation how)
{
    std::vector<double> out = values;
    if (how == GateNormalisation::None) return out;
    std::size_t first = 0;
    for (const int heads : headsPerLayer) {
        const std::size_t end = first + static_cast<std::size_t>(heads);
        double squares = 0;
        for (std::size_t h = first; h < end; ++h) squares += values[h] * values[h];
        const double norm = std::sqrt(squares) + 1e-20;
        for (std::size_t h = first; h < end; ++h) out[h] = values[h] / norm;
        first = end;
    }
    if (how == GateNormalisation::Layer || out.empty()) return out;
    const auto [low, high] = std::minmax_element(out.begin(), out.end());
    const double least = *low, span = *high - *low;
    for (double& x : out) x = span > 0 ? (x - least) / span : 0.0;
    return out;
}

Result<GateImportance> gateImportance(const std::shared_ptr<const Model>& model, const std::vector<std::shared_ptr<const Prompt>>& prompts,
                                      const GateImportanceOptions& options, const Progress& progress, const GateStage& onStage)
{
    if (prompts.empty()) return Error{ErrorCode::TextEmpty, {}, {}, {}, {}};
    const ModelConfig& config = model->config();
    GateImportance out;
    out.normalise = options.normalise;
    std::vector<int> headsPerLayer;
    for (int l = 0; l < config.nLayers; ++l) {
        headsPerLayer.push_back(config.heads(l));
        for (int h = 0; h < config.heads(l); ++h) out.heads.push_back({{l, h}, 0, 0, false, 0, 0});
    }
    // The inner passes only look at the stop and let others overtake: progress is told in prompts.
    const Progress inner(progress.token(), {}, [&progress] { progress.checkpoint(); });
    for (std::size_t p = 0; p < prompts.size(); ++p) {
        progress.report(Stage::Gates, static_cast<std::int64_t>(p), static_cast<std::int64_t>(prompts.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        const auto g = gradientsOf(model, prompts[p], options.interventions, options.metric, {}, inner);
        if (!g) {
            Error error = g.error();
            if (prompts.size() > 1 && error.code != ErrorCode::Cancelled) {
                std::string number = "prompt " + std::to_string(p + 1);
                error.item = error.item.empty() ? number : number + ": " + error.item;
            }
            return error;
        }
        std::vector<double> row;
        for (const auto& layer : g->gates) row.insert(row.end(), layer.begin(), layer.end());
        out.perPrompt.push_back(std::move(row));
        if (onStage && p + 1 < prompts.size()) {
            summarise(out, headsPerLayer);
            onStage(out);
        }
    }
    summarise(out, headsPerLayer);
    if (!addIntervals(out, headsPerLayer, options.resamples, options.seed, progress)) return Error::cancelled();
    progress.report(Stage::Gates, static_cast<std::int64_t>(prompts.size()), static_cast<std::int64_t>(prompts.size()));
    if (onStage) onStage(out);
    return out;
}

}  // namespace hs
