// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights/weight_scores.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/synthetic/run_documents.h"
#include "engine/analysis/twin.h"
#include "engine/analysis/weights/ordinals.h"
#include "engine/base/parallel.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

MatrixF copyOf(ViewF v)
{
    MatrixF out(v.rows, v.cols);
    for (std::ptrdiff_t r = 0; r < v.rows; ++r) std::copy_n(v.row(r), v.cols, out.row(r));
    return out;
}

MatrixF rowsOf(const MatrixF& m, const std::vector<int>& which)
{
    MatrixF out(static_cast<std::ptrdiff_t>(which.size()), m.cols());
    for (std::ptrdiff_t i = 0; i < out.rows(); ++i) std::copy_n(m.row(which[static_cast<std::size_t>(i)]), m.cols(), out.row(i));
    return out;
}

/// `count` of n, spread evenly.
std::vector<int> spread(int n, int count)
{
    std::vector<int> out;
    count = std::min(n, count);
    for (int i = 0; i < count; ++i) out.push_back(static_cast<int>(static_cast<long>(i) * n / count));
    return out;
}

/// What a model has of its own, whatever the head.
struct Shared {
    ModelConfig config;
    TokenRows t;
    MatrixF ueRaw, eeRaw;             ///< U E, E^T E
    std::vector<int> ranked, probed;  ///< rows of t
    std::vector<OrdinalClass> classes;
    TokenRows ordinals;
    MatrixF positions;
    LogitReader reader, ordinalReader;
};

/// What a layer's norm makes of the tokens.
struct Read {
    MatrixF tokens, ranked, probed;  ///< rows as its heads read them
    MatrixF ue, ee;                  ///< U E and E^T E of centred rows
    MatrixF queries;                 ///< unembedding directions of the probed tokens, normed
    MatrixF ordinals, positions;
};

struct HeadViews {
    ViewF q, k, v, o;
    Visibility mask;  ///< of the head's layer
};
HeadViews viewsOf(const LayerWeights& w, const ModelConfig& config, HeadId head)
{
    const int g = config.kvHeadOf(head.layer, head.head);
    return {w.headQ(head.head), w.headK(g), w.headV(g), w.headO(head.head), config.visibility(head.layer)};
}

LogitReader readerOf(const TokenRows& t, const ModelConfig& config, bool finalNorm)
{
    return {t.logit.view(), &t.bias, finalNorm, config.norm == NormKind::LayerNorm, config.eps};
}

Result<Shared> makeShared(const Model& model, const WeightOptions& options, WeightMeasures& m, const Progress& progress)
{
    Shared s;
    s.config = model.config();
    m.hasTokens = !model.lacks(Part::TokenEmbedding);
    bool narrow = false;  // rows of the embedding are no vectors of the stream
    if (m.hasTokens) {
        const auto embedding = model.embedding(progress);
        if (!embedding) return embedding.error();
        narrow = !(*embedding)->wWiden.empty();
        m.hasTokens = !narrow;
    }
    if (m.hasTokens) {
        auto rows = tokenRows(model, options.vocabulary, options.seed, progress);
        if (!rows) return rows.error();
        s.t = *std::move(rows);
        s.eeRaw = productOverRows(s.t.raw.view(), s.t.raw.view());
        m.vocabulary = s.t.vocabulary;
        m.sample = static_cast<int>(s.t.ids.size());
        m.effective = s.t.hasMlp;
        m.hasOutput = !s.t.unembedding.empty();
        s.ranked = spread(m.sample, options.tokens);
        s.probed = spread(m.sample, options.probeTokens);
        m.tokens = static_cast<int>(s.ranked.size());
    }
    bool finalNorm = false;
    if (m.hasOutput) {
        const auto output = model.output(progress);
        if (!output) return output.error();
        finalNorm = (*output)->hasLnFinal && s.config.norm != NormKind::None;
        s.reader = readerOf(s.t, s.config, finalNorm);
        s.ueRaw = productOverRows(s.t.unembedding.view(), s.t.raw.view());
        if (model.tokenizer()) {
            s.classes = ordinalClasses(*model.tokenizer());
            auto rows = tokenRowsOf(model, ordinalIds(s.classes), progress);
            if (!rows) return rows.error();
            s.ordinals = *std::move(rows);
        }
    }
    m.hasPositions = s.config.position == PositionKind::Learned && !model.lacks(Part::PositionEmbedding) && !narrow;
    if (m.hasPositions) {
        const auto embedding = model.embedding(progress);
        if (!embedding) return embedding.error();
        const std::ptrdiff_t first = s.config.positionPadding + 1;  // rows before belong to no position
        const std::ptrdiff_t n = std::min<std::ptrdiff_t>((*embedding)->wPos.rows() - first, 256);
        m.hasPositions = n > 1;
        if (m.hasPositions) s.positions = copyOf((*embedding)->wPos.view().block(first, 0, n, (*embedding)->wPos.cols()));
    }
    return s;
}

