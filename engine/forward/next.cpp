// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/forward/run.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

/// Probabilities after a position; empty when they cannot be had.
std::vector<float> probabilities(const Run& run, int position)
{
    auto row = run.logitsRow(position < 0 ? run.queries() - 1 : position);
    if (!row) return {};
    softmaxRow(row->data(), static_cast<std::ptrdiff_t>(row->size()));
    return *std::move(row);
}

}  // namespace

std::vector<NextToken> topNext(const Run& run, int position, int k)
{
    const std::vector<float> p = probabilities(run, position);
    std::vector<int> order(p.size());
    std::iota(order.begin(), order.end(), 0);
    const auto wanted = std::min(static_cast<std::size_t>(std::max(0, k)), order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(wanted), order.end(), [&](int a, int b) {
        const float pa = p[static_cast<std::size_t>(a)], pb = p[static_cast<std::size_t>(b)];
        return pa != pb ? pa > pb : a < b;
    });
    std::vector<NextToken> out;
    const Tokenizer* tokenizer = run.model->config().predictsTokens() ? run.model->tokenizer().get() : nullptr;
    for (std::size_t i = 0; i < wanted; ++i)
        out.push_back(
            {order[i], tokenizer ? tokenizer->displayText(order[i]) : std::to_string(order[i]), p[static_cast<std::size_t>(order[i])]});
    return out;
}

std::vector<float> nextProbabilities(const Run& run, int position, const std::vector<int>& ids)
{
    const std::vector<float> p = probabilities(run, position);
    std::vector<float> out;
    if (p.empty()) return out;
    for (int id : ids) out.push_back(id >= 0 && static_cast<std::size_t>(id) < p.size() ? p[static_cast<std::size_t>(id)] : 0.0f);
    return out;
}

}  // namespace hs
