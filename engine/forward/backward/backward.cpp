// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/backward/backward.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <new>

#include "engine/forward/backward/parts.h"
#include "engine/forward/ends.h"
#include "engine/forward/forward.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

MatrixF addRows(MatrixF a, const MatrixF& b)
{
    for (std::ptrdiff_t r = 0; r < a.rows(); ++r) addTo(a.row(r), b.row(r), a.cols());
    return a;
}

/// One layer backwards: `d` is dM/d(block's output) and becomes dM/d(block's input).
class LayerBack {
public:
    LayerBack(const Run& run, const block::Context& context, const GradientRequest& request, Gradients& out)
        : m_run(run), m_context(context), m_request(request), m_out(out), m_layer(*run.layerRuns[at()]), m_kept(out.layers[at()]),
          m_config(context.config), m_weights(context.weights), m_plan(blockPlan(context.config))
    {}

    Status run(MatrixF& d)
    {
        if (wants(Site::ResidPost)) m_kept.residPost = d;
        back::cutReplaced(m_context, Site::ResidPost, d.view());
        if (Status s = again(); !s) return s;
        for (std::size_t i = m_plan.size(); i-- > 0;)
            if (Status s = stepBack(i, d); !s) return s;
        if (m_context.progress.stopped()) return Error::cancelled();
        if (wants(Site::ResidPre)) m_kept.residPre = d;
        back::cutReplaced(m_context, Site::ResidPre, d.view());
        return {};
    }

private:
    std::size_t at() const { return static_cast<std::size_t>(m_context.layer); }
    bool wants(Site site) const { return std::find(m_request.sites.begin(), m_request.sites.end(), site) != m_request.sites.end(); }
    const MatrixF& keep(MatrixF made) { return m_made.emplace_back(std::move(made)); }

    /// z after all interventions, kept or made again.
    Result<const MatrixF*> mixed()
    {
        if (!m_layer.z.empty()) return &m_layer.z;
        Result<MatrixF> z = m_run.activation("blocks." + std::to_string(m_context.layer) + ".attn.hook_z");
        if (!z) return z.error();
        return &keep(*std::move(z));
    }

    /// What attention made of the stream, from what the run kept or computed again.
    Result<const MatrixF*> written(const MatrixF& stream)
    {
        if (!m_layer.residMid.empty()) return &m_layer.residMid;
        MatrixF out = stream;
        const Result<const MatrixF*> z = mixed();
        if (!z) return z.error();
        if (!block::addAttentionOutput(m_context, (*z)->view(), out.view())) return Error::cancelled();
        if (hasMiddle(m_plan)) block::replaceRows(m_context, Site::ResidMid, out.view());
        return &keep(std::move(out));
    }

    /// Forwards once more, as far as some step still reads the stream: m_stream[i] is what step i finds.
    Status again()
    {
        std::size_t end = m_plan.size();
        while (m_plan[end - 1].kind == StepKind::Write || m_plan[end - 1].kind == StepKind::Mix) --end;
        const MatrixF* now = &m_layer.residPre;
        m_stream.assign(m_plan.size(), nullptr);
        for (std::size_t i = 0; i < end; ++i) {
            m_stream[i] = now;
            const Step& step = m_plan[i];
            if (step.kind == StepKind::Share || (step.kind == StepKind::Read && step.branch == Branch::Mlp)) {
                const BlockNorm norm = normBefore(m_plan, Branch::Mlp);
                m_forMlp = norm == BlockNorm::None ? now : &keep(block::readRows(m_context, norm, now->view()));
            } else if (step.kind == StepKind::Norm) {
                now = &keep(block::readRows(m_context, step.norm, now->view()));
            } else if (step.kind == StepKind::Write && step.branch == Branch::Attention) {
                const Result<const MatrixF*> next = written(*now);
                if (!next) return next.error();
                now = *next;
            } else if (step.kind == StepKind::Write) {
                MatrixF sum = *now;
                if (!block::addMlp(m_context, m_forMlp->view(), sum.view())) return Error::cancelled();
                now = &keep(std::move(sum));
            }
        }
        return {};
    }

    Status stepBack(std::size_t i, MatrixF& d)
    {
        const Step& step = m_plan[i];
        switch (step.kind) {
        case StepKind::Norm:
            back::normBack(m_config, *normWeights(m_weights, step.norm), m_stream[i]->view(), std::as_const(d).view(), d.view(), false);
            break;
        case StepKind::Write:
            if (step.branch == Branch::Mlp) return throughMlp(m_forMlp->view(), d, m_dMlp);
            if (hasMiddle(m_plan)) {
                if (wants(Site::ResidMid)) m_kept.residMid = d;
                back::cutReplaced(m_context, Site::ResidMid, d.view());
            }
            return attention(d, m_dAttention);
        case StepKind::Mix: break;  // its backward is part of attention's
        case StepKind::Share: m_dAttention = m_dAttention.empty() ? std::move(m_dMlp) : addRows(std::move(m_dAttention), m_dMlp); break;
        case StepKind::Read: {
            MatrixF dInput = std::move(step.branch == Branch::Attention ? m_dAttention : m_dMlp);
            if (dInput.empty()) break;  // nobody below asks for it
            if (const NormWeights* norm = normWeights(m_weights, step.norm))
                back::normBack(m_config, *norm, m_stream[i]->view(), std::as_const(dInput).view(), d.view(), true);
            else d = addRows(std::move(d), dInput);
            break;
        }
        }
        return {};
    }

