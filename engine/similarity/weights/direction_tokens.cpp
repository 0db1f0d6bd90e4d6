// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/direction_tokens.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/tensor/gemm.h"

namespace hs {

namespace {

/// First `count` columns of [d, columns] as rows [count, d].
MatrixF asRows(const std::vector<double>& vectors, int d, int count)
{
    const auto columns = static_cast<int>(vectors.size() / static_cast<std::size_t>(d));
    MatrixF out(count, d);
    for (int c = 0; c < count; ++c)
        for (int r = 0; r < d; ++r)
            out(c, r) =
                static_cast<float>(vectors[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(c)]);
    return out;
}

std::vector<DirectionToken> ends(const Tokenizer* tokenizer, const float* values, std::ptrdiff_t n, int count, bool largest)
{
    std::vector<int> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    const auto wanted = std::min(static_cast<std::ptrdiff_t>(std::max(0, count)), n);
    std::partial_sort(order.begin(), order.begin() + wanted, order.end(), [&](int a, int b) {
        if (values[a] != values[b]) return largest ? values[a] > values[b] : values[a] < values[b];
        return a < b;
    });
    std::vector<DirectionToken> out;
    for (std::ptrdiff_t i = 0; i < wanted; ++i) {
        const int id = order[static_cast<std::size_t>(i)];
        out.push_back({id, tokenizer ? tokenizer->displayText(id) : std::to_string(id), static_cast<double>(values[id])});
    }
    return out;
}

bool closeTo(double a, double b) { return std::abs(a - b) < 0.01 * std::max(a, b); }

}  // namespace

Status fillDirections(const Model& model, const std::vector<double>& written, const std::vector<double>& read, int count, int tokens,
                      HeadSpectra& out, const Progress& progress)
{
    const int d = out.dModel;
    const Tokenizer* tokenizer = model.tokenizer().get();
    count = std::min(count, out.ovRank);
    std::shared_ptr<const EmbeddingWeights> embedding;
    if (!model.lacks(Part::TokenEmbedding)) {
        const auto loaded = model.embedding(progress);
        if (!loaded) return loaded.error();
        embedding = *loaded;
    }
    std::shared_ptr<const OutputWeights> output;
    const bool untied = model.config().output == OutputKind::Untied;
    if (untied && !model.lacks(Part::Unembedding)) {
        const auto loaded = model.output(progress);
        if (!loaded) return loaded.error();
        output = *loaded;
    }
    out.hasEmbedding = embedding && !embedding->wE.empty() && embedding->wWiden.empty();  // narrower rows are no directions of the stream
    const bool straight = !model.config().outputTransform;  // what is written reaches the output as it is, norm aside
    const bool tied = model.config().output == OutputKind::Tied && out.hasEmbedding && straight;
    out.hasUnembedding = tied || (output && !output->wU.empty() && straight);
    if (!out.hasEmbedding && !out.hasUnembedding) return {};

    MatrixF reads, writes;
    if (out.hasEmbedding) {
        reads = MatrixF(count, embedding->wE.rows());
        const MatrixF directions = asRows(read, d, count);
        if (!gemmParallel(false, true, 1.0f, directions.view(), std::as_const(embedding->wE).view(), 0.0f, reads.view(), progress))
            return Error::cancelled();
    }
    if (out.hasUnembedding) {
        const MatrixF directions = asRows(written, d, count);
        writes = MatrixF(count, tied ? embedding->wE.rows() : output->wU.cols());
        const bool done =
            tied ? gemmParallel(false, true, 1.0f, directions.view(), std::as_const(embedding->wE).view(), 0.0f, writes.view(), progress)
                 : gemmParallel(false, false, 1.0f, directions.view(), std::as_const(output->wU).view(), 0.0f, writes.view(), progress);
        if (!done) return Error::cancelled();
    }
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        OvDirection direction;
        direction.sigma = out.ov[at];
        direction.nearDegenerate =
            (i > 0 && closeTo(out.ov[at - 1], out.ov[at])) || (at + 1 < out.ov.size() && closeTo(out.ov[at], out.ov[at + 1]));
        if (out.hasEmbedding) {
            direction.readsPositive = ends(tokenizer, reads.row(i), reads.cols(), tokens, true);
            direction.readsNegative = ends(tokenizer, reads.row(i), reads.cols(), tokens, false);
        }
        if (out.hasUnembedding) {
            const Tokenizer* names = model.config().predictsTokens() ? tokenizer : nullptr;  // other outputs have numbers only
            direction.writesPositive = ends(names, writes.row(i), writes.cols(), tokens, true);
            direction.writesNegative = ends(names, writes.row(i), writes.cols(), tokens, false);
        }
        out.directions.push_back(std::move(direction));
    }
    return {};
}

}  // namespace hs
