// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/sweep/lane_pass.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>

#include "engine/base/parallel.h"
#include "engine/tensor/gemm.h"

namespace hs::sweep {
namespace {

constexpr int kPanelRows = 128;
/// Rows that one thread takes through a whole layer: their activations stay in its cache, the products are tall enough for full speed.
constexpr std::ptrdiff_t kLanePanelRows = 256;
/// With fewer panels a thread would wait for another's last one.
constexpr std::size_t kPanelsPerThread = 2;
constexpr std::ptrdiff_t kRowsPerTask = 32;
const Interventions kNone;
const std::vector<bool> kNoPadding;

MutViewF scratch(std::ptrdiff_t rows, std::ptrdiff_t cols)
{
    thread_local FloatBuffer buffer;
    const auto size = static_cast<std::size_t>(rows * cols);
    if (buffer.size() < size) buffer = FloatBuffer(size, false);
    return {buffer.data(), rows, cols, cols};
}

bool touches(const HeadCuts& cuts, HeadId head)
{
    return std::any_of(cuts.begin(), cuts.end(), [&](const HeadCut& c) { return c.head == head; });
}

/// Nothing of the head's own attention is left: it need not be computed.
bool isGone(const HeadCuts& cuts, HeadId head)
{
    return std::any_of(cuts.begin(), cuts.end(), [&](const HeadCut& c) { return c.head == head && c.position < 0 && c.keep == 0.0f; });
}

MatrixF copyOf(ViewF x)
{
    MatrixF out = MatrixF::uninitialised(x.rows, x.cols);
    for (std::ptrdiff_t r = 0; r < x.rows; ++r) std::copy_n(x.row(r), x.cols, out.row(r));
    return out;
}

/// One table serves all lanes, unless the angles depend on how long a prompt is.
std::vector<std::shared_ptr<const Rotations>> rotationsFor(const ModelConfig& config, const std::vector<Lane>& lanes)
{
    int longest = 0;
    for (const Lane& lane : lanes) longest = std::max(longest, lane.n);
    std::map<int, std::shared_ptr<const Rotations>> made;
    std::vector<std::shared_ptr<const Rotations>> out;
    for (const Lane& lane : lanes) {
        const int n = config.rotationDependsOnLength() ? lane.n : longest;
        auto& table = made[n];
        if (!table) table = std::make_shared<const Rotations>(config, n);
        out.push_back(table);
    }
    return out;
}

}  // namespace

void applyCuts(const HeadCuts& cuts, HeadId head, const AblationValues& values, const Lane& lane, Visibility mask, ViewF v, MutViewF z)
{
    const std::ptrdiff_t dh = z.cols;
    std::vector<float> replacement(static_cast<std::size_t>(dh), 0.0f);
    std::vector<double> sum(static_cast<std::size_t>(dh), 0.0);
    const int n = static_cast<int>(z.rows);
    int keys = 0;  // that `sum` holds
    const auto addRow = [&](int key, int sign) {
        if (!lane.padding.empty() && lane.padding[static_cast<std::size_t>(key)]) return;
        keys += sign;
        for (std::ptrdiff_t c = 0; c < dh; ++c) sum[static_cast<std::size_t>(c)] += sign * static_cast<double>(v(key, c));
    };
    for (const HeadCut& cut : cuts) {
        if (cut.head != head) continue;
        const auto layer = static_cast<std::size_t>(head.layer);
        if (values.kind == AblationKind::Mean) std::copy_n(values.means[layer].data() + head.head * dh, dh, replacement.data());
        std::fill(sum.begin(), sum.end(), 0.0);
        keys = 0;
        KeyRange summed;  // keys whose values `sum` holds; moves on from row to row
        for (std::ptrdiff_t r = 0; r < z.rows; ++r) {
            const float* row = replacement.data();
            if (values.kind == AblationKind::Resample) {
                const AblationDonor& from = *values.donors[static_cast<std::size_t>(lane.donor)];
                row = from.z[layer]->row(from.rowFor(static_cast<int>(r))) + head.head * dh;
            } else if (values.kind == AblationKind::Uniform) {
                const KeyRange seen = mask.keys(static_cast<int>(r), n);
                while (summed.end < seen.end) addRow(summed.end++, 1);
                while (summed.first < seen.first) addRow(summed.first++, -1);
                for (std::ptrdiff_t c = 0; c < dh; ++c)
                    replacement[static_cast<std::size_t>(c)] =
                        keys > 0 ? static_cast<float>(sum[static_cast<std::size_t>(c)] / keys) : 0.0f;
            }
            if (cut.position >= 0 && cut.position != r) continue;
            float* out = z.row(r);
            // What is gone is not multiplied: it may never have been computed.
            if (cut.keep == 0.0f) std::copy_n(row, dh, out);
            else
                for (std::ptrdiff_t c = 0; c < dh; ++c) out[c] = cut.keep * out[c] + (1.0f - cut.keep) * row[c];
        }
    }
}

LanePass::LanePass(const Model& model, const AblationValues& values, std::vector<Lane> lanes)
    : m_model(model), m_values(values), m_lanes(std::move(lanes))
{
    std::stable_sort(m_lanes.begin(), m_lanes.end(), [](const Lane& a, const Lane& b) { return a.first < b.first; });
    for (Lane& lane : m_lanes) {
        lane.row = m_rows;
        m_rows += lane.n;
    }
    m_rotations = rotationsFor(model.config(), m_lanes);
}

Status LanePass::run(MatrixF& x, SweepBase* record, const Progress& progress)
{
    int first = m_model.config().nLayers;
    for (const Lane& lane : m_lanes) first = std::min(first, lane.first);
    for (int layer = first; layer < m_model.config().nLayers; ++layer) {
        if (!progress.checkpoint()) return Error::cancelled();
        if (Status status = oneLayer(layer, x, record, progress); !status) return status;
    }
    return {};
}

Status LanePass::oneLayer(int layer, MatrixF& x, SweepBase* record, const Progress& progress)
{
    const ModelConfig& config = m_model.config();
    const auto weights = m_model.layer(layer, progress);
    if (!weights) return weights.error();
    const auto positions = positionsForQk(m_model, progress);
    if (!positions) return positions.error();
    const MatrixF* places = *positions ? &(*positions)->wPos : nullptr;
    const block::Context context{config, **weights, layer, kNone, kNoPadding, nullptr, false, progress, places};
    if (Status status = block::checkShapes(context); !status) return status;
    const Error stopped = Error::cancelled();

    // Lanes [0, own) compute this layer's attention; [own, all) join after it; the rest sleeps.
    std::size_t own = 0, all = 0;
    for (const Lane& lane : m_lanes) {
        own += lane.first < layer || !lane.base;
        all += lane.first <= layer;
    }
    SweepBase::Layer* kept = record ? &record->layers.emplace_back() : nullptr;
    const std::vector<std::size_t> ends = panelEnds(all);
    if (ends.size() < kPanelsPerThread * static_cast<std::size_t>(threadCount())) {
        // Too few to go round: the threads share each product instead.
        if (!panel(context, 0, own, all, x, kept)) return stopped;
        return {};
    }
    std::atomic<bool> whole{true};
    parallelFor(ends.size(), [&](std::size_t i) {
        const std::size_t begin = i == 0 ? 0 : ends[i - 1];
        if (!panel(context, begin, std::clamp(own, begin, ends[i]), ends[i], x, kept)) whole = false;
    });
    if (!whole) return stopped;
    return {};
}

std::vector<std::size_t> LanePass::panelEnds(std::size_t lanes) const
{
    std::vector<std::size_t> ends;
    std::ptrdiff_t rows = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        rows += m_lanes[i].n;
        if (rows < kLanePanelRows && i + 1 < lanes) continue;
        ends.push_back(i + 1);
        rows = 0;
    }
    return ends;
}

