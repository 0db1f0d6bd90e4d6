// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/head_numbers.h"

#include <cmath>
#include <numeric>

namespace hs {

namespace {

std::optional<NullMoments> chanceOfIdentity(const HeadSpectra& s) { return NullMoments{0.0, s.identityNullSd}; }
std::optional<NullMoments> chanceOfOverlap(const HeadSpectra& s) { return s.selfOverlapNull; }

/// exp of the entropy of the singular values of W_OV as shares of their sum (Roy and Vetterli 2007): how many directions it uses,
/// each counted by its strength. Between 1 and the rank; the rank where all are equal.
std::optional<double> effectiveRank(const HeadSpectra& s)
{
    const double sum = std::accumulate(s.ov.begin(), s.ov.end(), 0.0);
    if (!(sum > 0)) return std::nullopt;
    double entropy = 0;
    for (const double sigma : s.ov)
        if (sigma > 0) entropy -= sigma / sum * std::log(sigma / sum);
    return std::exp(entropy);
}

constexpr HeadNumber kNumbers[] = {
    {.id = "ov-identity", .value = [](const HeadSpectra& s) { return s.identity; }, .chance = chanceOfIdentity},
    {.id = "attention-diagonal", .value = [](const HeadSpectra& s) { return s.attentionDiagonal; }, .fault = nullptr},
    {.id = "ov-idempotence", .value = [](const HeadSpectra& s) { return s.idempotence; }},
    {.id = "ov-self-overlap", .value = [](const HeadSpectra& s) { return s.selfOverlap; }, .chance = chanceOfOverlap},
    {.id = "ov-effective-rank", .value = effectiveRank},
};

}  // namespace

std::span<const HeadNumber> headNumbers() { return kNumbers; }

}  // namespace hs
