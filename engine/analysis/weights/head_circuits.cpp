// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights/head_circuits.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/weights/eigen_score.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

constexpr double kLowest = 0.05;

MatrixF times(ViewF a, ViewF b, bool transposeB = false)
{
    MatrixF out(a.rows, transposeB ? b.rows : b.cols);
    gemm(false, transposeB, 1.0f, a, b, 0.0f, out.view());
    return out;
}

/// Logits [r, S] of OV(token), with the final norm's divisor and the bias.
/// `unembedded` is W_O times the reader's rows: the same for all tokens.
MatrixF ovLogits(ViewF tokens, ViewF wV, ViewF wO, ViewF unembedded, const LogitReader& reader)
{
    const MatrixF values = times(tokens, wV);
    MatrixF logits = times(values.view(), unembedded);
    const std::vector<float>* bias = reader.bias;
    const bool anyBias = bias && std::any_of(bias->begin(), bias->end(), [](float b) { return b != 0.0f; });
    if (!anyBias && !reader.norm) return logits;
    MatrixF written;
    if (reader.norm) written = times(values.view(), wO);
    for (std::ptrdiff_t i = 0; i < logits.rows(); ++i) {
        double scale = 1.0;
        if (reader.norm) {
            const float* x = written.row(i);
            const auto d = static_cast<double>(written.cols());
            double mean = 0, square = 0;
            if (reader.centre)
                for (std::ptrdiff_t k = 0; k < written.cols(); ++k) mean += static_cast<double>(x[k]) / d;
            for (std::ptrdiff_t k = 0; k < written.cols(); ++k)
                square += (static_cast<double>(x[k]) - mean) * (static_cast<double>(x[k]) - mean) / d;
            scale = 1.0 / std::sqrt(square + reader.eps);
        }
        float* row = logits.row(i);
        for (std::ptrdiff_t v = 0; v < logits.cols(); ++v)
            row[v] = static_cast<float>(static_cast<double>(row[v]) * scale) + (anyBias ? (*bias)[static_cast<std::size_t>(v)] : 0.0f);
    }
    return logits;
}

std::ptrdiff_t bestOf(const float* row, std::ptrdiff_t n) { return std::max_element(row, row + n) - row; }

}  // namespace

double ovEigenScore(ViewF wV, ViewF wO, ViewF ue) { return eigenScore(times(times(wO, ue).view(), wV).view()); }

double ovEigenScore(ViewF wV, ViewF wO) { return eigenScore(times(wO, wV).view()); }

double qkEigenScore(ViewF wQ, ViewF wK, ViewF ee)
{
    const MatrixF right = times(ee, wQ);
    MatrixF core(wK.cols, wQ.cols);
    gemm(true, false, 1.0f, wK, right.view(), 0.0f, core.view());
    return eigenScore(core.view());
}

OwnRank ownRank(ViewF tokens, const std::vector<int>& own, ViewF wV, ViewF wO, const LogitReader& reader)
{
    constexpr std::ptrdiff_t block = 256;
    OwnRank out;
    out.columns = static_cast<int>(reader.rows.rows);
    const auto low = static_cast<int>(std::ceil(kLowest * out.columns));
    const MatrixF unembedded = times(wO, reader.rows, true);
    for (std::ptrdiff_t first = 0; first < tokens.rows; first += block) {
        const std::ptrdiff_t rows = std::min(block, tokens.rows - first);
        const MatrixF logits = ovLogits(tokens.block(first, 0, rows, tokens.cols), wV, wO, unembedded.view(), reader);
        for (std::ptrdiff_t i = 0; i < rows; ++i) {
            const float* row = logits.row(i);
            const float mine = row[own[static_cast<std::size_t>(first + i)]];
            int above = 0, below = 0;
            for (std::ptrdiff_t v = 0; v < logits.cols(); ++v) {
                above += row[v] > mine;
                below += row[v] < mine;
            }
            // A head that writes nothing makes all logits alike: neither first nor last.
            const bool alike = above == 0 && below == 0;
            out.top1 += !alike && above < 1;
            out.top5 += !alike && above < 5;
            out.lowest += !alike && below < low;
            out.lowest10 += !alike && below < 10;
            ++out.rows;
        }
    }
    for (double* share : {&out.top1, &out.top5, &out.lowest, &out.lowest10}) *share = out.rows > 0 ? *share / out.rows : kNoValue;
    return out;
}

