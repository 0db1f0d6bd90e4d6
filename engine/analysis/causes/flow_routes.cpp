// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/flow_routes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/analysis/causes/kept_share.h"
#include "engine/base/parallel.h"
#include "engine/forward/row_parts.h"
#include "engine/model/block_plan.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

constexpr double kLeastShare = 1e-5;

double norm1(const float* x, std::ptrdiff_t d)
{
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < d; ++i) sum += std::abs(static_cast<double>(x[i]));
    return sum;
}

/// max(|y| - |y - scale * f|, eps).
double closeness(const float* y, double whole, const float* f, double scale, std::ptrdiff_t d)
{
    double rest = 0;
    for (std::ptrdiff_t i = 0; i < d; ++i) rest += std::abs(static_cast<double>(y[i]) - scale * static_cast<double>(f[i]));
    return std::max(whole - rest, kLeastShare);
}

/// Shares of one attention sum.
struct AttentionShares {
    double residual = 0, bias = 0;
    std::vector<std::vector<double>> heads;  ///< [H][keys]
};

class Tracer {
public:
    Tracer(const Run& run, const FlowOptions& options, const Progress& progress)
        : m_run(run), m_config(run.model->config()), m_progress(progress)
    {
        m_out.options = options;
        m_out.headWeight.resize(static_cast<std::size_t>(m_config.nLayers));
        m_out.biasWeight.resize(m_out.headWeight.size());
    }

    Result<FlowRoutes> trace()
    {
        const int layers = m_config.nLayers;
        node(m_config.attnOnly ? FlowNode::Kind::Mid : FlowNode::Kind::Post, layers - 1, m_out.options.position);
        for (int l = layers - 1; l >= 0; --l) {
            m_progress.report(Stage::FlowRoutes, layers - 1 - l, layers);
            if (!m_progress.checkpoint()) return Error::cancelled();
            if (!m_config.attnOnly)
                for (const int t : tokensOf(FlowNode::Kind::Post, l))
                    if (Status s = mlpSum(l, t); !s) return s.error();
            if (Status s = attentionSums(l, tokensOf(FlowNode::Kind::Mid, l)); !s) return s.error();
        }
        m_progress.report(Stage::FlowRoutes, layers, layers);
        return std::move(m_out);
    }

private:
    int node(FlowNode::Kind kind, int layer, int token)
    {
        const auto [it, added] = m_index.try_emplace({kind, layer, token}, static_cast<int>(m_out.nodes.size()));
        if (added) m_out.nodes.push_back({kind, layer, token});
        return it->second;
    }
    /// The state that block `layer` reads.
    int before(int layer, int token)
    {
        if (layer == 0) return node(FlowNode::Kind::Embed, 0, token);
        return node(m_config.attnOnly ? FlowNode::Kind::Mid : FlowNode::Kind::Post, layer - 1, token);
    }
    std::vector<int> tokensOf(FlowNode::Kind kind, int layer) const
    {
        std::vector<int> out;
        for (const FlowNode& n : m_out.nodes)
            if (n.kind == kind && n.layer == layer) out.push_back(n.token);
        std::sort(out.begin(), out.end());
        return out;
    }
    bool stays(double weight) const { return weight > m_out.options.threshold; }

    Status mlpSum(int l, int t)
    {
        const auto parts = rowParts(m_run, l, t);
        if (!parts) return parts.error();
        const std::ptrdiff_t d = m_config.dModel;
        MatrixF both(2, d);
        std::copy_n(parts->residMid.data(), d, both.row(0));
        std::copy_n(parts->mlpOut.data(), d, both.row(1));
        std::vector<float> sum(static_cast<std::size_t>(d));
        for (std::ptrdiff_t i = 0; i < d; ++i) sum[static_cast<std::size_t>(i)] = both(0, i) + both(1, i);
        std::vector<double> w = flowShares(both, sum);
        const int to = node(FlowNode::Kind::Post, l, t);
        const double kept = (stays(w[0]) ? w[0] : 0) + (stays(w[1]) ? w[1] : 0);
        const double scale = m_out.options.renormalise && kept > 0 ? 1 / kept : 1;
        if (stays(w[0])) m_out.edges.push_back({node(FlowNode::Kind::Mid, l, t), to, w[0] * scale, -1, 0});
        if (stays(w[1])) {
            const int mlp = node(FlowNode::Kind::Mlp, l, t);
            m_out.edges.push_back({mlp, to, w[1] * scale, -1, 0});
            m_out.edges.push_back({node(FlowNode::Kind::Mid, l, t), mlp, 1.0, -1, 0});
        }
        return {};
    }

