// SPDX-License-Identifier: GPL-3.0-or-later
// Scores that need no ablation: norms of weights, depth, and how sure the pattern is.
#include <cmath>

#include "engine/analysis/importance/parts.h"
#include "engine/base/parallel.h"
#include "engine/forward/forward.h"
#include "engine/tensor/gemm.h"

namespace hs::importance {
namespace {

/// Sum over all entries of a .* b, both [n, n].
double innerProduct(const MatrixF& a, const MatrixF& b)
{
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < a.rows() * a.cols(); ++i) sum += static_cast<double>(a.data()[i]) * static_cast<double>(b.data()[i]);
    return sum;
}

double squares(ViewF m)
{
    double sum = 0;
    for (std::ptrdiff_t r = 0; r < m.rows; ++r)
        for (std::ptrdiff_t c = 0; c < m.cols; ++c) sum += static_cast<double>(m(r, c)) * static_cast<double>(m(r, c));
    return sum;
}

/// || A B ||_F of A [d, dh], B [dh, d] from two Gram matrices: tr(A^T A B B^T).
double productNorm(ViewF a, bool transB, ViewF b)
{
    const std::ptrdiff_t dh = a.cols;
    MatrixF left(dh, dh), right(dh, dh);
    gemm(true, false, 1.0f, a, a, 0.0f, left.view());
    if (transB) gemm(true, false, 1.0f, b, b, 0.0f, right.view());  // b is [d, dh] and stands for its transpose
    else gemm(false, true, 1.0f, b, b, 0.0f, right.view());
    return std::sqrt(std::max(0.0, innerProduct(left, right)));
}

double weightScore(ImportanceKind kind, const LayerWeights& w, int head, int kvHead)
{
    if (kind == ImportanceKind::WeightValueOut) return productNorm(w.headV(kvHead), false, w.headO(head));
    if (kind == ImportanceKind::WeightQueryKey) return productNorm(w.headQ(head), true, w.headK(kvHead));
    return std::sqrt(squares(w.headO(head)));
}

}  // namespace

Result<ImportanceTablePtr> byWeights(const std::shared_ptr<const Model>& model, const ImportanceOptions& options, const Progress& progress)
{
    auto made = emptyTable(model, {}, options, progress);
    if (!made) return made.error();
    ImportanceTable& table = **made;
    const ModelConfig& config = model->config();
    std::size_t at = 0;
    for (int l = 0; l < config.nLayers; ++l) {
        progress.report(Stage::ReadingWeights, l, config.nLayers);
        if (!progress.checkpoint()) return Error::cancelled();
        std::shared_ptr<const LayerWeights> weights;
        if (options.kind != ImportanceKind::Depth) {
            const auto read = model->layer(l, progress);
            if (!read) return read.error();
            weights = *read;
            if (weights->wO.empty() && config.heads(l) > 0)
                return Error::in(model->identity().path, ErrorCode::ModelPartial, "layers/" + std::to_string(l) + "/attn/W_O");
        }
        parallelFor(static_cast<std::size_t>(config.heads(l)), [&](std::size_t h) {
            ImportanceEntry& e = table.heads[at + h];
            const int head = static_cast<int>(h);
            e.signedValue = e.value = weights ? weightScore(options.kind, *weights, head, config.kvHeadOf(l, head)) : l;
            e.known = true;
        });
        at += static_cast<std::size_t>(config.heads(l));
    }
    if (options.normalise == ImportanceNormalisation::Layer) {
        std::vector<double> values = table.values();
        normaliseByLayer(values, headsOf(config));
        for (std::size_t i = 0; i < values.size(); ++i) table.heads[i].value = values[i];
    }
    table.complete = true;
    return ImportanceTablePtr(std::move(*made));
}

Result<ImportanceTablePtr> byConfidence(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                        const ImportanceOptions& options, const Progress& progress)
{
    auto made = emptyTable(model, text, options, progress);
    if (!made) return made.error();
    ImportanceTable& table = **made;
    ForwardOptions forwardOptions;
    forwardOptions.logits = false;
    forwardOptions.keepResiduals = false;
    for (std::size_t p = 0; p < text.prompts.size(); ++p) {
        progress.report(Stage::Statistics, static_cast<std::int64_t>(p), static_cast<std::int64_t>(text.prompts.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        const auto run = forward(model, text.prompts[p], forwardOptions, Progress(progress.token(), {}));
        if (!run) return run.error();
        std::vector<double>& row = table.perPrompt.emplace_back();
        for (const ImportanceEntry& e : table.heads) {
            const auto stats = (*run)->stats(e.head);
            // The first row sees one key and is sure of it whatever the head does.
            double sum = 0;
            int rows = 0;
            for (std::size_t i = stats->rowMax.size() > 1 ? 1 : 0; i < stats->rowMax.size(); ++i) {
                if ((*run)->hides(static_cast<int>(i))) continue;
                sum += static_cast<double>(stats->rowMax[i]);
                ++rows;
            }
            row.push_back(rows > 0 ? sum / rows : 0.0);
        }
    }
    summarise(table, text.document, options, true);
    table.complete = true;
    return ImportanceTablePtr(std::move(*made));
}

}  // namespace hs::importance
