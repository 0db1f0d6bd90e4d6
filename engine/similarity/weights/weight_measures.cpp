// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/weight_measures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/model/block_plan.h"
#include "engine/similarity/weights/operand_columns.h"
#include "engine/similarity/weights/operands.h"
#include "engine/tensor/gemm.h"

namespace hs {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

using Matrices = std::vector<std::shared_ptr<HeadMatrix>>;

Error cancelled(const Model& model) { return {ErrorCode::Cancelled, model.identity().path, {}, {}, {}}; }

bool allows(HeadMeasure measure, RolePair pair)
{
    if (measure != HeadMeasure::CompositionScore) return true;
    return pair.source == HeadRole::O && pair.target != HeadRole::O;
}

bool comparable(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    const AxisHead &a = m.rows.heads[row], &b = m.cols.heads[col];
    if (a.fault != NoValue::None || b.fault != NoValue::None) return false;
    return m.pairing->sameRole() || a.id.layer < b.id.layer;
}

/// From the kernel's sum to the measure; rounding beyond the possible range is cut off.
double finished(const HeadMatrix& m, std::size_t row, std::size_t col, double sum)
{
    switch (m.measure) {
    case HeadMeasure::ProjectionKernel: {
        const double r = m.rows.heads[row].rank, s = m.cols.heads[col].rank;
        return std::clamp(sum, std::max(0.0, r + s - m.dModel), std::min(r, s));
    }
    case HeadMeasure::CompositionScore:
    case HeadMeasure::SimpleCs: return std::sqrt(std::clamp(sum, 0.0, 1.0));
    default: return std::clamp(sum, 0.0, 1.0);
    }
}

void finish(HeadMatrix& m)
{
    for (std::size_t row = 0; row < m.rows.size(); ++row)
        for (std::size_t col = 0; col < m.cols.size(); ++col) {
            double& v = m.values[m.at(row, col)];
            v = comparable(m, row, col) ? finished(m, row, col, v) : kNaN;
        }
    fillCorrected(m);
}

/// Double precision, and Procrustes in float: pair after pair, rows shared among the pool.
template <typename PairValue>
bool pairByPair(HeadMatrix& m, const Progress& progress, const OuterProgress& report, const PairValue& pairValue)
{
    const bool same = m.pairing->sameRole();
    constexpr std::size_t step = 4;   // rows between two looks at the queue
    for (std::size_t first = 0; first < m.rows.size(); first += step) {
        if (report) report(static_cast<std::int64_t>(first), static_cast<std::int64_t>(m.rows.size()));
        if (!progress.checkpoint()) return false;
        const std::size_t rows = std::min(step, m.rows.size() - first), cols = m.cols.size();
        parallelFor(rows * cols, [&](std::size_t n) {
            const std::size_t row = first + n / cols, col = n % cols;
            if (progress.stopped() || (same && col < row) || !comparable(m, row, col)) return;
            m.values[m.at(row, col)] = pairValue(row, col);
            if (same) m.values[m.at(col, row)] = m.values[m.at(row, col)];
        });
    }
    return !progress.stopped();
}

ViewF columnsOf(const Operand& operand, std::size_t index)
{
    std::size_t at = index;
    for (std::size_t l = 0; l < operand.stack.layers.size(); ++l) {
        const auto heads = static_cast<std::size_t>(operand.stack.heads[l]);
        if (at < heads)
            return operand.stack.layers[l].view().block(0, static_cast<std::ptrdiff_t>(at) * operand.stack.width, operand.stack.d, operand.stack.width);
        at -= heads;
    }
    return {};
}

bool computeExact(HeadMatrix& m, const Operand& a, const Operand& b, const Progress& progress, const OuterProgress& report)
{
    const int d = a.stack.d, width = a.stack.width;
    return pairByPair(m, progress, report, [&](std::size_t row, std::size_t col) {
        return m.measure == HeadMeasure::Procrustes ? exactNuclear(a.exact[row], b.exact[col], d, width)
                                                    : exactSquares(a.exact[row], b.exact[col], d, width);
    });
}

bool computeNuclear(HeadMatrix& m, const Operand& a, const Operand& b, const Progress& progress, const OuterProgress& report)
{
    return pairByPair(m, progress, report, [&](std::size_t row, std::size_t col) {
        MatrixF product = MatrixF::uninitialised(a.stack.width, b.stack.width);
        gemm(true, false, 1.0f, columnsOf(a, row), columnsOf(b, col), 0.0f, product.view());
        return nuclearNorm(product.view());
    });
}

std::vector<HeadMatrixNote> notesOf(const Model& model, const WeightMeasureRequest& request, const HeadMatrix& m, const Folding& folding)
{
    const ModelConfig& config = model.config();
    std::vector<HeadMatrixNote> notes = folding.notes;
    const auto add = [&](bool wanted, HeadMatrixNote note) {
        if (wanted) notes.push_back(note);
    };
    const auto any = [&](const auto& test) {
        return std::any_of(m.rows.heads.begin(), m.rows.heads.end(), test) || std::any_of(m.cols.heads.begin(), m.cols.heads.end(), test);
    };
    add(dependsOnGauge(request.measure), HeadMatrixNote::GaugeDependent);
    add(true, HeadMatrixNote::BiasesIgnored);
    add(m.rows.sharedKeyValue || m.cols.sharedKeyValue, HeadMatrixNote::SharedKeyValueHeads);
    const bool readsQk = request.measure == HeadMeasure::CompositionScore && m.pairing->target != HeadRole::V;
    add(readsQk && config.position == PositionKind::Rotary, HeadMatrixNote::RotaryAtOffsetZero);
    add(readsQk && config.attnSoftcap > 0, HeadMatrixNote::SoftcapIgnored);
    add(config.norm != NormKind::None && !streamIsSum(blockPlan(config)), HeadMatrixNote::PostNormApproximate);
    add(any([&](const AxisHead& h) { return h.fault == NoValue::None && h.rank < config.dHead; }), HeadMatrixNote::RankDeficient);
    add(any([](const AxisHead& h) { return h.fault != NoValue::None; }), HeadMatrixNote::SomeHeadsMissing);
    return notes;
}

std::shared_ptr<HeadMatrix> emptyMatrix(const Model& model, const WeightMeasureRequest& request, RolePair pair, const Operands& operands)
{
    auto m = std::make_shared<HeadMatrix>();
    m->measure = request.measure;
    m->pairing = pair;
    m->weights = operands.folding.used;
    m->rows = operands.roles.at(pair.source).axis;
    m->cols = operands.roles.at(pair.target).axis;
    m->values.assign(m->rows.size() * m->cols.size(), kNaN);
    m->notes = notesOf(model, request, *m, operands.folding);
    m->model = model.identity().name;
    m->dModel = operands.d;
    const bool centred = operands.folding.used == WeightProcessing::FoldedCentred || request.measure == HeadMeasure::LinearCka;
    m->dNull = operands.d - (centred ? 1 : 0);
    m->doublePrecision = operands.doublePrecision;
    return m;
}

Status check(const Model& model, const WeightMeasureRequest& request)
{
    if (needsCorpus(request.measure)) return Error{ErrorCode::InvalidArgument, {}, "measure", measureName(request.measure), "pk, cs, simple-cs, cka, procrustes"};
    if (request.pairings.empty()) return Error{ErrorCode::InvalidArgument, {}, "pairing", {}, {}};
    for (const RolePair pair : request.pairings)
        if (!allows(request.measure, pair)) return Error{ErrorCode::InvalidArgument, {}, "pairing", rolePairName(pair), "OQ, OK, OV"};
    if (model.config().nLayers == 0) return Error{ErrorCode::TensorMissing, model.identity().path, "attn/W_Q", {}, {}};
    return {};
}

}  // namespace