KeyRank keyRank(ViewF queries, const std::vector<int>& own, ViewF keys, ViewF wQ, ViewF wK)
{
    const MatrixF scores = times(times(queries, wQ).view(), times(keys, wK).view(), true);
    KeyRank out;
    for (std::ptrdiff_t i = 0; i < scores.rows(); ++i) {
        const float* row = scores.row(i);
        const float mine = row[own[static_cast<std::size_t>(i)]];
        const auto above = std::count_if(row, row + scores.cols(), [mine](float x) { return x > mine; });
        const auto same = std::count(row, row + scores.cols(), mine);
        if (same == scores.cols()) continue;  // no key differs from another
        out.top1 += above < 1;
        out.top10 += above < 10;
    }
    out.top1 /= static_cast<double>(scores.rows());
    out.top10 /= static_cast<double>(scores.rows());
    return out;
}

double positionalRecall(ViewF positions, ViewF wQ, ViewF wK, Visibility mask)
{
    if (positions.rows < 2) return kNoValue;
    const MatrixF scores = times(times(positions, wQ).view(), times(positions, wK).view(), true);
    const int n = static_cast<int>(scores.rows());
    int hits = 0;
    for (int i = 1; i < n; ++i) {
        const KeyRange seen = mask.keys(i, n);
        hits += seen.first + bestOf(scores.row(i) + seen.first, seen.size()) == i - 1;
    }
    return static_cast<double>(hits) / static_cast<double>(scores.rows() - 1);
}

double matchingRecall(ViewF tokens, ViewF through, ViewF wQ, ViewF wK)
{
    return matchingRecall(times(tokens, wQ).view(), times(through, wK).view());
}

double matchingRecall(ViewF queries, ViewF keys)
{
    const MatrixF scores = times(queries, keys, true);
    int hits = 0;
    for (std::ptrdiff_t i = 0; i < scores.rows(); ++i) {
        const float* row = scores.row(i);
        hits += bestOf(row, scores.cols()) == i && *std::min_element(row, row + scores.cols()) < row[i];
    }
    return scores.rows() > 0 ? static_cast<double>(hits) / static_cast<double>(scores.rows()) : kNoValue;
}

SuccessorScore successorScore(ViewF tokens, const std::vector<OrdinalClass>& classes, ViewF wV, ViewF wO, const LogitReader& reader)
{
    const MatrixF logits = ovLogits(tokens, wV, wO, times(wO, reader.rows, true).view(), reader);
    SuccessorScore out;
    std::ptrdiff_t first = 0;
    int fullClasses = 0;
    for (const OrdinalClass& c : classes) {
        std::vector<std::ptrdiff_t> row(c.ids.size(), -1);
        std::ptrdiff_t members = 0;
        for (std::size_t i = 0; i < c.ids.size(); ++i)
            if (c.ids[i] >= 0) row[i] = first + members++;
        int hits = 0, items = 0;
        for (std::size_t i = 0; i < c.ids.size(); ++i) {
            if (row[i] < 0 || (!c.cyclic && i + 1 == c.ids.size())) continue;
            const std::ptrdiff_t next = row[(i + 1) % c.ids.size()];
            if (next < 0) continue;
            const float* x = logits.row(row[i]);
            double other = -std::numeric_limits<double>::infinity();
            for (std::ptrdiff_t v = first; v < first + members; ++v)
                if (v != next) other = std::max(other, static_cast<double>(x[v]));
            const double margin = static_cast<double>(x[next]) - other;
            hits += margin > 0;
            out.margin += margin;
            out.chance += 1.0 / static_cast<double>(members);
            ++items;
        }
        out.share += hits;
        out.items += items;
        if (items >= 5) {
            out.classMean += static_cast<double>(hits) / items;
            ++fullClasses;
        }
        first += members;
    }
    if (out.items > 0)
        for (double* mean : {&out.share, &out.chance, &out.margin}) *mean /= out.items;
    out.classMean = fullClasses > 0 ? out.classMean / fullClasses : kNoValue;
    return out;
}

}  // namespace hs
