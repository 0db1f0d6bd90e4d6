// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/mean_distance.h"

#include <algorithm>
#include <cstdlib>

namespace hs::patterns {
namespace {

/// The first row of a causal map sees itself alone and has no choice.
constexpr int kLeast = 1;

/// Mean of |query - key| over the keys that the query sees.
double uniformDistance(int query, KeyRange seen)
{
    double sum = 0;
    for (int key = seen.first; key < seen.end; ++key) sum += std::abs(query - key);
    return sum / seen.size();
}

/// Rows of all documents: pooled, or first averaged within each.
struct Mean {
    double sum = 0, weight = 0;
    void add(double total, int rows, RowWeighting weighting)
    {
        sum += weighting == RowWeighting::Tokens ? total : total / rows;
        weight += weighting == RowWeighting::Tokens ? rows : 1;
    }
    double value() const { return weight > 0 ? sum / weight : kNoValue; }
};

}  // namespace

MeanDistances meanDistances(const TextPassInput& input, const std::vector<int>& read)
{
    MeanDistances out;
    out.read = read;
    for (const int d : read) out.rows.push_back(input.document(d).size() - kLeast);
    for (const HeadId head : input.heads) {
        const Visibility mask = input.maskOf(head);
        if (std::any_of(out.uniform.begin(), out.uniform.end(), [&](const auto& known) { return known.first == mask; })) continue;
        Mean mean;
        for (const int rows : out.rows) {
            if (rows < 1) continue;
            double chance = 0;
            for (int query = kLeast; query < rows + kLeast; ++query) chance += uniformDistance(query, mask.keys(query, rows + kLeast));
            mean.add(chance, rows, input.weighting);
        }
        out.uniform.emplace_back(mask, mean.value());
    }
    return out;
}

void addMeanDistance(const TextPassInput& input, HeadId head, const OtherColumns& columns, const MeanDistances& distances,
                     DetectorOutput& out)
{
    Mean mean;
    for (std::size_t k = 0; k < distances.read.size(); ++k)
        if (distances.rows[k] >= 1)
            mean.add(columns.distance[static_cast<std::size_t>(distances.read[k])], distances.rows[k], input.weighting);
    const Visibility mask = input.maskOf(head);
    const auto uniform =
        std::find_if(distances.uniform.begin(), distances.uniform.end(), [&](const auto& known) { return known.first == mask; });
    out.scores.push_back({head, {"mean-distance", mean.value(), AttentionView::Raw, NullValue{NullKind::Uniform, uniform->second}}});
}

}  // namespace hs::patterns