Read readLayer(const Shared& s, const LayerWeights& w, const WeightMeasures& m)
{
    Read r;
    if (m.hasTokens) {
        r.tokens = readByAttention(s.config, w.ln1, s.t.effective.view());
        r.ranked = rowsOf(r.tokens, s.ranked);
        r.probed = rowsOf(r.tokens, s.probed);
        const MatrixF centred = centredColumns(r.tokens.view());
        r.ee = productOverRows(centred.view(), centred.view());
        if (m.hasOutput) {
            r.ue = productOverRows(centredColumns(s.t.logit.view()).view(), centred.view());
            r.queries = readByAttention(s.config, w.ln1, rowsOf(s.t.unembedding, s.probed).view());
            if (!s.classes.empty()) r.ordinals = readByAttention(s.config, w.ln1, s.ordinals.effective.view());
        }
    }
    if (m.hasPositions) r.positions = readByAttention(s.config, w.ln1, s.positions.view());
    return r;
}

void scoreHead(const Shared& s, const Read& r, const HeadViews& w, const WeightMeasures& m, WeightScores& out)
{
    out.ovEigenPlain = ovEigenScore(w.v, w.o);
    out.positional = m.hasPositions ? positionalRecall(r.positions.view(), w.q, w.k, w.mask) : kNoValue;
    out.qkEigen = out.qkEigenRaw = out.ovEigen = out.ovEigenRaw = out.suppressionTop1 = out.suppressionTop10 = kNoValue;
    out.top1 = out.top5 = out.lowest = out.lowest10 = out.top1Raw = out.top5Raw = out.matching = kNoValue;
    if (!m.hasTokens) return;
    out.qkEigen = qkEigenScore(w.q, w.k, r.ee.view());
    out.qkEigenRaw = qkEigenScore(w.q, w.k, s.eeRaw.view());
    if (!m.hasOutput) return;
    out.ovEigen = ovEigenScore(w.v, w.o, r.ue.view());
    out.ovEigenRaw = ovEigenScore(w.v, w.o, s.ueRaw.view());
    const OwnRank own = ownRank(r.ranked.view(), s.ranked, w.v, w.o, s.reader);
    out.top1 = own.top1;
    out.top5 = own.top5;
    out.lowest = own.lowest;
    out.lowest10 = own.lowest10;
    const OwnRank raw = ownRank(rowsOf(s.t.raw, s.probed).view(), s.probed, w.v, w.o, s.reader);
    out.top1Raw = raw.top1;
    out.top5Raw = raw.top5;
    const KeyRank key = keyRank(r.queries.view(), s.probed, r.tokens.view(), w.q, w.k);
    out.suppressionTop1 = key.top1;
    out.suppressionTop10 = key.top10;
    if (!s.classes.empty()) out.successor = successorScore(r.ordinals.view(), s.classes, w.v, w.o, s.ordinalReader);
}

/// E W_V W_O of a head on the probed tokens, raw embedding: what a later head's keys see through it.
MatrixF throughHead(const Read& r, const HeadViews& w)
{
    MatrixF values(r.probed.rows(), w.v.cols), out(r.probed.rows(), w.o.cols);
    gemm(false, false, 1.0f, r.probed.view(), w.v, 0.0f, values.view());
    gemm(false, false, 1.0f, values.view(), w.o, 0.0f, out.view());
    return out;
}

/// What earlier heads write of the probed tokens.
using Through = std::vector<std::pair<HeadId, MatrixF>>;

/// The best matching recall of each head of a layer through any earlier head. Heads that share keys share their product with what an
/// earlier head writes, and a head's queries are the same whatever it looks through.
void matchThrough(const Shared& s, const Read& r, const LayerWeights& w, int layer, const Through& before, WeightScores* scores,
                  const Progress& progress)
{
    const int heads = s.config.heads(layer), groups = s.config.kvHeads(layer);
    const auto product = [](ViewF rows, ViewF matrix) {
        MatrixF out(rows.rows, matrix.cols);
        gemm(false, false, 1.0f, rows, matrix, 0.0f, out.view());
        return out;
    };
    std::vector<MatrixF> queries(static_cast<std::size_t>(heads));
    parallelFor(queries.size(), [&](std::size_t h) { queries[h] = product(r.probed.view(), w.headQ(static_cast<int>(h))); });
    std::vector<std::vector<double>> recall(before.size(), std::vector<double>(queries.size(), 0.0));
    parallelFor(before.size(), [&](std::size_t b) {
        for (int g = 0; g < groups && !progress.stopped(); ++g) {
            const MatrixF keys = product(before[b].second.view(), w.headK(g));
            for (int h = 0; h < heads; ++h)
                if (s.config.kvHeadOf(layer, h) == g)
                    recall[b][static_cast<std::size_t>(h)] = matchingRecall(queries[static_cast<std::size_t>(h)].view(), keys.view());
        }
    });
    for (std::size_t h = 0; h < queries.size(); ++h) {
        scores[h].matching = 0;
        for (std::size_t b = 0; b < before.size(); ++b)
            if (recall[b][h] > scores[h].matching) {
                scores[h].matching = recall[b][h];
                scores[h].matchingThrough = before[b].first;
            }
    }
}

