// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/block.h"

#include <algorithm>
#include <utility>

#include "engine/base/parallel.h"
#include "engine/tensor/gemm.h"

namespace hs::block {
namespace {

constexpr std::ptrdiff_t kRowsPerTask = 32;

const float* orNull(const std::vector<float>& v) { return v.empty() ? nullptr : v.data(); }

std::string shapeText(std::ptrdiff_t rows, std::ptrdiff_t cols) { return std::to_string(rows) + " x " + std::to_string(cols); }

void addBias(const std::vector<float>& bias, MutViewF tile, std::ptrdiff_t col0)
{
    if (bias.empty()) return;
    for (std::ptrdiff_t r = 0; r < tile.rows; ++r) addTo(tile.row(r), bias.data() + col0, tile.cols);
}

GemmProduct projection(ViewF w, const std::vector<float>& bias, MutViewF out)
{
    return {w, out, [&bias](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) { addBias(bias, tile, col0); }};
}

void rotateRows(const Context& c, MatrixF& out)
{
    if (!c.rotary || c.rotary->dim() <= 0) return;
    const int dh = c.config.dHead;
    const auto tasks = static_cast<std::size_t>((out.rows() + kRowsPerTask - 1) / kRowsPerTask);
    parallelFor(tasks, [&](std::size_t task) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(task) * kRowsPerTask;
        for (std::ptrdiff_t r = first; r < std::min(first + kRowsPerTask, out.rows()); ++r)
            for (std::ptrdiff_t h = 0; h * dh < out.cols(); ++h) c.rotary->rotate(out.row(r) + h * dh, static_cast<int>(r));
    });
}

Status checkMatrix(const std::string& name, const MatrixF& m, std::ptrdiff_t rows, std::ptrdiff_t cols)
{
    if (m.rows() == rows && m.cols() == cols) return {};
    return Error::shape(name, shapeText(m.rows(), m.cols()), shapeText(rows, cols));
}

Status checkVector(const std::string& name, const std::vector<float>& v, std::ptrdiff_t n)
{
    if (v.empty() || static_cast<std::ptrdiff_t>(v.size()) == n) return {};
    return Error::shape(name, std::to_string(v.size()), std::to_string(n));
}

Status checkLatent(const Context& c, const std::string& at)
{
    const LatentWeights& w = *c.weights.latent;
    const std::ptrdiff_t d = c.config.dModel, wide = std::ptrdiff_t(c.heads()) * c.config.dHead, r = c.config.rotaryDim;
    const std::ptrdiff_t q = c.config.latentQ, kv = c.config.latentKv;
    for (const Status& status :
         {checkMatrix(at + "latent/q_down", w.qDown, q > 0 ? d : 0, q), checkMatrix(at + "latent/q_up", w.qUp, q, q > 0 ? wide : 0),
          checkMatrix(at + "latent/kv_down", w.kvDown, d, kv + r), checkMatrix(at + "latent/k_up", w.kUp, kv, wide),
          checkMatrix(at + "latent/v_up", w.vUp, kv, wide), checkVector(at + "latent/q_norm", w.qNorm.w, q),
          checkVector(at + "latent/kv_norm", w.kvNorm.w, kv), checkVector(at + "latent/b_q_down", w.bQDown, q),
          checkVector(at + "latent/b_kv_down", w.bKvDown, kv + r)})
        if (!status) return status;
    return {};
}

Status checkExperts(const Context& c, const std::string& at)
{
    const std::ptrdiff_t d = c.config.dModel, count = c.config.routing.count, f = c.config.dExpert;
    if (!c.weights.experts) return Error::of(ErrorCode::TensorMissing, at + "experts/W_in");
    const ExpertWeights& e = *c.weights.experts;
    for (const Status& status :
         {checkMatrix(at + "experts/router", e.router, d, count), checkVector(at + "experts/b_router", e.bRouter, count),
          checkVector(at + "experts/b_choice", e.bChoice, count), checkMatrix(at + "experts/W_gate", e.wGate, count * d, f),
          checkMatrix(at + "experts/W_in", e.wIn, count * d, f), checkMatrix(at + "experts/W_out", e.wOut, count * f, d),
          checkVector(at + "experts/b_gate", e.bGate, count * f), checkVector(at + "experts/b_in", e.bIn, count * f),
          checkVector(at + "experts/b_out", e.bOut, count * d)})
        if (!status) return status;
    return e.sharedGate.empty() ? Status{} : checkMatrix(at + "experts/shared_gate", e.sharedGate, d, 1);
}

}  // namespace

