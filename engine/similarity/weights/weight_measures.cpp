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

bool comparable(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    const AxisHead &a = m.rows.heads[row], &b = m.cols.heads[col];
    if (a.fault != NoValue::None || b.fault != NoValue::None) return false;
    return m.pairing->sameRole() || a.id.layer < b.id.layer;
}

/// From the kernel's sums to the measure.
void finish(HeadMatrix& m)
{
    const MeasureInfo& measure = measureInfo(m.measure);
    for (std::size_t row = 0; row < m.rows.size(); ++row)
        for (std::size_t col = 0; col < m.cols.size(); ++col) {
            double& v = m.values[m.at(row, col)];
            v = comparable(m, row, col) ? measure.finish(m, row, col, v) : kNaN;
        }
    fillCorrected(m);
}

/// Double precision, and the nuclear kernel in float: pair after pair, rows shared among the pool.
template <typename PairValue>
bool pairByPair(HeadMatrix& m, const Progress& progress, const OuterProgress& report, const PairValue& pairValue)
{
    const bool same = m.pairing->sameRole();
    constexpr std::size_t step = 4;  // rows between two looks at the queue
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
            return operand.stack.layers[l].view().block(0, static_cast<std::ptrdiff_t>(at) * operand.stack.width, operand.stack.d,
                                                        operand.stack.width);
        at -= heads;
    }
    return {};
}

bool computeExact(HeadMatrix& m, const Operand& a, const Operand& b, const Progress& progress, const OuterProgress& report)
{
    const int d = a.stack.d, width = a.stack.width;
    const bool nuclear = measureInfo(m.measure).kernel == PairKernel::Nuclear;
    return pairByPair(m, progress, report, [&](std::size_t row, std::size_t col) {
        return nuclear ? exactNuclear(a.exact[row], b.exact[col], d, width) : exactSquares(a.exact[row], b.exact[col], d, width);
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
    const MeasureInfo& measure = measureInfo(request.measure);
    add(measure.dependsOnGauge, HeadMatrixNote::GaugeDependent);
    add(true, HeadMatrixNote::BiasesIgnored);
    add(m.rows.sharedKeyValue || m.cols.sharedKeyValue, HeadMatrixNote::SharedKeyValueHeads);
    const bool readsQk = measure.columns == HeadColumns::Partnered && m.pairing->target != HeadRole::V;
    add(readsQk && config.position == PositionKind::Rotary, HeadMatrixNote::RotaryAtOffsetZero);
    add(readsQk && config.attnSoftcap > 0, HeadMatrixNote::SoftcapIgnored);
    add(readsQk && config.position == PositionKind::Alibi, HeadMatrixNote::AlibiIgnored);
    const auto first = model.layer(0);
    add(readsQk && first && (*first)->places, HeadMatrixNote::PositionTermIgnored);
    add(config.qkvClip > 0, HeadMatrixNote::ClipIgnored);
    add(readsQk && config.qkNorm != QkNorm::None, HeadMatrixNote::QkNormIgnored);
    add(config.latentKv > 0, HeadMatrixNote::LatentNormIgnored);
    const BlockPlan plan = blockPlan(config);
    add(config.norm != NormKind::None && !(streamIsSum(plan) && writesAreSums(plan)), HeadMatrixNote::PostNormApproximate);
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
    const bool centred =
        operands.folding.used == WeightProcessing::FoldedCentred || measureInfo(request.measure).columns == HeadColumns::Centred;
    m->dNull = operands.d - (centred ? 1 : 0);
    m->doublePrecision = operands.doublePrecision;
    return m;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

Status check(const Model& model, const WeightMeasureRequest& request)
{
    const MeasureInfo& measure = measureInfo(request.measure);
    if (measure.needsCorpus()) return Error::argument("measure", measure.name, joined(measureNames(MeasureInput::Weights)));
    if (request.pairings.empty()) return Error::argument("pairing");
    for (const RolePair pair : request.pairings) {
        if (measure.takes(pair)) continue;
        std::vector<std::string> taken;
        for (const RolePair other : allRolePairs())
            if (measure.takes(other)) taken.push_back(rolePairName(other));
        return Error::argument("pairing", rolePairName(pair), joined(taken));
    }
    if (model.config().nLayers == 0) return Error::in(model.identity().path, ErrorCode::TensorMissing, "attn/W_Q");
    return {};
}

}  // namespace

Result<std::vector<std::shared_ptr<const HeadMatrix>>> weightMeasures(
    const Model& model, const WeightMeasureRequest& request, const Progress& progress,
    const std::function<void(std::shared_ptr<const HeadMatrix>)>& onMatrix)
{
    std::vector<HeadRole> roles;
    for (const RolePair pair : request.pairings)
        for (const HeadRole role : {pair.source, pair.target})
            if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    if (const Status s = check(model, request); !s) return s.error();

    const auto operands = buildOperands(model, measureInfo(request.measure).columns, roles, request.weights, request.precision, progress);
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
            const double part =
                (static_cast<double>(index) + static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)))
                / static_cast<double>(count);
            progress.report(Stage::HeadPairs, static_cast<std::int64_t>(part * 1000), 1000);
        };
    };
    if (operands->doublePrecision || measureInfo(request.measure).kernel == PairKernel::Nuclear) {
        for (std::size_t n = 0; n < matrices.size(); ++n) {
            const Operand &a = operands->roles.at(matrices[n]->pairing->source), &b = operands->roles.at(matrices[n]->pairing->target);
            if (!(operands->doublePrecision ? computeExact : computeNuclear)(*matrices[n], a, b, progress, share(n)))
                return Error::cancelled(model.identity().path);
            publish(matrices[n]);
        }
    } else {
        std::vector<OuterProduct> products;
        for (const auto& m : matrices)
            products.push_back(
                {&operands->roles.at(m->pairing->source).stack, &operands->roles.at(m->pairing->target).stack, m->values.data()});
        const OuterProgress whole = [&](std::int64_t done, std::int64_t total) {
            progress.report(Stage::HeadPairs, done * 1000 / std::max<std::int64_t>(1, total), 1000);
        };
        if (!outerSums(products, OuterMethod::Auto, progress, whole)) return Error::cancelled(model.identity().path);
        for (const auto& m : matrices) publish(m);
    }
    progress.report(Stage::HeadPairs, 1000, 1000);
    return std::vector<std::shared_ptr<const HeadMatrix>>(matrices.begin(), matrices.end());
}

}  // namespace hs