void drawNull(const Shared& s, const Read& r, const HeadViews& w, const WeightMeasures& m, std::uint64_t seed, std::size_t draw,
              WeightMeasures& out)
{
    const auto shuffled = [&](ViewF v, std::uint64_t part) {
        MatrixF c = copyOf(v);
        shuffleValues({c.data(), static_cast<std::size_t>(c.rows() * c.cols())}, seed, (draw << 8) + part + 0x1000000);
        return c;
    };
    const MatrixF q = shuffled(w.q, 0), k = shuffled(w.k, 1), v = shuffled(w.v, 2), o = shuffled(w.o, 3);
    out.nullQkEigen[draw] = qkEigenScore(q.view(), k.view(), r.ee.view());
    if (!m.hasOutput) return;
    out.nullOvEigen[draw] = ovEigenScore(v.view(), o.view(), r.ue.view());
    const OwnRank own = ownRank(r.probed.view(), s.probed, v.view(), o.view(), s.reader);
    out.nullTop5[draw] = own.top5;
    out.nullLowest[draw] = own.lowest;
    if (!s.classes.empty())
        out.nullSuccessor[draw] = successorScore(r.ordinals.view(), s.classes, v.view(), o.view(), s.ordinalReader).share;
}

}  // namespace

Result<WeightMeasures> measureWeights(const std::shared_ptr<const Model>& model, const WeightOptions& options, const Progress& progress)
{
    WeightMeasures m;
    m.heads = allHeads(model->config());
    m.scores.resize(m.heads.size());
    auto shared = makeShared(*model, options, m, progress);
    if (!shared) return shared.error();
    Shared& s = *shared;
    if (m.hasOutput) s.reader = {s.t.logit.view(), &s.t.bias, s.reader.norm, s.reader.centre, s.reader.eps};
    if (!s.classes.empty()) s.ordinalReader = {s.ordinals.logit.view(), &s.ordinals.bias, s.reader.norm, s.reader.centre, s.reader.eps};
    for (std::vector<double>* null : {&m.nullOvEigen, &m.nullTop5, &m.nullLowest, &m.nullQkEigen, &m.nullSuccessor})
        null->assign(static_cast<std::size_t>(m.hasTokens ? options.draws : 0), kNoValue);

    Through before;
    std::size_t firstOfLayer = 0;
    for (int l = 0; l < model->config().nLayers; ++l) {
        progress.report(Stage::LabelWeights, l, model->config().nLayers);
        if (!progress.checkpoint()) return Error::cancelled();
        const auto weights = model->layer(l, progress);
        if (!weights) return weights.error();
        const std::shared_ptr<const LayerWeights> effective = withOutputGain(*weights);
        const LayerWeights& w = *effective;
        if (w.wQ.empty() || w.wK.empty() || w.wV.empty() || w.wO.empty())
            return Error::of(ErrorCode::ModelPartial, std::string("layers/").append(std::to_string(l)).append("/attn"));
        const Read r = readLayer(s, w, m);
        const auto heads = static_cast<std::size_t>(model->config().heads(l));
        parallelFor(heads, [&](std::size_t h) {
            if (progress.stopped()) return;
            WeightScores& out = m.scores[firstOfLayer + h];
            const HeadViews views = viewsOf(w, s.config, m.heads[firstOfLayer + h]);
            scoreHead(s, r, views, m, out);
        });
        if (m.hasTokens && !before.empty()) matchThrough(s, r, w, l, before, &m.scores[firstOfLayer], progress);
        // Draw k belongs to head k (mod heads): those of this layer's heads are made now.
        std::vector<std::size_t> draws;
        for (std::size_t k = 0; k < m.nullQkEigen.size(); ++k)
            if (k % m.heads.size() >= firstOfLayer && k % m.heads.size() < firstOfLayer + heads) draws.push_back(k);
        parallelFor(draws.size(), [&](std::size_t i) {
            if (progress.stopped()) return;
            const HeadId head = m.heads[draws[i] % m.heads.size()];
            drawNull(s, r, viewsOf(w, s.config, head), m, options.seed, draws[i], m);
        });
        if (m.hasTokens) {
            const std::size_t known = before.size();
            before.resize(known + heads);
            parallelFor(heads, [&](std::size_t h) {
                const HeadId head = m.heads[firstOfLayer + h];
                before[known + h] = {head, throughHead(r, viewsOf(w, s.config, head))};
            });
        }
        firstOfLayer += heads;
    }
    if (progress.stopped()) return Error::cancelled();
    if (!m.scores.empty()) m.ordinalItems = m.scores.front().successor.items;
    return m;
}

}  // namespace hs