bool LanePass::panel(const block::Context& context, std::size_t begin, std::size_t own, std::size_t end, MatrixF& x,
                     SweepBase::Layer* kept) const
{
    const auto rowsOf = [&](std::size_t from, std::size_t to) {
        if (from == to) return x.view().block(0, 0, 0, x.cols());
        const std::ptrdiff_t first = m_lanes[from].row;
        return x.view().block(first, 0, m_lanes[to - 1].row + m_lanes[to - 1].n - first, x.cols());
    };
    const MutViewF ownX = rowsOf(begin, own), allX = rowsOf(begin, end);
    const BlockPlan plan = blockPlan(context.config);
    const std::size_t joined = firstAfterWrites(plan);
    Reads reads;
    for (std::size_t i = 0; i < joined && own > begin; ++i)
        if (!step(context, plan[i], begin, own, ownX, reads, kept)) return false;
    if (kept) kept->attended = copyOf(ownX);
    const bool sums = writesAreSums(plan);
    if (!sums && end > begin) {  // the rows of lanes that join follow
        MatrixF z(allX.rows, static_cast<std::ptrdiff_t>(context.heads()) * context.config.dHead);
        for (std::ptrdiff_t r = 0; r < reads.z.rows(); ++r) std::copy_n(reads.z.row(r), z.cols(), z.row(r));
        reads.z = std::move(z);
    }
    parallelFor(end - own, [&](std::size_t i) {
        const Lane& lane = m_lanes[own + i];
        const MutViewF rows = x.view().block(lane.row, 0, lane.n, x.cols());
        if (sums) join(context, lane, rows);
        else joinBefore(context, lane, rows, reads.z.view().block(lane.row - m_lanes[begin].row, 0, lane.n, reads.z.cols()));
    });
    if (context.progress.stopped()) return false;
    for (std::size_t i = joined; i < plan.size(); ++i)
        if (!step(context, plan[i], begin, end, allX, reads, nullptr)) return false;
    return true;
}