Result<std::vector<std::shared_ptr<const HeadMatrix>>> weightMeasures(const Model& model, const WeightMeasureRequest& request,
                                                                      const Progress& progress,
                                                                      const std::function<void(std::shared_ptr<const HeadMatrix>)>& onMatrix)
{
    std::vector<HeadRole> roles;
    for (const RolePair pair : request.pairings)
        for (const HeadRole role : {pair.source, pair.target})
            if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    if (const Status s = check(model, request); !s) return s.error();

    const auto operands = buildOperands(model, request.measure, roles, request.weights, request.precision, progress);
    if (!operands) return operands.error();

    Matrices matrices;
    for (const RolePair pair : request.pairings) matrices.push_back(emptyMatrix(model, request, pair, *operands));
    const auto publish = [&](const std::shared_ptr<HeadMatrix>& m) {
        finish(*m);
        if (onMatrix) onMatrix(m);
    };
    const auto share = [&](std::size_t index) -> OuterProgress {
        return [&progress, index, count = matrices.size()](std::int64_t done, std::int64_t total) {
            // Parts per thousand of all matrices: pairs of rows and tiles are of no interest to anyone.
            const double part = (static_cast<double>(index) + static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)))
                                / static_cast<double>(count);
            progress.report(Stage::HeadPairs, static_cast<std::int64_t>(part * 1000), 1000);
        };
    };
    if (operands->doublePrecision || request.measure == HeadMeasure::Procrustes) {
        for (std::size_t n = 0; n < matrices.size(); ++n) {
            const Operand &a = operands->roles.at(matrices[n]->pairing->source), &b = operands->roles.at(matrices[n]->pairing->target);
            if (!(operands->doublePrecision ? computeExact : computeNuclear)(*matrices[n], a, b, progress, share(n))) return cancelled(model);
            publish(matrices[n]);
        }
    } else {
        std::vector<OuterProduct> products;
        for (const auto& m : matrices)
            products.push_back({&operands->roles.at(m->pairing->source).stack, &operands->roles.at(m->pairing->target).stack, m->values.data()});
        const OuterProgress whole = [&](std::int64_t done, std::int64_t total) {
            progress.report(Stage::HeadPairs, done * 1000 / std::max<std::int64_t>(1, total), 1000);
        };
        if (!outerSums(products, OuterMethod::Auto, progress, whole)) return cancelled(model);
        for (const auto& m : matrices) publish(m);
    }
    progress.report(Stage::HeadPairs, 1000, 1000);
    return std::vector<std::shared_ptr<const HeadMatrix>>(matrices.begin(), matrices.end());
}

}  // namespace hs
