// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/logit_attribution.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/causes/kept_share.h"
#include "engine/forward/metric.h"
#include "engine/forward/row_parts.h"
#include "engine/forward/unembedding.h"
#include "engine/model/block_plan.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

using Vector = std::vector<double>;

double dot(const std::vector<float>& x, const Vector& u)
{
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(x[i]) * u[i];
    return sum;
}

/// The target with its position resolved, checked as a metric is.
Result<LogitTarget> resolve(const Run& run, LogitTarget target)
{
    Metric metric;
    metric.kind = MetricKind::LogitDifference;
    metric.positions = {target.position};
    metric.answer = target.answer;
    metric.wrong = target.wrong;
    if (!run.complete) return Error::argument("run");
    if (Status s = checkMetric(metric, *run.model, *run.prompt, run.padding); !s) return s.error();
    for (const auto& layer : run.layerRuns)
        if (layer->residPre.empty()) return Error::argument("residuals");
    target.position = metricPositions(metric, *run.prompt, run.padding).front();
    return target;
}

Vector column(const Unembedding& u, int id)
{
    Vector out(static_cast<std::size_t>(u.width()));
    for (std::ptrdiff_t i = 0; i < u.width(); ++i)
        out[static_cast<std::size_t>(i)] = static_cast<double>(u.tied() ? u.embedding->wE(id, i) : u.output->wU(i, id));
    return out;
}

/// Direction that a part of the residual stream is read along, walked down from the logits layer by layer.
class Reader {
public:
    Reader(const Run& run, const LogitTarget& target, const Unembedding& unembed)
        : m_run(run), m_config(run.model->config()), m_target(target), direction(column(unembed, target.answer))
    {
        bias = unembedBias(unembed, target.answer);
        if (target.wrong >= 0) {
            const Vector other = column(unembed, target.wrong);
            for (std::size_t i = 0; i < direction.size(); ++i) direction[i] -= other[i];
            bias -= unembedBias(unembed, target.wrong);
        }
        if (unembed.output->hasLnFinal) through(unembed.output->lnFinal, rowOf(run.residFinal));
    }

    /// From the stream to what is widened to it; the bias counts as one of norms.
    void throughWidening(const EmbeddingWeights& e)
    {
        if (!e.bWiden.empty()) normBias += dot(e.bWiden, direction);
        Vector narrow(static_cast<std::size_t>(e.wWiden.rows()));
        for (std::ptrdiff_t r = 0; r < e.wWiden.rows(); ++r)
            for (std::ptrdiff_t c = 0; c < e.wWiden.cols(); ++c)
                narrow[static_cast<std::size_t>(r)] += static_cast<double>(e.wWiden(r, c)) * direction[static_cast<std::size_t>(c)];
        direction = std::move(narrow);
    }

    /// Down through one block: `visit` gets its parts and the directions that its attention and MLP outputs are read along.
    template <typename Visit>
    Status layer(int l, Visit visit)
    {
        const auto parts = rowParts(m_run, l, m_target.position);
        if (!parts) return parts.error();
        const auto weights = m_run.model->layer(l);
        if (!weights) return weights.error();
        if (parts->postReplaced) take(l);
        const BlockPlan plan = blockPlan(m_config);
        Vector atMlp = direction;
        for (std::size_t i = plan.size(); i-- > 0;) {
            if (plan[i].kind == StepKind::Norm)
                through(*normWeights(**weights, plan[i].norm), i + 1 == plan.size() ? parts->sum : parts->residMid);
            if (plan[i].kind == StepKind::Write && plan[i].branch == Branch::Mlp) atMlp = direction;
        }
        if (parts->midReplaced) {
            replaced += dot(parts->residMid, direction);
            std::fill(direction.begin(), direction.end(), 0.0);
        }
        Vector atAttention = direction;  // before the norm of what attention writes
        if (!parts->attnRaw.empty()) {
            const NormWeights& norm = (*weights)->ln1Post;
            if (!norm.b.empty() && !parts->attnReplaced) normBias += dot(norm.b, direction);
            frozenNormBack(m_config, norm, parts->attnRaw, atAttention);
        }
        visit(*parts, **weights, atAttention, atMlp);
        if (parts->attnReplaced) replaced += dot(parts->attnOut, direction);
        if (parts->mlpReplaced) replaced += dot(parts->mlpOut, atMlp);
        if (parts->preReplaced) {
            replaced += dot(parts->residPre, direction);
            std::fill(direction.begin(), direction.end(), 0.0);
        }
        return {};
    }

