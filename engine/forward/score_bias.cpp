// SPDX-License-Identifier: GPL-3.0-or-later
// What is added to a score for the places of its query and key: ALiBi (Press et al. 2022), a number for each distance (Raffel et al. 2020),
// products with vectors of the distance (He et al. 2021).
#include <cmath>

#include "engine/forward/block.h"
#include "engine/model/score_places.h"
#include "engine/tensor/convert.h"
#include "engine/tensor/gemm.h"

namespace hs::block {
namespace {

float toBfloat16(float x)
{
    std::uint16_t bits = 0;
    convertFloatToBf16(&x, &bits, 1);
    convertBf16ToFloat(&bits, &x, 1);
    return x;
}

void addByDistance(const ScorePlaces& places, int head, int q0, int k0, MutViewF scores, float sign)
{
    for (std::ptrdiff_t i = 0; i < scores.rows; ++i) {
        const int ahead = q0 + static_cast<int>(i) - k0;
        for (std::ptrdiff_t j = 0; j < scores.cols; ++j) scores(i, j) += sign * places.bias(places.row(ahead - static_cast<int>(j)), head);
    }
}

/// Tables of one head as the right side of a product.
ViewF ofHead(const MatrixF& table, int head, int dh)
{
    return table.view().block(0, static_cast<std::ptrdiff_t>(head) * dh, table.rows(), dh);
}

}  // namespace

void addPlaceProducts(const Context& c, int head, const MatrixF& q, const MatrixF& k, int q0, int k0, MutViewF scores)
{
    const ScorePlaces* places = c.weights.places.get();
    if (!places || !places->ofVectors()) return;
    const int dh = c.config.dHead;
    const auto scale = static_cast<float>(c.config.effectiveScale(c.layer));
    const auto rowOf = [&](std::ptrdiff_t i, std::ptrdiff_t j) { return places->row(q0 - k0 + static_cast<int>(i - j)); };
    if (!places->keys.empty()) {
        MatrixF byRow = MatrixF::uninitialised(scores.rows, places->keys.rows());
        gemm(false, true, scale, q.view().block(q0, head * dh, scores.rows, dh), ofHead(places->keys, head, dh), 0.0f, byRow.view());
        for (std::ptrdiff_t i = 0; i < scores.rows; ++i)
            for (std::ptrdiff_t j = 0; j < scores.cols; ++j) scores(i, j) += byRow(i, rowOf(i, j));
    }
    if (places->queries.empty()) return;
    MatrixF byRow = MatrixF::uninitialised(scores.cols, places->queries.rows());
    gemm(false, true, scale, k.view().block(k0, c.kvHeadOf(head) * dh, scores.cols, dh), ofHead(places->queries, head, dh), 0.0f,
         byRow.view());
    for (std::ptrdiff_t i = 0; i < scores.rows; ++i)
        for (std::ptrdiff_t j = 0; j < scores.cols; ++j) scores(i, j) += byRow(j, rowOf(i, j));
}

void placeProductsBack(const Context& c, int head, int q0, int k0, ViewF dScores, MutViewF dq, MutViewF dk)
{
    const ScorePlaces* places = c.weights.places.get();
    if (!places || !places->ofVectors()) return;
    const auto scale = static_cast<float>(c.config.effectiveScale(c.layer));
    const auto back = [&](const MatrixF& table, bool ofKeys, MutViewF out) {
        if (table.empty()) return;
        MatrixF byRow(out.rows, table.rows());
        for (std::ptrdiff_t i = 0; i < dScores.rows; ++i)
            for (std::ptrdiff_t j = 0; j < dScores.cols; ++j)
                byRow(ofKeys ? j : i, places->row(q0 - k0 + static_cast<int>(i - j))) += dScores(i, j);
        gemm(false, false, scale, std::as_const(byRow).view(), ofHead(table, head, c.config.dHead), 1.0f, out);
    };
    back(places->keys, false, dq);
    back(places->queries, true, dk);
}

void addScoreBias(const Context& c, int head, int q0, int k0, int first, MutViewF scores, float sign)
{
    if (const ScorePlaces* places = c.weights.places.get(); places && !places->bias.empty())
        addByDistance(*places, head, q0, k0, scores, sign);
    if (c.config.position != PositionKind::Alibi) return;
    const double slope = c.config.alibiSlope(c.layer, head);
    const auto keys = static_cast<int>(scores.cols);
    if (!c.config.alibiBfloat16) {
        const float step = sign * static_cast<float>(slope);
        for (std::ptrdiff_t i = 0; i < scores.rows; ++i) {
            float* row = scores.row(i);
            const int behind = k0 - (q0 + static_cast<int>(i));
            for (int j = 0; j < keys; ++j) row[j] += step * static_cast<float>(behind + j);
        }
        return;
    }
    // Rounded products do not depend on the distance alone. What all keys of a row share is taken off: no row is changed by that, and
    // the numbers stay small.
    const float rounded = toBfloat16(static_cast<float>(slope)), scale = sign * static_cast<float>(c.config.effectiveScale(c.layer));
    const auto bias = [rounded](int position) { return toBfloat16(rounded * toBfloat16(static_cast<float>(position))); };
    thread_local std::vector<float> ofKeys;
    ofKeys.resize(static_cast<std::size_t>(keys));
    for (int j = 0; j < keys; ++j) ofKeys[static_cast<std::size_t>(j)] = bias(k0 - first + j);
    for (std::ptrdiff_t i = 0; i < scores.rows; ++i) {
        const float own = bias(q0 - first + static_cast<int>(i));
        float* row = scores.row(i);
        for (int j = 0; j < keys; ++j) row[j] += scale * (ofKeys[static_cast<std::size_t>(j)] - own);
    }
}

}  // namespace hs::block