Status checkShapes(const Context& c)
{
    const LayerWeights& w = c.weights;
    const std::ptrdiff_t d = c.config.dModel, dh = c.config.dHead, f = c.config.mlpWidth(c.layer);
    const std::ptrdiff_t heads = c.heads() * dh, kv = c.kvHeads() * dh;
    const std::string at = "layers/" + std::to_string(c.layer) + "/";
    const auto matrix = [&](const char* name, const MatrixF& m, std::ptrdiff_t rows, std::ptrdiff_t cols) {
        return checkMatrix(at + name, m, rows, cols);
    };
    const auto vector = [&](const char* name, const std::vector<float>& v, std::ptrdiff_t n) { return checkVector(at + name, v, n); };
    const auto norm = [&](const std::string& name, const NormWeights& v, std::ptrdiff_t n) -> Status {
        const Status gain = vector((name + "/w").c_str(), v.w, n);
        return gain ? vector((name + "/b").c_str(), v.b, n) : gain;
    };
    std::vector<Status> all{matrix("attn/W_Q", w.wQ, d, heads),
                            matrix("attn/W_K", w.wK, d, kv),
                            matrix("attn/W_V", w.wV, d, kv),
                            matrix("attn/W_O", w.wO, heads, d),
                            w.latent ? checkLatent(c, at) : Status{},
                            w.sinks.empty() == !c.config.sinks || c.heads() == 0
                                ? vector("attn/sinks", w.sinks, c.heads())
                                : Status(Error::of(ErrorCode::TensorMissing, at + "attn/sinks")),
                            vector("attn/b_Q", w.bQ, heads),
                            vector("attn/b_K", w.bK, kv),
                            vector("attn/b_V", w.bV, kv),
                            vector("attn/b_O", w.bO, d),
                            norm("ln1", w.ln1, d),
                            norm("ln2", w.ln2, d),
                            norm("ln1_post", w.ln1Post, d),
                            norm("ln2_post", w.ln2Post, d),
                            norm("attn/q_norm", w.qNorm, heads),
                            norm("attn/k_norm", w.kNorm, kv)};
    if (c.config.hasExperts(c.layer))
        if (const Status status = checkExperts(c, at); !status) return status;
    if (f > 0 || !(c.config.attnOnly || c.config.hasExperts(c.layer))) {
        all.push_back(matrix("mlp/W_in", w.wIn, d, f));
        all.push_back(matrix("mlp/W_out", w.wOut, f, d));
        if (c.config.gatedMlp) all.push_back(matrix("mlp/W_gate", w.wGate, d, f));
        all.push_back(vector("mlp/b_in", w.bIn, f));
        all.push_back(vector("mlp/b_gate", w.bGate, f));
        all.push_back(norm("mlp/ln", w.lnMlp, f));
        all.push_back(vector("mlp/b_out", w.bOut, d));
    }
    for (const Status& status : all)
        if (!status) return status;
    return {};
}

void normRows(const ModelConfig& config, const NormWeights& norm, ViewF x, MutViewF out)
{
    const auto tasks = static_cast<std::size_t>((x.rows + kRowsPerTask - 1) / kRowsPerTask);
    parallelFor(tasks, [&](std::size_t task) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(task) * kRowsPerTask;
        for (std::ptrdiff_t r = first; r < std::min(first + kRowsPerTask, x.rows); ++r) {
            switch (norm.none ? NormKind::None : config.norm) {
            case NormKind::LayerNorm: layerNorm(out.row(r), x.row(r), orNull(norm.w), orNull(norm.b), x.cols, config.eps); break;
            case NormKind::RmsNorm: rmsNorm(out.row(r), x.row(r), orNull(norm.w), orNull(norm.b), x.cols, config.eps); break;
            case NormKind::None:
                if (out.row(r) != x.row(r)) std::copy_n(x.row(r), x.cols, out.row(r));
                break;
            }
        }
    });
}

bool addNormed(const Context& c, Branch branch, MutViewF out, const std::function<bool(MutViewF)>& add)
{
    if (!c.config.normsOutput()) return add(out);
    MatrixF part(out.rows, out.cols);
    if (!add(part.view())) return false;
    normRows(c.config, branch == Branch::Attention ? c.weights.ln1Post : c.weights.ln2Post, std::as_const(part).view(), part.view());
    for (std::ptrdiff_t r = 0; r < out.rows; ++r) addTo(out.row(r), part.row(r), out.cols);
    return true;
}