    Status attentionSums(int l, const std::vector<int>& rows)
    {
        const int heads = m_config.heads(l), dh = m_config.dHead, n = m_run.queries();
        const std::ptrdiff_t d = m_config.dModel;
        auto& headWeight = m_out.headWeight[static_cast<std::size_t>(l)];
        headWeight.assign(static_cast<std::size_t>(heads), 0.0);
        if (rows.empty()) return {};
        const auto weights = m_run.model->layer(l);
        if (!weights) return weights.error();
        const auto values = m_run.values(l);
        if (!values) return values.error();

        std::vector<RowParts> parts;
        std::vector<std::vector<float>> bias;  // what no token sent: b_O and interventions on z
        std::vector<double> whole;
        std::vector<AttentionShares> shares(rows.size());
        for (std::size_t r = 0; r < rows.size(); ++r) {
            auto row = rowParts(m_run, l, rows[r]);
            if (!row) return row.error();
            bias.push_back(row->attnOut);
            whole.push_back(norm1(row->residMid.data(), d));
            shares[r].heads.resize(static_cast<std::size_t>(heads));
            parts.push_back(*std::move(row));
        }
        // One head's v W_O for all tokens at a time; its share of every traced row is read off while it is in the cache.
        for (int h = 0; h < heads; ++h) {
            if (m_progress.stopped()) return Error::cancelled();
            MatrixF sent = MatrixF::uninitialised(n, d);
            gemmParallel(false, false, 1.0f, (*values)->view().block(0, m_config.kvHeadOf(l, h) * dh, n, dh), (*weights)->headO(h), 0.0f,
                         sent.view());
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const auto pattern = m_run.tile({l, h}, MapKind::Weights, rows[r], 1, 0, n);
                if (!pattern) return pattern.error();
                auto& own = shares[r].heads[static_cast<std::size_t>(h)];
                own.assign(static_cast<std::size_t>(n), 0.0);
                const double scale = parts[r].attnReplaced || parts[r].midReplaced ? 0.0 : keptShare(m_run.interventions, {l, h}, rows[r]);
                parallelFor(static_cast<std::size_t>(n), [&](std::size_t j) {
                    const double a = scale * static_cast<double>((*pattern)(0, static_cast<std::ptrdiff_t>(j)));
                    if (a != 0) own[j] = closeness(parts[r].residMid.data(), whole[r], sent.row(static_cast<std::ptrdiff_t>(j)), a, d);
                });
                for (int j = 0; j < n; ++j) {
                    const auto a = static_cast<float>(scale * static_cast<double>((*pattern)(0, j)));
                    for (std::ptrdiff_t i = 0; i < d; ++i) bias[r][static_cast<std::size_t>(i)] -= a * sent(j, i);
                }
            }
        }
        for (std::size_t r = 0; r < rows.size(); ++r)
            finish(l, rows[r], parts[r], bias[r], whole[r], shares[r], 1.0 / static_cast<double>(rows.size()));
        return {};
    }

    void finish(int l, int t, const RowParts& parts, const std::vector<float>& bias, double whole, AttentionShares& shares, double rowShare)
    {
        const std::ptrdiff_t d = m_config.dModel;
        const float* y = parts.residMid.data();
        shares.residual = closeness(y, whole, parts.residPre.data(), 1, d);
        // Rounding alone is no part.
        if (norm1(bias.data(), d) > 1e-5 * std::max(1.0, whole)) shares.bias = closeness(y, whole, bias.data(), 1, d);
        double total = shares.residual + shares.bias;
        for (const auto& head : shares.heads)
            for (const double e : head) total += e;
        std::vector<double> byToken(static_cast<std::size_t>(m_run.queries()));
        for (std::size_t h = 0; h < shares.heads.size(); ++h)
            for (std::size_t j = 0; j < byToken.size(); ++j) {
                shares.heads[h][j] /= total;
                byToken[j] += shares.heads[h][j];
                m_out.headWeight[static_cast<std::size_t>(l)][h] += shares.heads[h][j] * rowShare;
            }
        m_out.biasWeight[static_cast<std::size_t>(l)] += shares.bias / total * rowShare;
        const double residual = shares.residual / total;
        double left = stays(residual) ? residual : 0;
        for (const double w : byToken) left += stays(w) ? w : 0;
        const double scale = m_out.options.renormalise && left > 0 ? 1 / left : 1;
        const int to = node(FlowNode::Kind::Mid, l, t);
        if (stays(residual)) m_out.edges.push_back({before(l, t), to, residual * scale, -1, 0});
        for (std::size_t j = 0; j < byToken.size(); ++j) {
            if (!stays(byToken[j])) continue;
            std::size_t best = 0;
            for (std::size_t h = 1; h < shares.heads.size(); ++h)
                if (shares.heads[h][j] > shares.heads[best][j]) best = h;
            m_out.edges.push_back(
                {before(l, static_cast<int>(j)), to, byToken[j] * scale, static_cast<int>(best), shares.heads[best][j] * scale});
        }
    }

    const Run& m_run;
    const ModelConfig& m_config;
    const Progress& m_progress;
    FlowRoutes m_out;
    std::map<std::tuple<FlowNode::Kind, int, int>, int> m_index;
};

}  // namespace

std::vector<double> flowShares(const MatrixF& parts, const std::vector<float>& sum)
{
    const std::ptrdiff_t d = parts.cols();
    const double whole = norm1(sum.data(), d);
    std::vector<double> out;
    double total = 0;
    for (std::ptrdiff_t p = 0; p < parts.rows(); ++p) {
        out.push_back(closeness(sum.data(), whole, parts.row(p), 1, d));
        total += out.back();
    }
    for (double& w : out) w /= total;
    return out;
}

Result<FlowRoutes> flowRoutes(const Run& run, const FlowOptions& options, const Progress& progress)
{
    const ModelConfig& config = run.model->config();
    if (!run.complete) return Error::argument("run");
    const BlockPlan plan = blockPlan(config);
    if (!streamIsSum(plan) || !writesAreSums(plan)) return Error::argument("norm_position", configValue(config, "norm_position"), "pre");
    if (!hasMiddle(plan)) return Error::argument("parallel_attn_mlp", "true", "false");
    for (const auto& layer : run.layerRuns)
        if (layer->residPre.empty()) return Error::argument("residuals");
    FlowOptions resolved = options;
    if (resolved.position == -1) resolved.position = run.queries() - 1;
    if (resolved.position < 0 || resolved.position >= run.queries())
        return Error::argument("position", std::to_string(options.position), "0 .. " + std::to_string(run.queries() - 1));
    if (!(resolved.threshold >= 0 && resolved.threshold < 1))
        return Error::argument("threshold", std::to_string(options.threshold), "0 .. 1");
    return Tracer(run, resolved, progress).trace();
}

}  // namespace hs