    /// Derivative at the MLP's input for dOut at its output.
    Status throughMlp(ViewF input, MatrixF dOut, MatrixF& dInput)
    {
        if (wants(Site::MlpOut)) m_kept.mlpOut = dOut;
        back::cutReplaced(m_context, Site::MlpOut, dOut.view());
        if (m_config.normsOutput() && !outputNormBack(Branch::Mlp, input, dOut)) return Error::cancelled();
        dInput = MatrixF::uninitialised(dOut.rows(), dOut.cols());
        if (!back::mlpBack(m_context, input, std::as_const(dOut).view(), dInput.view())) return Error::cancelled();
        return {};
    }

    /// d at what a branch wrote becomes the derivative at what stood before the norm of its output. False when stopped.
    bool outputNormBack(Branch branch, ViewF read, MatrixF& d) const
    {
        MatrixF raw(d.rows(), d.cols());
        if (!block::addUnnormed(m_context, branch, read, raw.view())) return false;
        const NormWeights& norm = branch == Branch::Attention ? m_weights.ln1Post : m_weights.ln2Post;
        back::normBack(m_config, norm, std::as_const(raw).view(), std::as_const(d).view(), d.view(), false);
        return true;
    }

    /// From the attention output's derivative to that at what attention reads; empty when nobody below asks for it.
    Status attention(MatrixF dOut, MatrixF& dInput)
    {
        if (wants(Site::AttnOut)) m_kept.attnOut = dOut;
        back::cutReplaced(m_context, Site::AttnOut, dOut.view());
        const int heads = m_context.heads();
        if (heads == 0) return {};
        if (m_config.normsOutput()) {
            const Result<const MatrixF*> z = mixed();
            if (!z) return z.error();
            if (!outputNormBack(Branch::Attention, (*z)->view(), dOut)) return Error::cancelled();
        }
        MatrixF dz = MatrixF::uninitialised(dOut.rows(), m_layer.q.cols());
        if (!gemmParallel(false, true, 1.0f, std::as_const(dOut).view(), m_weights.wO.view(), 0.0f, dz.view(), m_context.progress))
            return Error::cancelled();
        const auto v = m_run.values(m_context.layer);
        if (!v) return v.error();
        if (Status s = gates(dz, **v); !s) return s;
        if (wants(Site::Z)) m_kept.z = dz;
        if (!mapsWanted()) return {};

        for (int h = 0; h < heads; ++h) back::zBack(m_context, h, 0, dz.view().block(0, h * m_config.dHead, dz.rows(), m_config.dHead));
        back::AttentionGradients g;
        if (!back::attentionBack(m_context, m_layer, **v, dz, m_request, g)) return Error::cancelled();
        if (wants(Site::Q)) m_kept.q = g.q;
        if (wants(Site::K)) m_kept.k = g.k;
        if (wants(Site::V)) m_kept.v = g.v;
        if (!inputsWanted()) return {};

        back::cutReplaced(m_context, Site::Q, g.q.view());
        back::cutReplaced(m_context, Site::K, g.k.view());
        back::cutReplaced(m_context, Site::V, g.v.view());
        for (std::ptrdiff_t r = 0; r < g.q.rows(); ++r)
            block::warmQuery(m_config, m_context.layer, g.q.row(r), g.q.cols(), static_cast<int>(r));
        back::rotateBack(m_context, g.q.view());
        back::rotateBack(m_context, g.k.view());
        if ((m_config.qkvClip > 0 || block::normsQk(m_context)) && !projectedBack(g)) return Error::cancelled();
        dInput = MatrixF::uninitialised(dOut.rows(), dOut.cols());
        if (m_weights.latent) {
            const MatrixF input = block::attentionInput(m_context, m_layer.residPre.view());
            const block::Projected d{std::move(g.q), std::move(g.k), std::move(g.v)};
            return block::latentBack(m_context, input.view(), d, dInput.view()) ? Status{} : Error::cancelled();
        }
        const auto into = [&](const MatrixF& part, const MatrixF& w, float beta) {
            return gemmParallel(false, true, 1.0f, part.view(), w.view(), beta, dInput.view(), m_context.progress);
        };
        if (!into(g.q, m_weights.wQ, 0.0f) || !into(g.k, m_weights.wK, 1.0f) || !into(g.v, m_weights.wV, 1.0f)) return Error::cancelled();
        return {};
    }