    /// norm's bias read off, then the direction before the norm.
    void through(const NormWeights& norm, const std::vector<float>& x) { through(m_config, norm, x); }
    /// The same for a norm of another kind than the blocks': `config` says which.
    void through(const ModelConfig& config, const NormWeights& norm, const std::vector<float>& x)
    {
        if (config.norm != NormKind::None && !norm.b.empty()) normBias += dot(norm.b, direction);
        frozenNormBack(config, norm, x, direction);
    }

private:
    std::vector<float> rowOf(const MatrixF& m) const { return {m.row(m_target.position), m.row(m_target.position) + m.cols()}; }
    static double unembedBias(const Unembedding& u, int id)
    {
        return u.output->bU.empty() ? 0.0 : static_cast<double>(u.output->bU[static_cast<std::size_t>(id)]);
    }
    /// The block's whole output was put there.
    void take(int l)
    {
        const MatrixF& after = l + 1 == m_run.layers() ? m_run.residFinal : m_run.layerRuns[static_cast<std::size_t>(l) + 1]->residPre;
        replaced += dot(rowOf(after), direction);
        std::fill(direction.begin(), direction.end(), 0.0);
    }

    const Run& m_run;
    const ModelConfig& m_config;
    LogitTarget m_target;

public:
    Vector direction;
    double normBias = 0, bias = 0, replaced = 0;
};

/// W_O^h direction [dh] for every head: what one unit of z adds to the target. [H*dh]
Vector throughOutput(const LayerWeights& w, const Vector& direction)
{
    Vector out(static_cast<std::size_t>(w.wO.rows()));
    for (std::ptrdiff_t r = 0; r < w.wO.rows(); ++r) {
        double sum = 0;
        for (std::ptrdiff_t c = 0; c < w.wO.cols(); ++c) sum += static_cast<double>(w.wO(r, c)) * direction[static_cast<std::size_t>(c)];
        out[static_cast<std::size_t>(r)] = sum;
    }
    return out;
}

/// Contributions of the heads, zero when the attention output was replaced.
std::vector<double> headParts(const RowParts& parts, const Vector& out, int heads, int dh)
{
    std::vector<double> values(static_cast<std::size_t>(heads));
    if (parts.attnReplaced || parts.midReplaced) return values;
    for (int h = 0; h < heads; ++h)
        for (int i = h * dh; i < (h + 1) * dh; ++i)
            values[static_cast<std::size_t>(h)] +=
                static_cast<double>(parts.z[static_cast<std::size_t>(i)]) * out[static_cast<std::size_t>(i)];
    return values;
}

}  // namespace

Result<LogitAttribution> logitAttribution(const Run& run, const LogitTarget& asked, const Progress& progress)
{
    if (const Status s = logitsAreSums(*run.model); !s) return s.error();
    const Result<LogitTarget> target = resolve(run, asked);
    if (!target) return target.error();
    const auto unembed = unembedding(*run.model, progress);
    if (!unembed) return unembed.error();
    const ModelConfig& config = run.model->config();
    Reader reader(run, *target, *unembed);
    LogitAttribution out;
    out.target = *target;
    out.heads.resize(static_cast<std::size_t>(config.nLayers));
    out.attentionBias.resize(out.heads.size());
    if (!config.attnOnly) out.mlp.resize(out.heads.size());
    for (int l = config.nLayers - 1; l >= 0; --l) {
        if (!progress.checkpoint()) return Error::cancelled();
        const auto at = static_cast<std::size_t>(l);
        Status status = reader.layer(l, [&](const RowParts& parts, const LayerWeights& w, const Vector& attention, const Vector& atMlp) {
            out.heads[at] = headParts(parts, throughOutput(w, attention), config.heads(l), config.dHead);
            if (!w.bO.empty() && !parts.attnReplaced) out.attentionBias[at] = dot(w.bO, attention);
            if (!config.attnOnly && !parts.mlpReplaced) out.mlp[at] = dot(parts.mlpOut, atMlp);
        });
        if (!status) return status.error();
    }

    const auto embedding = run.model->embedding(progress);
    if (!embedding) return embedding.error();
    const EmbeddingWeights& e = **embedding;
    const auto d = static_cast<std::size_t>(e.wE.cols());
    const auto width = static_cast<std::ptrdiff_t>(d);
    const int id = run.prompt->tokens[static_cast<std::size_t>(target->position)].id;
    std::vector<float> token(d), position(d);
    scaleInto(token.data(), e.wE.row(id), static_cast<float>(config.embedScale), width);
    if (!e.wType.empty()) {
        const auto& types = run.prompt->types;
        addTo(token.data(), e.wType.row(types.empty() ? 0 : types[static_cast<std::size_t>(target->position)]), width);
    }
    if (config.addsPositions()) {
        const MatrixF positions = e.wPos.empty() ? sinusoidalPositions(target->position + 1, config.dModel) : MatrixF();
        const int place = config.tablePositions(run.prompt->ids())[static_cast<std::size_t>(target->position)];
        std::copy_n((e.wPos.empty() ? positions : e.wPos).row(place), d, position.begin());
    }
    if (!e.wWiden.empty()) reader.throughWidening(e);
    if (e.hasNorm) {
        std::vector<float> sum = token;
        addTo(sum.data(), position.data(), width);
        reader.through(config.forEmbeddingNorm(), e.norm, sum);
    }
    out.embed = dot(token, reader.direction);
    out.positionEmbed = dot(position, reader.direction);
    out.normBias = reader.normBias;
    out.unembedBias = reader.bias;
    out.replaced = reader.replaced;
    out.total = out.embed + out.positionEmbed + out.normBias + out.unembedBias + out.replaced;
    for (const auto& layer : out.heads)
        for (const double x : layer) out.total += x;
    for (const double x : out.attentionBias) out.total += x;
    for (const double x : out.mlp) out.total += x;

    std::vector<int> ids{target->answer};
    if (target->wrong >= 0) ids.push_back(target->wrong);
    const auto logits = answerLogits(run, target->position, ids, false);
    if (!logits) return logits.error();
    out.exact = static_cast<double>(logits->front()) - (target->wrong >= 0 ? static_cast<double>(logits->back()) : 0.0);
    return out;
}

