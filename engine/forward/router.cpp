// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/router.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hs {

namespace {

/// Scores of all experts before any choice: probabilities, sigmoids, or the logits where only the chosen ones are weighed.
std::vector<double> scoresOf(const Routing& routing, const float* logits)
{
    std::vector<double> out(logits, logits + routing.count);
    if (routing.scores == RouterScores::Sigmoid)
        for (double& x : out) x = 1 / (1 + std::exp(-x));
    if (routing.scores != RouterScores::Softmax) return out;
    const double most = *std::max_element(out.begin(), out.end());
    double sum = 0;
    for (double& x : out) sum += x = std::exp(x - most);
    for (double& x : out) x /= sum;
    return out;
}

/// The first `n` of all numbers below `of`, best first; of equal ones the lower.
template <typename Better>
std::vector<int> best(int of, int n, const Better& better)
{
    std::vector<int> order(static_cast<std::size_t>(of));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), better);
    order.resize(static_cast<std::size_t>(n));
    return order;
}

/// What is chosen by, with all experts outside the best groups out of reach.
std::vector<double> withinGroups(const Routing& routing, std::vector<double> keys)
{
    if (routing.groups == 1) return keys;
    const int size = routing.count / routing.groups;
    std::vector<double> worth(static_cast<std::size_t>(routing.groups));
    for (int g = 0; g < routing.groups; ++g) {
        std::vector<double> own(keys.begin() + std::ptrdiff_t(g) * size, keys.begin() + std::ptrdiff_t(g + 1) * size);
        std::sort(own.begin(), own.end(), std::greater<>());
        worth[static_cast<std::size_t>(g)] = routing.groupsByTwo ? own[0] + own[1] : own[0];
    }
    const auto kept = best(routing.groups, routing.keptGroups,
                           [&](int a, int b) { return worth[static_cast<std::size_t>(a)] > worth[static_cast<std::size_t>(b)]; });
    for (int e = 0; e < routing.count; ++e)
        if (std::find(kept.begin(), kept.end(), e / size) == kept.end())
            keys[static_cast<std::size_t>(e)] = -std::numeric_limits<double>::infinity();
    return keys;
}

/// DeepSeek's guard against a sum of nothing.
constexpr double kTiny = 1e-20;

}  // namespace

std::vector<ExpertChoice> chooseExperts(const Routing& routing, const float* logits, const float* choiceBias)
{
    const std::vector<double> scores = scoresOf(routing, logits);
    std::vector<double> keys = scores;
    for (std::size_t e = 0; choiceBias && e < keys.size(); ++e) keys[e] += static_cast<double>(choiceBias[e]);
    keys = withinGroups(routing, std::move(keys));
    auto chosen = best(routing.count, routing.chosen,
                       [&](int a, int b) { return keys[static_cast<std::size_t>(a)] > keys[static_cast<std::size_t>(b)]; });
    std::sort(chosen.begin(), chosen.end());
    std::vector<ExpertChoice> out;
    for (const int e : chosen) out.push_back({e, scores[static_cast<std::size_t>(e)]});
    if (routing.scores == RouterScores::SoftmaxOfChosen) {
        const double most = std::max_element(out.begin(), out.end(), [](auto& a, auto& b) { return a.weight < b.weight; })->weight;
        for (ExpertChoice& c : out) c.weight = std::exp(c.weight - most);
    }
    double sum = 0;
    for (const ExpertChoice& c : out) sum += c.weight;
    const double divisor = routing.scores == RouterScores::SoftmaxOfChosen ? sum : routing.normalised ? sum + kTiny : 1;
    for (ExpertChoice& c : out) c.weight *= routing.scale / divisor;
    return out;
}

void routerBack(const Routing& routing, const float* logits, const std::vector<ExpertChoice>& chosen, const std::vector<double>& dWeights,
                float* dLogits)
{
    const std::vector<double> scores = scoresOf(routing, logits);
    double sum = 0, along = 0;  // of the scores of the chosen, and of weight times derivative
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        sum += scores[static_cast<std::size_t>(chosen[i].expert)];
        along += chosen[i].weight * dWeights[i];
    }
    std::fill_n(dLogits, routing.count, 0.0f);
    if (routing.scores == RouterScores::SoftmaxOfChosen) {
        for (std::size_t i = 0; i < chosen.size(); ++i)
            dLogits[chosen[i].expert] = static_cast<float>(chosen[i].weight * (dWeights[i] - along / routing.scale));
        return;
    }
    // w = scale s / (sum of s): dw/ds = scale (1 - w / scale) / sum for itself, -w / sum for the others.
    std::vector<double> dScores(scores.size());
    for (std::size_t i = 0; i < chosen.size(); ++i)
        dScores[static_cast<std::size_t>(chosen[i].expert)] =
            routing.normalised ? (routing.scale * dWeights[i] - along) / (sum + kTiny) : routing.scale * dWeights[i];
    double mean = 0;  // softmax: what all scores lose together
    for (std::size_t e = 0; e < scores.size(); ++e) mean += scores[e] * dScores[e];
    for (std::size_t e = 0; e < scores.size(); ++e)
        dLogits[e] = static_cast<float>(routing.scores == RouterScores::Sigmoid ? dScores[e] * scores[e] * (1 - scores[e])
                                                                                : scores[e] * (dScores[e] - mean));
}

}  // namespace hs