    /// Through the clip and the norms of queries and keys. What a clip held does not depend on what it came from: its derivative becomes
    /// 0. False when stopped.
    bool projectedBack(back::AttentionGradients& g) const
    {
        const MatrixF input = block::attentionInput(m_context, m_layer.residPre.view()),
                      placed = block::withPositions(m_context, input.view());
        const block::Projected raw = block::projectRaw(m_context, placed.empty() ? input.view() : placed.view(), input.view());
        if (m_context.progress.stopped()) return false;
        if (m_config.qkvClip > 0) {
            MatrixF q = raw.q, k = raw.k;
            block::normQk(m_context, m_weights.qNorm, q.view());
            block::normQk(m_context, m_weights.kNorm, k.view());
            const auto most = static_cast<float>(m_config.qkvClip);
            for (const auto& [d, x] :
                 {std::pair<MatrixF*, const MatrixF*>{&g.q, &q}, std::pair<MatrixF*, const MatrixF*>{&g.k, &k}, {&g.v, &raw.v}})
                for (std::ptrdiff_t i = 0; i < d->rows() * d->cols(); ++i)
                    if (!(std::abs(x->data()[i]) <= most)) d->data()[i] = 0.0f;
        }
        if (!block::normsQk(m_context)) return true;
        back::qkNormBack(m_context, m_weights.qNorm, raw.q.view(), g.q.view());
        back::qkNormBack(m_context, m_weights.kNorm, raw.k.view(), g.k.view());
        return true;
    }

    bool inputsWanted() const { return m_context.layer > m_request.firstLayer || wants(Site::ResidPre); }
    bool mapsWanted() const
    {
        return inputsWanted() || wants(Site::Q) || wants(Site::K) || wants(Site::V)
               || std::any_of(m_request.panelHeads.begin(), m_request.panelHeads.end(),
                              [&](HeadId h) { return h.layer == m_context.layer; });
    }

    /// dz: derivatives after all interventions.
    Status gates(const MatrixF& dz, const MatrixF& v)
    {
        if (!m_request.gates && !m_request.gatesByPosition) return {};
        const int heads = m_context.heads(), dh = m_config.dHead;
        MatrixF own;
        if (m_layer.z.empty()) {
            Result<MatrixF> made = m_run.activation("blocks." + std::to_string(m_context.layer) + ".attn.hook_z");
            if (!made) return made.error();
            own = *std::move(made);
        }
        const MatrixF& z = m_layer.z.empty() ? own : m_layer.z;
        MatrixF byPosition(heads, dz.rows());
        std::vector<double>& all = m_out.gates[at()];
        all.assign(static_cast<std::size_t>(heads), 0.0);
        for (int h = 0; h < heads; ++h)
            for (std::ptrdiff_t r = 0; r < dz.rows(); ++r) {
                double sum = 0;
                for (int i = 0; i < dh; ++i) sum += static_cast<double>(dz(r, h * dh + i)) * static_cast<double>(z(r, h * dh + i));
                byPosition(h, r) = static_cast<float>(sum);
                all[static_cast<std::size_t>(h)] += sum;
            }
        if (m_request.gatesByPosition) m_out.positionGates[at()] = std::move(byPosition);
        if (!m_request.gates) return {};
        return scaleGates(dz, v);
    }

    Status scaleGates(const MatrixF& dz, const MatrixF& v)
    {
        const int heads = m_context.heads(), dh = m_config.dHead;
        std::vector<double>& all = m_out.scaleGates[at()];
        all = m_out.gates[at()];
        MatrixF mix;
        for (int h = 0; h < heads; ++h) {
            if (back::lastScale(m_context, h) == m_context.interventions.size()) continue;
            if (mix.empty()) {  // z before any intervention on it
                Interventions onPattern;
                for (const Intervention& i : m_context.interventions)
                    if (i.kind == InterventionKind::KnockOutEdges || i.kind == InterventionKind::ClampEdges
                        || i.kind == InterventionKind::ForceRow || (i.kind == InterventionKind::Replace && i.site == Site::Pattern))
                        onPattern.push_back(i);
                mix = MatrixF::uninitialised(dz.rows(), dz.cols());
                LayerRun unused;
                if (!block::attend({m_config, m_weights, m_context.layer, onPattern, m_context.padding, nullptr, false, m_context.progress},
                                   m_layer.q, m_layer.k, v, mix, unused))
                    return Error::cancelled();
            }
            all[static_cast<std::size_t>(h)] = back::scaleGate(m_context, h, dz.view().block(0, h * dh, dz.rows(), dh),
                                                               std::as_const(mix).view().block(0, h * dh, dz.rows(), dh));
        }
        return {};
    }