bool normsQk(const Context& c)
{
    return c.config.qkNorm != QkNorm::None && (c.config.qkNorm != QkNorm::RmsTurned || c.config.normsTurned(c.layer));
}

void normQk(const Context& c, const NormWeights& norm, MutViewF x)
{
    if (!normsQk(c)) return;
    const std::ptrdiff_t width = c.config.qkNorm == QkNorm::RmsWidth ? x.cols : c.config.dHead;
    const auto tasks = static_cast<std::size_t>((x.rows + kRowsPerTask - 1) / kRowsPerTask);
    const bool centred = c.config.qkNorm == QkNorm::LnHeads;
    parallelFor(tasks, [&](std::size_t task) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(task) * kRowsPerTask;
        for (std::ptrdiff_t r = first; r < std::min(first + kRowsPerTask, x.rows); ++r)
            for (std::ptrdiff_t at = 0; at < x.cols; at += width) {
                const float *w = norm.w.empty() ? nullptr : norm.w.data() + at, *b = norm.b.empty() ? nullptr : norm.b.data() + at;
                (centred ? layerNorm : rmsNorm)(x.row(r) + at, x.row(r) + at, w, b, width, c.config.eps);
            }
    });
}

bool attentionOutput(const Context& c, ViewF z, MutViewF out)
{
    return addNormed(c, Branch::Attention, out, [&](MutViewF part) {
        return gemmParallel(false, false, 1.0f, z, c.weights.wO.view(), 1.0f, part, c.progress,
                            [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) { addBias(c.weights.bO, tile, col0); });
    });
}

MatrixF readRows(const Context& c, BlockNorm norm, ViewF stream)
{
    MatrixF out = MatrixF::uninitialised(stream.rows, stream.cols);
    if (const NormWeights* w = normWeights(c.weights, norm)) normRows(c.config, *w, stream, out.view());
    else
        for (std::ptrdiff_t r = 0; r < stream.rows; ++r) std::copy_n(stream.row(r), stream.cols, out.row(r));
    return out;
}

MatrixF attentionInput(const Context& c, ViewF resid) { return readRows(c, normBefore(blockPlan(c.config), Branch::Attention), resid); }

void clipInPlace(const ModelConfig& config, MutViewF x)
{
    if (!(config.qkvClip > 0)) return;
    const auto most = static_cast<float>(config.qkvClip);
    for (std::ptrdiff_t r = 0; r < x.rows; ++r)
        for (float* v = x.row(r); v != x.row(r) + x.cols; ++v) *v = std::min(std::max(*v, -most), most);
}

MatrixF withPositions(const Context& c, ViewF input)
{
    if (!c.positions) return {};
    MatrixF out = MatrixF::uninitialised(input.rows, input.cols);
    for (std::ptrdiff_t r = 0; r < input.rows; ++r) {
        std::copy_n(input.row(r), input.cols, out.row(r));
        addTo(out.row(r), c.positions->row(r), input.cols);
    }
    return out;
}

Projected projectRaw(const Context& c, ViewF forQk, ViewF input)
{
    const LayerWeights& w = c.weights;
    if (w.latent) return projectLatent(c, input);
    Projected out{MatrixF::uninitialised(input.rows, w.wQ.cols()), MatrixF::uninitialised(input.rows, w.wK.cols()),
                  MatrixF::uninitialised(input.rows, w.wV.cols())};
    const GemmProduct q = projection(w.wQ.view(), w.bQ, out.q.view()), k = projection(w.wK.view(), w.bK, out.k.view()),
                      v = projection(w.wV.view(), w.bV, out.v.view());
    if (forQk.data == input.data) {
        gemmParallel(input, {q, k, v}, c.progress);
    } else {
        gemmParallel(forQk, {q, k}, c.progress);
        gemmParallel(input, {v}, c.progress);
    }
    return out;
}

Projected project(const Context& c, ViewF forQk, ViewF input)
{
    Projected out = projectRaw(c, forQk, input);
    normQk(c, c.weights.qNorm, out.q.view());
    normQk(c, c.weights.kNorm, out.k.view());
    for (MatrixF* m : {&out.q, &out.k, &out.v}) clipInPlace(c.config, m->view());
    return out;
}