Result<SourceAttribution> sourceAttribution(const Run& run, const LogitTarget& asked, const Progress& progress)
{
    if (const Status s = logitsAreSums(*run.model); !s) return s.error();
    const Result<LogitTarget> target = resolve(run, asked);
    if (!target) return target.error();
    const auto unembed = unembedding(*run.model, progress);
    if (!unembed) return unembed.error();
    const ModelConfig& config = run.model->config();
    const int n = run.queries(), dh = config.dHead, row = target->position;
    Reader reader(run, *target, *unembed);
    SourceAttribution out;
    out.target = *target;
    out.heads.resize(static_cast<std::size_t>(config.nLayers));
    out.unsourced.resize(out.heads.size());
    for (int l = config.nLayers - 1; l >= 0; --l) {
        if (!progress.checkpoint()) return Error::cancelled();
        const auto at = static_cast<std::size_t>(l);
        Vector through;
        bool cut = false;
        Status status = reader.layer(l, [&](const RowParts& parts, const LayerWeights& w, const Vector& attention, const Vector&) {
            through = throughOutput(w, attention);
            cut = parts.attnReplaced || parts.midReplaced;
            out.unsourced[at] = headParts(parts, through, config.heads(l), dh);
        });
        if (!status) return status.error();
        const auto values = run.values(l);
        if (!values) return values.error();
        out.heads[at] = MatrixF(config.heads(l), n);
        for (int h = 0; h < config.heads(l) && !cut; ++h) {
            const auto pattern = run.tile({l, h}, MapKind::Weights, row, 1, 0, n);
            if (!pattern) return pattern.error();
            const double share = keptShare(run.interventions, {l, h}, row);
            const int column = config.kvHeadOf(l, h) * dh;
            for (int j = 0; j < n; ++j) {
                double sum = 0;
                for (int i = 0; i < dh; ++i)
                    sum += static_cast<double>((**values)(j, column + i)) * through[static_cast<std::size_t>(h * dh + i)];
                const double cell = share * static_cast<double>((*pattern)(0, j)) * sum;
                out.heads[at](h, j) = static_cast<float>(cell);
                out.unsourced[at][static_cast<std::size_t>(h)] -= cell;
            }
        }
    }
    return out;
}

Result<LogitLens> logitLens(const Run& run, const LogitTarget& asked, const Progress& progress)
{
    const Result<LogitTarget> target = resolve(run, asked);
    if (!target) return target.error();
    const auto unembed = unembedding(*run.model, progress);
    if (!unembed) return unembed.error();
    const int layers = run.layers();
    MatrixF rows(layers + 1, run.model->config().dModel);
    for (int l = 0; l <= layers; ++l) {
        const MatrixF& x = l == layers ? run.residFinal : run.layerRuns[static_cast<std::size_t>(l)]->residPre;
        std::copy_n(x.row(target->position), rows.cols(), rows.row(l));
    }
    const MatrixF normed = finalNorm(*run.model, *unembed, std::as_const(rows).view());
    LogitLens out;
    out.target = *target;
    std::vector<float> logits(static_cast<std::size_t>(unembed->vocabulary()));
    for (int l = 0; l <= layers; ++l) {
        if (!progress.checkpoint()) return Error::cancelled();
        const std::ptrdiff_t vocabulary = unembed->vocabulary();
        unembed->multiply(normed.view().block(l, 0, 1, normed.cols()), 0, {logits.data(), 1, vocabulary, vocabulary});
        const float answer = logits[static_cast<std::size_t>(target->answer)];
        out.value.push_back(static_cast<double>(answer)
                            - (target->wrong >= 0 ? static_cast<double>(logits[static_cast<std::size_t>(target->wrong)]) : 0.0));
        out.rank.push_back(static_cast<int>(std::count_if(logits.begin(), logits.end(), [&](float x) { return x > answer; })));
        const SoftmaxRow soft = softmaxRow(logits.data(), vocabulary);
        out.probability.push_back(static_cast<double>(logits[static_cast<std::size_t>(target->answer)]));
        const int top = static_cast<int>(soft.argmax);
        const auto& tokenizer = run.model->tokenizer();
        out.top.push_back({top, tokenizer ? tokenizer->displayText(top) : std::to_string(top), soft.max});
    }
    return out;
}

}  // namespace hs