    const Run& m_run;
    const block::Context& m_context;
    const GradientRequest& m_request;
    Gradients& m_out;
    const LayerRun& m_layer;
    LayerGradients& m_kept;
    const ModelConfig& m_config;
    const LayerWeights& m_weights;
    const BlockPlan m_plan;
    std::deque<MatrixF> m_made;            ///< streams and inputs that the run did not keep
    std::vector<const MatrixF*> m_stream;  ///< [plan] before each step; null: nobody reads it
    const MatrixF* m_forMlp = nullptr;     ///< what the MLP reads
    MatrixF m_dAttention, m_dMlp;          ///< derivatives at what the branches read
};

Status check(const Run& run, const Metric& metric, const GradientRequest& request)
{
    const ModelConfig& config = run.model->config();
    if (!run.complete) return Error::argument("run");
    if (request.firstLayer < 0 || request.firstLayer >= config.nLayers)
        return Error::argument("layer", std::to_string(request.firstLayer), "0 .. " + std::to_string(config.nLayers - 1));
    for (int l = request.firstLayer; l < config.nLayers; ++l)
        if (run.layerRuns[static_cast<std::size_t>(l)]->residPre.empty()) return Error::argument("residuals");
    for (const Site site : request.sites)
        if (site == Site::Pattern || !hasSite(config, site)) return Error::argument("site", siteName(site));
    for (const HeadId h : request.panelHeads)
        if (h.layer < request.firstLayer || h.layer >= config.nLayers || h.head < 0 || h.head >= config.heads(h.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(h));
    return checkMetric(metric, *run.model, *run.prompt, run.padding);
}

Result<Gradients> layersBack(const Run& run, const Metric& metric, const GradientRequest& request, const Progress& progress)
{
    const ModelConfig& config = run.model->config();
    Result<back::LossHead> head = back::lossHead(run, metric, progress);
    if (!head) return head.error();
    Gradients out;
    out.value = head->value;
    const auto layers = static_cast<std::size_t>(config.nLayers);
    out.layers.resize(layers);
    if (request.gates || request.gatesByPosition) out.gates.resize(layers);
    if (request.gates) out.scaleGates.resize(layers);
    if (request.gatesByPosition) out.positionGates.resize(layers);
    MatrixF d = std::move(head->dResid);
    const Rotations rotations(config, static_cast<int>(d.rows()));
    const auto positions = positionsForQk(*run.model, progress);
    if (!positions) return positions.error();
    for (int l = config.nLayers - 1; l >= request.firstLayer; --l) {
        progress.report(Stage::Backward, config.nLayers - 1 - l, config.nLayers - request.firstLayer);
        if (!progress.checkpoint()) return Error::cancelled();
        const auto weights = run.model->layer(l, progress);
        if (!weights) return weights.error();
        const block::Context context{config,
                                     **weights,
                                     l,
                                     run.interventions,
                                     run.padding,
                                     &rotations.of(config, l),
                                     false,
                                     progress,
                                     *positions ? &(*positions)->wPos : nullptr};
        if (Status s = LayerBack(run, context, request, out).run(d); !s) return s.error();
        if (!allFinite(d.data(), d.rows() * d.cols())) return Error::of(ErrorCode::NotFinite, "gradient of blocks." + std::to_string(l));
    }
    progress.report(Stage::Backward, config.nLayers - request.firstLayer, config.nLayers - request.firstLayer);
    return out;
}

}  // namespace

const MatrixF& LayerGradients::at(Site site) const
{
    switch (site) {
    case Site::ResidPre: return residPre;
    case Site::ResidMid: return residMid;
    case Site::ResidPost: return residPost;
    case Site::AttnOut: return attnOut;
    case Site::MlpOut: return mlpOut;
    case Site::Z: return z;
    case Site::Q: return q;
    case Site::K: return k;
    case Site::V: return v;
    case Site::Pattern: break;
    }
    static const MatrixF none;
    return none;
}

Result<Gradients> backward(const Run& run, const Metric& metric, const GradientRequest& request, const Progress& progress)
{
    if (Status s = check(run, metric, request); !s) return s.error();
    try {
        return layersBack(run, metric, request, progress);
    } catch (const std::bad_alloc&) {
        return Error::of(ErrorCode::OutOfMemory);
    }
}

Result<Gradients> gradientsOf(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt,
                              const Interventions& interventions, const Metric& metric, const GradientRequest& request,
                              const Progress& progress)
{
    ForwardOptions options;
    options.interventions = interventions;
    options.stats = false;
    options.logits = metric.kind != MetricKind::LogitDifference;
    const auto run = forward(model, prompt, options, progress);
    if (!run) return run.error();
    return backward(**run, metric, request, progress);
}

}  // namespace hs