Projected project(const Context& c, ViewF input)
{
    const MatrixF placed = withPositions(c, input);
    Projected out = project(c, placed.empty() ? input : placed.view(), input);
    rotateRows(c, out.q);
    rotateRows(c, out.k);
    for (std::ptrdiff_t r = 0; r < out.q.rows(); ++r) warmQuery(c.config, c.layer, out.q.row(r), out.q.cols(), static_cast<int>(r));
    replaceRows(c, Site::Q, out.q.view());
    replaceRows(c, Site::K, out.k.view());
    replaceRows(c, Site::V, out.v.view());
    return out;
}

MatrixF projectV(const Context& c, ViewF input)
{
    MatrixF v = MatrixF::uninitialised(input.rows, c.weights.wV.cols());
    if (c.weights.latent) v = projectLatent(c, input).v;
    else gemmParallel(input, {projection(c.weights.wV.view(), c.weights.bV, v.view())}, c.progress);
    clipInPlace(c.config, v.view());
    replaceRows(c, Site::V, v.view());
    return v;
}

void warmQuery(const ModelConfig& config, int layer, float* q, std::ptrdiff_t n, int position)
{
    const auto factor = static_cast<float>(config.temperature(layer, position));
    for (std::ptrdiff_t i = 0; i < n && factor != 1; ++i) q[i] *= factor;
}

bool addAttentionOutput(const Context& c, ViewF z, MutViewF out)
{
    if (replaces(c, Site::AttnOut)) return addReplaced(c, Site::AttnOut, out, [&](MutViewF part) { return attentionOutput(c, z, part); });
    return attentionOutput(c, z, out);
}

namespace {

/// Mix: q, k, v and z of all heads from what attention reads. `readAgain`: the MLP shares it; else it goes once it is projected, before
/// the memory for z is taken.
bool mix(const Context& c, MatrixF& input, bool readAgain, LayerRun& out, const Keep& keep)
{
    const std::ptrdiff_t rows = input.rows();
    Projected projected = project(c, std::as_const(input).view());
    out.q = std::move(projected.q);
    out.k = std::move(projected.k);
    out.v = std::move(projected.v);
    out.places = c.weights.places;
    out.sinks = c.weights.sinks;
    if (c.progress.stopped()) return false;
    if (!readAgain) input = {};
    out.z = MatrixF::uninitialised(rows, out.q.cols());
    if (!attend(c, out.q, out.k, out.v, out.z, out)) return false;
    if (!keep.values) out.v = {};
    return true;
}

bool runParts(const Context& c, MatrixF& x, LayerRun& out, const Keep& keep)
{
    const BlockPlan plan = blockPlan(c.config);
    const bool middle = hasMiddle(plan);
    replaceRows(c, Site::ResidPre, x.view());
    if (keep.resid) out.residPre = x;
    MatrixF forAttention, forMlp;  // what the branches read; long prompts: each goes as soon as it has been
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const Step& step = plan[i];
        switch (step.kind) {
        case StepKind::Read:
            (step.branch == Branch::Attention ? forAttention : forMlp) = readRows(c, step.norm, std::as_const(x).view());
            break;
        case StepKind::Share: forMlp = std::exchange(forAttention, {}); break;
        case StepKind::Mix:
            if (!mix(c, forAttention, plan[i + 1].kind == StepKind::Share, out, keep)) return false;
            break;
        case StepKind::Write:
            if (step.branch == Branch::Mlp) {
                if (!addMlp(c, std::as_const(forMlp).view(), x.view())) return false;
                forMlp = {};
                break;
            }
            if (!addAttentionOutput(c, std::as_const(out.z).view(), x.view())) return false;
            if (!keep.z) out.z = {};
            if (middle) replaceRows(c, Site::ResidMid, x.view());
            if (keep.mid) out.residMid = x;
            break;
        case StepKind::Norm: normRows(c.config, *normWeights(c.weights, step.norm), std::as_const(x).view(), x.view()); break;
        }
    }
    return true;
}

}  // namespace

bool run(const Context& c, MatrixF& x, LayerRun& out, const Keep& keep)
{
    if (!runParts(c, x, out, keep)) return false;
    replaceRows(c, Site::ResidPost, x.view());
    return true;
}

}  // namespace hs::block