bool LanePass::step(const block::Context& c, const Step& step, std::size_t begin, std::size_t end, MutViewF x, Reads& reads,
                    SweepBase::Layer* record) const
{
    switch (step.kind) {
    case StepKind::Read: (step.branch == Branch::Attention ? reads.attention : reads.mlp) = block::readRows(c, step.norm, x); return true;
    case StepKind::Share: reads.mlp = std::move(reads.attention); return true;
    case StepKind::Mix: return mix(c, std::as_const(reads.attention).view(), begin, end, reads.z, record);
    case StepKind::Norm: block::normRows(c.config, *normWeights(c.weights, step.norm), x, x); return true;
    case StepKind::Write: break;
    }
    if (step.branch == Branch::Mlp) return block::addMlp(c, std::as_const(reads.mlp).view(), x);
    const MatrixF z = std::move(reads.z);
    reads.attention = {};  // neither is read again: the cache is for what comes
    if (c.heads() > 0 || step.norm != BlockNorm::None) return block::addAttentionOutput(c, z.view(), x);
    if (!c.weights.bO.empty())  // a layer without heads
        for (std::ptrdiff_t r = 0; r < x.rows; ++r) addTo(x.row(r), c.weights.bO.data(), x.cols);
    return true;
}

bool LanePass::mix(const block::Context& c, ViewF input, std::size_t begin, std::size_t end, MatrixF& z, SweepBase::Layer* record) const
{
    if (c.heads() == 0) {
        if (record) record->z = MatrixF(input.rows, 0);
        return true;
    }
    const MatrixF placed = placedRows(c, input, begin, end);
    auto [q, k, v] = block::project(c, placed.empty() ? input : placed.view(), input);
    if (c.progress.stopped()) return false;
    rotate(c.layer, q, begin, end);
    rotate(c.layer, k, begin, end);
    for (std::size_t i = begin; i < end; ++i)
        for (int r = 0; r < m_lanes[i].n; ++r)
            block::warmQuery(c.config, c.layer, q.row(m_lanes[i].row - m_lanes[begin].row + r), q.cols(), r);
    z = MatrixF::uninitialised(input.rows, q.cols());
    if (record) record->z = MatrixF::uninitialised(input.rows, q.cols());
    attend(c, q, k, v, z, begin, end, record);
    if (c.progress.stopped()) return false;
    if (record && m_values.kind == AblationKind::Uniform) record->v = std::move(v);
    return true;
}

MatrixF LanePass::placedRows(const block::Context& c, ViewF input, std::size_t begin, std::size_t end) const
{
    if (!c.positions) return {};
    MatrixF out = copyOf(input);
    for (std::size_t i = begin; i < end; ++i)
        for (int r = 0; r < m_lanes[i].n; ++r) addTo(out.row(m_lanes[i].row - m_lanes[begin].row + r), c.positions->row(r), out.cols());
    return out;
}

void LanePass::rotate(int layer, MatrixF& m, std::size_t begin, std::size_t end) const
{
    const ModelConfig& config = m_model.config();
    if (config.rotaryOf(layer) == 0) return;
    const int dh = config.dHead;
    struct Piece {
        const RotaryTable* table;
        std::ptrdiff_t row;
        int first, end;
    };
    std::vector<Piece> pieces;
    for (std::size_t i = begin; i < end; ++i)
        for (int r = 0; r < m_lanes[i].n; r += kRowsPerTask)
            pieces.push_back({&m_rotations[i]->of(config, layer), m_lanes[i].row - m_lanes[begin].row, r,
                              std::min(m_lanes[i].n, r + static_cast<int>(kRowsPerTask))});
    parallelFor(pieces.size(), [&](std::size_t i) {
        for (int r = pieces[i].first; r < pieces[i].end; ++r)
            for (std::ptrdiff_t c = 0; c < m.cols(); c += dh) pieces[i].table->rotate(m.row(pieces[i].row + r) + c, r);
    });
}

