// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/backward/backward.h"

#include <algorithm>
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
          m_config(context.config), m_weights(context.weights)
    {
    }

    Status run(MatrixF& d)
    {
        if (wants(Site::ResidPost)) m_kept.residPost = d;
        back::cutReplaced(m_context, Site::ResidPost, d.view());
        const bool post = m_config.normPlace == NormPlace::Post, mlp = !m_config.attnOnly;
        Status status = mlp && m_config.parallelAttnMlp ? parallel(d, post) : post ? postNorm(d, mlp) : preNorm(d, mlp);
        if (!status) return status;
        if (m_context.progress.stopped()) return Error::cancelled();
        if (wants(Site::ResidPre)) m_kept.residPre = d;
        back::cutReplaced(m_context, Site::ResidPre, d.view());
        return {};
    }

private:
    std::size_t at() const { return static_cast<std::size_t>(m_context.layer); }
    bool wants(Site site) const { return std::find(m_request.sites.begin(), m_request.sites.end(), site) != m_request.sites.end(); }
    ViewF x() const { return m_layer.residPre.view(); }

    Result<MatrixF> mid() const
    {
        if (!m_layer.residMid.empty()) return MatrixF(m_layer.residMid);
        MatrixF out = m_layer.residPre;
        const Result<MatrixF> z = m_run.activation("blocks." + std::to_string(m_context.layer) + ".attn.hook_z");
        if (!z) return z.error();
        if (!block::addAttentionOutput(m_context, z->view(), out.view())) return Error::cancelled();
        if (m_config.attnOnly || !m_config.parallelAttnMlp) block::replaceRows(m_context, Site::ResidMid, out.view());
        return out;
    }

    /// Derivative at the MLP's input for dOut at its output.
    Status throughMlp(ViewF input, MatrixF dOut, MatrixF& dInput)
    {
        if (wants(Site::MlpOut)) m_kept.mlpOut = dOut;
        back::cutReplaced(m_context, Site::MlpOut, dOut.view());
        dInput = MatrixF::uninitialised(dOut.rows(), dOut.cols());
        if (!back::mlpBack(m_context, input, std::as_const(dOut).view(), dInput.view())) return Error::cancelled();
        return {};
    }

    Status preNorm(MatrixF& d, bool mlp)
    {
        if (mlp) {
            const Result<MatrixF> middle = mid();
            if (!middle) return middle.error();
            MatrixF input = MatrixF::uninitialised(d.rows(), d.cols()), dInput;
            block::normRows(m_config, m_weights.ln2, middle->view(), input.view());
            if (Status s = throughMlp(std::as_const(input).view(), d, dInput); !s) return s;
            back::normBack(m_config, m_weights.ln2, middle->view(), std::as_const(dInput).view(), d.view(), true);
        }
        if (wants(Site::ResidMid)) m_kept.residMid = d;
        back::cutReplaced(m_context, Site::ResidMid, d.view());
        MatrixF dInput;
        if (Status s = attention(d, dInput); !s) return s;
        if (!dInput.empty()) back::normBack(m_config, m_weights.ln1, x(), std::as_const(dInput).view(), d.view(), true);
        return {};
    }

    Status postNorm(MatrixF& d, bool mlp)
    {
        const Result<MatrixF> middle = mid();
        if (!middle) return middle.error();
        if (mlp) {
            MatrixF normed = MatrixF::uninitialised(d.rows(), d.cols()), dInput;
            block::normRows(m_config, m_weights.ln1, middle->view(), normed.view());
            MatrixF sum = normed;  // what ln2 read: the run does not keep it
            if (!block::addMlp(m_context, std::as_const(normed).view(), sum.view())) return Error::cancelled();
            back::normBack(m_config, m_weights.ln2, std::as_const(sum).view(), std::as_const(d).view(), d.view(), false);
            if (Status s = throughMlp(std::as_const(normed).view(), d, dInput); !s) return s;
            d = addRows(std::move(d), dInput);
        }
        back::normBack(m_config, m_weights.ln1, middle->view(), std::as_const(d).view(), d.view(), false);
        if (wants(Site::ResidMid)) m_kept.residMid = d;
        back::cutReplaced(m_context, Site::ResidMid, d.view());
        MatrixF dInput;
        if (Status s = attention(d, dInput); !s) return s;
        if (!dInput.empty()) d = addRows(std::move(d), dInput);
        return {};
    }

    Status parallel(MatrixF& d, bool post)
    {
        const bool own = !post && !m_config.parallelSharedNorm;  // the MLP has a norm of its own
        MatrixF input(x().rows, x().cols);
        if (post) input = m_layer.residPre;
        else block::normRows(m_config, own ? m_weights.ln2 : m_weights.ln1, x(), input.view());
        if (post) {
            Result<MatrixF> sum = mid();
            if (!sum) return sum.error();
            if (!block::addMlp(m_context, std::as_const(input).view(), sum->view())) return Error::cancelled();
            back::normBack(m_config, m_weights.ln1, std::as_const(*sum).view(), std::as_const(d).view(), d.view(), false);
        }
        MatrixF dMlp, dAttention;
        if (Status s = throughMlp(std::as_const(input).view(), d, dMlp); !s) return s;
        if (Status s = attention(d, dAttention); !s) return s;
        if (own) back::normBack(m_config, m_weights.ln2, x(), std::as_const(dMlp).view(), d.view(), true);
        else dAttention = dAttention.empty() ? std::move(dMlp) : addRows(std::move(dAttention), dMlp);
        if (dAttention.empty()) return {};
        if (post) d = addRows(std::move(d), dAttention);
        else back::normBack(m_config, m_weights.ln1, x(), std::as_const(dAttention).view(), d.view(), true);
        return {};
    }

    /// From the attention output's derivative to that at what attention reads; empty when nobody below asks for it.
    Status attention(MatrixF dOut, MatrixF& dInput)
    {
        if (wants(Site::AttnOut)) m_kept.attnOut = dOut;
        back::cutReplaced(m_context, Site::AttnOut, dOut.view());
        const int heads = m_context.heads();
        if (heads == 0) return {};
        MatrixF dz = MatrixF::uninitialised(dOut.rows(), m_layer.q.cols());
        if (!gemmParallel(false, true, 1.0f, std::as_const(dOut).view(), m_weights.wO.view(), 0.0f, dz.view(), m_context.progress))
            return Error::cancelled();
        const auto v = m_run.values(m_context.layer);
        if (!v) return v.error();
        if (Status s = gates(dz, **v); !s) return s;
        if (wants(Site::Z)) m_kept.z = dz;
        if (!mapsWanted()) return {};

        for (int h = 0; h < heads; ++h)
            back::zBack(m_context, h, 0, dz.view().block(0, h * m_config.dHead, dz.rows(), m_config.dHead));
        back::AttentionGradients g;
        if (!back::attentionBack(m_context, m_layer, **v, dz, m_request, g)) return Error::cancelled();
        if (wants(Site::Q)) m_kept.q = g.q;
        if (wants(Site::K)) m_kept.k = g.k;
        if (wants(Site::V)) m_kept.v = g.v;
        if (!inputsWanted()) return {};

        back::cutReplaced(m_context, Site::Q, g.q.view());
        back::cutReplaced(m_context, Site::K, g.k.view());
        back::cutReplaced(m_context, Site::V, g.v.view());
        back::rotateBack(m_context, g.q.view());
        back::rotateBack(m_context, g.k.view());
        dInput = MatrixF::uninitialised(dOut.rows(), dOut.cols());
        const auto into = [&](const MatrixF& part, const MatrixF& w, float beta) {
            return gemmParallel(false, true, 1.0f, part.view(), w.view(), beta, dInput.view(), m_context.progress);
        };
        if (!into(g.q, m_weights.wQ, 0.0f) || !into(g.k, m_weights.wK, 1.0f) || !into(g.v, m_weights.wV, 1.0f))
            return Error::cancelled();
        return {};
    }

    bool inputsWanted() const { return m_context.layer > m_request.firstLayer || wants(Site::ResidPre); }
    bool mapsWanted() const
    {
        return inputsWanted() || wants(Site::Q) || wants(Site::K) || wants(Site::V)
            || std::any_of(m_request.panelHeads.begin(), m_request.panelHeads.end(), [&](HeadId h) { return h.layer == m_context.layer; });
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
                    if (i.kind == InterventionKind::KnockOutEdges || i.kind == InterventionKind::ClampEdges || i.kind == InterventionKind::ForceRow
                        || (i.kind == InterventionKind::Replace && i.site == Site::Pattern))
                        onPattern.push_back(i);
                mix = MatrixF::uninitialised(dz.rows(), dz.cols());
                LayerRun unused;
                if (!block::attend({m_config, m_weights, m_context.layer, onPattern, m_context.padding, nullptr, false, m_context.progress}, m_layer.q,
                                   m_layer.k, v, mix, unused))
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
            return Error{ErrorCode::HeadOutOfRange, {}, headName(h), {}, {}};
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
    const RotaryTable rotary = makeRotary(config, static_cast<int>(d.rows()));
    for (int l = config.nLayers - 1; l >= request.firstLayer; --l) {
        progress.report(Stage::Backward, config.nLayers - 1 - l, config.nLayers - request.firstLayer);
        if (!progress.checkpoint()) return Error::cancelled();
        const auto weights = run.model->layer(l, progress);
        if (!weights) return weights.error();
        const block::Context context{config, **weights, l, run.interventions, run.padding, &rotary, false, progress};
        if (Status s = LayerBack(run, context, request, out).run(d); !s) return s.error();
        if (!allFinite(d.data(), d.rows() * d.cols())) return Error{ErrorCode::NotFinite, {}, "gradient of blocks." + std::to_string(l), {}, {}};
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
        return Error{ErrorCode::OutOfMemory, {}, {}, {}, {}};
    }
}

Result<Gradients> gradientsOf(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt,
                              const Interventions& interventions, const Metric& metric, const GradientRequest& request, const Progress& progress)
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