void LanePass::attend(const block::Context& c, const MatrixF& q, const MatrixF& k, const MatrixF& v, MatrixF& z, std::size_t begin,
                      std::size_t end, SweepBase::Layer* record) const
{
    const auto heads = static_cast<std::size_t>(c.heads());
    const int dh = c.config.dHead;
    const Visibility mask = c.visibility();
    parallelFor((end - begin) * heads, [&](std::size_t task) {
        const Lane& lane = m_lanes[begin + task / heads];
        const int head = static_cast<int>(task % heads), n = lane.n;
        const HeadId id{c.layer, head};
        const int column = c.kvHeadOf(head) * dh, row0 = static_cast<int>(lane.row - m_lanes[begin].row);
        const MutViewF out = z.view().block(row0, head * dh, n, dh);
        const ViewF values = v.view().block(row0, column, n, dh);
        if (record || !(isGone(lane.baseCuts, id) || isGone(lane.cuts, id))) {
            for (int q0 = 0; q0 < n; q0 += kPanelRows) {
                if (c.progress.stopped()) return;
                const int nq = std::min(kPanelRows, n - q0);
                const KeyRange keys = mask.keysOf(q0, nq, n);
                const MutViewF p = scratch(nq, keys.size());
                block::scorePanel(c, head, q, k, row0 + q0, row0 + keys.first, p, row0);
                block::hideKeys(lane.padding, keys.first, p);
                for (int i = 0; i < nq; ++i) {
                    const KeyRange seen = mask.keys(q0 + i, n);
                    float *row = p.row(i), *own = row + (seen.first - keys.first);
                    SoftmaxRow soft = softmaxRow(own, seen.size());
                    block::addSink(c, head, own, seen.size(), soft);
                    std::fill(row, own, 0.0f);
                    std::fill(own + seen.size(), row + keys.size(), 0.0f);
                }
                gemm(false, false, 1.0f, p, values.block(keys.first, 0, keys.size(), dh), 0.0f, out.block(q0, 0, nq, dh));
            }
        }
        if (record) {
            const MutViewF whole = record->z.view().block(row0, head * dh, n, dh);
            for (int r = 0; r < n; ++r) std::copy_n(out.row(r), dh, whole.row(r));
        }
        // A cut of the lane stands in for the base's cut of the same head.
        if (touches(lane.cuts, id)) applyCuts(lane.cuts, id, m_values, lane, mask, values, out);
        else if (touches(lane.baseCuts, id)) applyCuts(lane.baseCuts, id, m_values, lane, mask, values, out);
    });
}

void LanePass::join(const block::Context& c, const Lane& lane, MutViewF x) const
{
    const SweepBase::Layer& base = lane.base->layers[static_cast<std::size_t>(c.layer)];
    for (int r = 0; r < lane.n; ++r) std::copy_n(base.attended.row(r), x.cols, x.row(r));
    const std::ptrdiff_t dh = c.config.dHead;
    for (int head = 0; head < c.heads(); ++head) {
        const HeadId id{c.layer, head};
        if (!touches(lane.cuts, id)) continue;
        const ViewF z = base.z.view().block(0, head * dh, lane.n, dh);
        const ViewF v = base.v.empty() ? ViewF{} : base.v.view().block(0, c.kvHeadOf(head) * dh, lane.n, dh);
        MatrixF before = copyOf(z), after = copyOf(z);
        if (touches(lane.baseCuts, id)) applyCuts(lane.baseCuts, id, m_values, lane, c.visibility(), v, before.view());
        applyCuts(lane.cuts, id, m_values, lane, c.visibility(), v, after.view());
        for (std::ptrdiff_t i = 0; i < after.rows() * after.cols(); ++i) after.data()[i] -= before.data()[i];
        gemm(false, false, 1.0f, std::as_const(after).view(), c.weights.headO(head), 1.0f, x);
    }
}

void LanePass::joinBefore(const block::Context& c, const Lane& lane, MutViewF x, MutViewF z) const
{
    const SweepBase::Layer& base = lane.base->layers[static_cast<std::size_t>(c.layer)];
    for (int r = 0; r < lane.n; ++r) {
        std::copy_n(base.attended.row(r), x.cols, x.row(r));
        std::copy_n(base.z.row(r), z.cols, z.row(r));
    }
    const std::ptrdiff_t dh = c.config.dHead;
    for (int head = 0; head < c.heads(); ++head) {
        const HeadId id{c.layer, head};
        const bool own = touches(lane.cuts, id);
        if (!own && !touches(lane.baseCuts, id)) continue;
        const ViewF v = base.v.empty() ? ViewF{} : base.v.view().block(0, c.kvHeadOf(head) * dh, lane.n, dh);
        applyCuts(own ? lane.cuts : lane.baseCuts, id, m_values, lane, c.visibility(), v, z.block(0, head * dh, lane.n, dh));
    }
}

}  // namespace hs::sweep
