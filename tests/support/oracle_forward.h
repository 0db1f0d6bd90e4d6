// SPDX-License-Identifier: GPL-3.0-or-later
// The forward pass written out as loops in double precision: slow, obvious, and independent of the engine's code.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "engine/forward/intervention.h"
#include "engine/model/model.h"
#include "engine/model/score_places.h"
#include "tests/support/oracle_rows.h"

namespace hs::test {

struct OracleRun {
    std::vector<Rows> q, k, v, z, residPre, residMid;  ///< per layer, [n][...]
    std::vector<std::vector<Rows>> scores, pattern;    ///< per layer and head, [n][n]; masked scores are -infinity
    Rows residFinal, logits, beforeCap;                ///< beforeCap: logits before the model's soft cap
    std::vector<double> tokenLoss;
    double loss = 0;
};

/// Query i of a layer sees key j.
inline bool oracleSees(const ModelConfig& config, int layer, int i, int j)
{
    const int window = config.windowPerLayer.empty() ? config.window : config.windowPerLayer[static_cast<std::size_t>(layer)];
    if (config.mask == MaskKind::Bidirectional) return window == 0 || std::abs(i - j) < window;
    const int chunk = config.chunkPerLayer.empty() ? config.chunk : config.chunkPerLayer[static_cast<std::size_t>(layer)];
    return j <= i && (window == 0 || i - j < window) && (chunk == 0 || i / chunk == j / chunk);
}

class OracleForward : private OracleRows {
public:
    OracleForward(const Model& model, Interventions interventions = {}, std::vector<bool> padding = {})
        : OracleRows(model.config()), m_model(model), m_interventions(std::move(interventions)), m_padding(std::move(padding))
    {}

    /// Called with every activation as it is used, head -1 for those of a whole layer: a test may change it (finite differences).
    std::function<void(Site, int layer, int head, Rows&)> touch;
    /// The same for scaled scores before the softmax.
    std::function<void(int layer, int head, Rows&)> touchScores;

    /// Token types of the prompt; empty: all are 0.
    std::vector<int> types;

    OracleRun run(const std::vector<int>& ids) const
    {
        OracleRun out;
        const auto embedding = *m_model.embedding();
        const std::size_t n = ids.size(), d = static_cast<std::size_t>(embedding->wE.cols());
        Rows x(n, std::vector<double>(d));
        for (std::size_t p = 0; p < n; ++p) {
            for (std::size_t i = 0; i < d; ++i) {
                x[p][i] = static_cast<double>(embedding->wE.row(ids[p])[i]) * m_config.embedScale;
                if (m_config.position == PositionKind::Learned) x[p][i] += static_cast<double>(embedding->wPos.row(place(ids, p))[i]);
                if (!embedding->wType.empty()) x[p][i] += static_cast<double>(embedding->wType.row(types.empty() ? 0 : types[p])[i]);
                if (m_config.position == PositionKind::Sinusoidal && !embedding->wPos.empty())
                    x[p][i] += static_cast<double>(embedding->wPos.row(static_cast<std::ptrdiff_t>(p))[i]);
                else if (m_config.position == PositionKind::Sinusoidal) {
                    const double angle =
                        static_cast<double>(p) / std::pow(10000.0, static_cast<double>(i - i % 2) / static_cast<double>(d));
                    x[p][i] += i % 2 == 0 ? std::sin(angle) : std::cos(angle);
                }
            }
            if (embedding->hasNorm) x[p] = norm(x[p], embedding->norm, NormKind::LayerNorm);
            if (!embedding->wWiden.empty()) x[p] = affine(x[p], embedding->wWiden, embedding->bWiden);
        }
        for (int l = 0; l < m_config.nLayers; ++l) block(l, x, out);
        out.residFinal = x;
        if (m_config.output == OutputKind::None) return out;
        const auto output = *m_model.output();
        for (std::size_t p = 0; p < n; ++p) {
            std::vector<double> y = output->hasLnFinal ? norm(x[p], output->lnFinal) : x[p];
            if (m_config.outputTransform) {
                y = affine(y, output->wT, output->bT);
                for (double& v : y) v = activate(v, m_config.outputActivation);
                y = norm(y, output->lnT, NormKind::LayerNorm);
            }
            std::vector<double> row(static_cast<std::size_t>(m_config.outputs()));
            for (std::size_t t = 0; t < row.size(); ++t) {
                for (std::size_t i = 0; i < y.size(); ++i)
                    row[t] += y[i]
                              * static_cast<double>(m_config.output == OutputKind::Tied
                                                        ? embedding->wE(static_cast<std::ptrdiff_t>(t), static_cast<std::ptrdiff_t>(i))
                                                        : output->wU(static_cast<std::ptrdiff_t>(i), static_cast<std::ptrdiff_t>(t)));
                if (!output->bU.empty()) row[t] += static_cast<double>(output->bU[t]);
            }
            out.beforeCap.push_back(row);
            for (double& logit : row) logit = capped(logit, m_config.finalSoftcap);
            out.logits.push_back(row);
        }
        double total = 0;
        int counted = 0;
        for (std::size_t p = 0; p + 1 < n && m_config.predictsNext(); ++p) {
            double sum = 0;
            for (double s : out.logits[p]) sum += std::exp(s);
            out.tokenLoss.push_back(std::log(sum) - out.logits[p][static_cast<std::size_t>(ids[p + 1])]);
            if (!m_padding.empty() && (m_padding[p] || m_padding[p + 1])) continue;
            total += out.tokenLoss.back();
            ++counted;
        }
        out.loss = total / counted;
        return out;
    }

private:
    /// Row of the table of positions (RoBERTa: fairseq's make_positions).
    std::ptrdiff_t place(const std::vector<int>& ids, std::size_t p) const
    {
        if (m_config.positionPadding < 0) return static_cast<std::ptrdiff_t>(p);
        std::ptrdiff_t others = 0;
        for (std::size_t i = 0; i <= p; ++i) others += ids[i] != m_config.positionPadding;
        return ids[p] == m_config.positionPadding ? m_config.positionPadding : m_config.positionPadding + others;
    }

    static double capped(double x, double cap) { return cap > 0 ? cap * std::tanh(x / cap) : x; }

    /// Angle of one position for a pair, as the papers and published configurations say it, one kind after the other.
    static double frequency(const RotaryScaling& s, double base, int i, int dim, std::size_t n)
    {
        const double m = i, length = static_cast<double>(n);
        if (s.kind == RotaryKind::Dynamic && length > s.original)
            base *= std::pow(s.factor * length / s.original - (s.factor - 1), dim / (dim - 2.0));
        const double plain = std::pow(base, -2.0 * m / dim);
        if (s.kind == RotaryKind::Linear) return plain / s.factor;
        if (s.kind == RotaryKind::LongRope)
            return plain / (length > s.original ? s.longFactors : s.shortFactors)[static_cast<std::size_t>(i)];
        if (s.kind == RotaryKind::Llama3) {
            const double wave = 2 * M_PI / plain, smooth = (s.original / wave - s.low) / (s.high - s.low);
            if (wave < s.original / s.high) return plain;
            return wave > s.original / s.low ? plain / s.factor : (1 - smooth) * plain / s.factor + smooth * plain;
        }
        if (s.kind == RotaryKind::Yarn) {
            double low = dim * std::log(s.original / (s.high * 2 * M_PI)) / (2 * std::log(base));
            double high = dim * std::log(s.original / (s.low * 2 * M_PI)) / (2 * std::log(base));
            if (s.truncate) low = std::floor(low), high = std::ceil(high);
            low = std::max(low, 0.0), high = std::min(high, dim - 1.0);
            if (low == high) high += 0.001;
            const double keep = 1 - std::min(1.0, std::max(0.0, (m - low) / (high - low)));
            return plain / s.factor * (1 - keep) + plain * keep;
        }
        return plain;
    }

    void rotate(int layer, std::vector<double>& x, std::size_t position, std::size_t n) const
    {
        if (m_config.position != PositionKind::Rotary) return;
        const int kind = m_config.rotaryPerLayer.empty() ? 1 : m_config.rotaryPerLayer[static_cast<std::size_t>(layer)];
        if (kind == 0) return;
        const RotaryScaling& scaling = kind == 2 ? m_config.rotaryScalingLocal : m_config.rotaryScaling;
        const double base = kind == 2 ? m_config.rotaryBaseLocal : m_config.rotaryBase, grow = scaling.attention;
        const int dim = m_config.rotaryDim > 0 ? m_config.rotaryDim : m_config.dHead;
        const auto dh = static_cast<std::size_t>(m_config.dHead);
        for (std::size_t h = 0; h < x.size() / dh; ++h)
            for (int i = 0; i < dim / 2; ++i) {
                const double angle = static_cast<double>(position) * frequency(scaling, base, i, dim, n);
                const std::size_t a = h * dh + static_cast<std::size_t>(m_config.rotaryAdjacentPairs ? 2 * i : i);
                const std::size_t b = h * dh + static_cast<std::size_t>(m_config.rotaryAdjacentPairs ? 2 * i + 1 : i + dim / 2);
                const double xa = x[a], xb = x[b];
                x[a] = grow * (xa * std::cos(angle) - xb * std::sin(angle));
                x[b] = grow * (xa * std::sin(angle) + xb * std::cos(angle));
            }
    }

    /// Nearest number with 8 bits of mantissa, ties to even.
    static double bfloat16(double x)
    {
        if (x == 0) return 0;
        int exponent = 0;
        const double mantissa = std::frexp(x, &exponent);
        return std::ldexp(std::nearbyint(mantissa * 256), exponent - 8);
    }

    /// ALiBi as the papers and programs write it (Press et al. 2022: get_slopes; TransformerLens: 8(h+1)/H).
    double bias(int h, int heads, std::size_t i, std::size_t j, double scale) const
    {
        if (m_config.position != PositionKind::Alibi) return 0;
        double slope = std::pow(2.0, -8.0 * (h + 1) / heads);
        if (m_config.alibiRule == AlibiRule::Standard) {
            const auto lower = static_cast<int>(std::pow(2.0, std::floor(std::log2(heads))));
            const double ofLower = std::pow(2.0, -8.0 / lower), ofUpper = std::pow(2.0, -8.0 / (2 * lower));
            slope = h < lower ? std::pow(ofLower, h + 1) : std::pow(ofUpper, 2 * (h - lower) + 1);
        }
        if (!m_config.alibiSlopes.empty()) slope = m_config.alibiSlopes[static_cast<std::size_t>(h)];
        const auto q = static_cast<double>(i), k = static_cast<double>(j);
        if (!m_config.alibiBfloat16) return slope * (k - q);
        return scale * (bfloat16(bfloat16(slope) * bfloat16(k)) - bfloat16(bfloat16(slope) * bfloat16(q)));
    }

    void attention(int l, const LayerWeights& w, const Rows& input, OracleRun& out) const
    {
        const std::size_t n = input.size(), dh = static_cast<std::size_t>(m_config.dHead);
        const int heads = m_config.heads(l), group = heads / m_config.kvHeads(l);
        const double scale = (m_config.attnScale != 0.0 ? m_config.attnScale : 1.0 / std::sqrt(static_cast<double>(dh)))
                             / (m_config.scaleByInverseLayer ? l + 1 : 1);
        Rows q, k, v, z(n, std::vector<double>(static_cast<std::size_t>(heads) * dh));
        for (std::size_t p = 0; p < n; ++p) {
            std::vector<double> placed = input[p];
            if (m_config.position == PositionKind::Shortformer)
                for (std::size_t i = 0; i < placed.size(); ++i)
                    placed[i] += static_cast<double>((*m_model.embedding())->wPos.row(static_cast<std::ptrdiff_t>(p))[i]);
            if (w.latent) {
                addLatent(w, input[p], q, k, v);
            } else {
                q.push_back(clipped(qkNormed(affine(placed, w.wQ, w.bQ), w.qNorm)));
                k.push_back(clipped(qkNormed(affine(placed, w.wK, w.bK), w.kNorm)));
                v.push_back(clipped(affine(input[p], w.wV, w.bV)));
            }
            rotate(l, q[p], p, n);
            rotate(l, k[p], p, n);
            const bool turned = m_config.position == PositionKind::Rotary
                                && (m_config.rotaryPerLayer.empty() || m_config.rotaryPerLayer[static_cast<std::size_t>(l)] != 0);
            if (m_config.qkNorm == QkNorm::RmsTurned && turned) q[p] = headRms(q[p]), k[p] = headRms(k[p]);
            if (m_config.temperatureScale > 0 && !turned)
                for (double& x : q[p])
                    x *= 1 + m_config.temperatureScale * std::log(1 + std::floor(static_cast<double>(p + 1) / m_config.temperatureFloor));
        }
        arrive(Site::Q, l, q);
        arrive(Site::K, l, k);
        arrive(Site::V, l, v);
        std::vector<Rows> allScores, allPatterns;
        for (int h = 0; h < heads; ++h) {
            const std::size_t at = static_cast<std::size_t>(h) * dh, kv = static_cast<std::size_t>(h / group) * dh;
            Rows scores(n, std::vector<double>(n, -std::numeric_limits<double>::infinity())), pattern(n, std::vector<double>(n));
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = 0; j < n; ++j) {
                    if (!oracleSees(m_config, l, static_cast<int>(i), static_cast<int>(j))) continue;
                    if (!m_padding.empty() && m_padding[j]) continue;
                    double s = 0;
                    for (std::size_t c = 0; c < dh; ++c) s += q[i][at + c] * k[j][kv + c];
                    double own = 0;  // what the distance adds
                    if (w.places) {
                        const auto reach = static_cast<int>(w.places->rows.size() / 2);
                        const int distance = std::clamp(static_cast<int>(i) - static_cast<int>(j), -reach, reach);
                        const auto row = static_cast<std::ptrdiff_t>(w.places->rows[static_cast<std::size_t>(distance + reach)]);
                        if (!w.places->bias.empty()) own = static_cast<double>(w.places->bias(row, h));
                        for (std::size_t c = 0; c < dh && !w.places->keys.empty(); ++c)
                            s += q[i][at + c] * static_cast<double>(w.places->keys.row(row)[at + c]);
                        for (std::size_t c = 0; c < dh && !w.places->queries.empty(); ++c)
                            s += k[j][kv + c] * static_cast<double>(w.places->queries.row(row)[at + c]);
                    }
                    scores[i][j] = capped(s * scale, m_config.attnSoftcap) + bias(h, heads, i, j, scale) + own;
                }
            for (const Intervention& x : m_interventions)
                if (x.head == HeadId{l, h} && (x.kind == InterventionKind::KnockOutEdges || x.kind == InterventionKind::ClampEdges))
                    for (const auto& [i, j] : x.edges)
                        scores[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = -std::numeric_limits<double>::infinity();
            if (touchScores) touchScores(l, h, scores);
            for (std::size_t i = 0; i < n; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j < n; ++j) sum += std::exp(scores[i][j]);
                if (!w.sinks.empty()) sum += std::exp(static_cast<double>(w.sinks[static_cast<std::size_t>(h)]));
                for (std::size_t j = 0; j < n && sum > 0; ++j) pattern[i][j] = std::exp(scores[i][j]) / sum;
            }
            changePattern({l, h}, pattern);
            if (touch) touch(Site::Pattern, l, h, pattern);
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = 0; j < n; ++j)
                    for (std::size_t c = 0; c < dh; ++c) z[i][at + c] += pattern[i][j] * v[j][kv + c];
            for (const Intervention& x : m_interventions)
                if (x.head == HeadId{l, h} || (x.head.layer == l && x.head.head < 0)) changeZ(x, at, dh, z);
            allScores.push_back(scores);
            allPatterns.push_back(pattern);
        }
        if (touch) touch(Site::Z, l, -1, z);
        out.q.push_back(q);
        out.k.push_back(k);
        out.v.push_back(v);
        out.z.push_back(z);
        out.scores.push_back(allScores);
        out.pattern.push_back(allPatterns);
    }

    void changePattern(HeadId head, Rows& pattern) const
    {
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            double held = 0;
            for (const Intervention& x : m_interventions)
                if (x.kind == InterventionKind::ClampEdges && x.head == head)
                    for (const auto& [q, k] : x.edges) held += q == static_cast<int>(i) ? static_cast<double>(x.value) : 0.0;
            for (double& a : pattern[i]) a *= 1.0 - held;
        }
        for (const Intervention& x : m_interventions) {
            if (x.head != head) continue;
            if (x.kind == InterventionKind::ClampEdges)
                for (const auto& [q, k] : x.edges)
                    pattern[static_cast<std::size_t>(q)][static_cast<std::size_t>(k)] = static_cast<double>(x.value);
        }
        for (const Intervention& x : m_interventions) {
            if (x.head != head) continue;
            for (std::size_t i = 0; i < pattern.size(); ++i)
                for (std::size_t j = 0; j < pattern.size(); ++j) {
                    if (x.kind == InterventionKind::ForceRow && x.positions[0] == static_cast<int>(i))
                        pattern[i][j] = static_cast<double>(x.vector[j]);
                    if (x.kind == InterventionKind::Replace && x.site == Site::Pattern && chosen(x, i)) pattern[i][j] = stored(x, i, j);
                }
        }
    }

    static bool chosen(const Intervention& x, std::size_t row)
    {
        return x.positions.empty() || std::find(x.positions.begin(), x.positions.end(), static_cast<int>(row)) != x.positions.end();
    }
    static double stored(const Intervention& x, std::size_t row, std::size_t column)
    {
        return static_cast<double>((*x.stored)(static_cast<std::ptrdiff_t>(row), static_cast<std::ptrdiff_t>(column)));
    }

    /// Replacements at a site other than Z and Pattern, then what the test does to it.
    void arrive(Site site, int l, Rows& x) const
    {
        const auto dh = static_cast<std::size_t>(m_config.dHead);
        for (const Intervention& v : m_interventions) {
            if (v.kind != InterventionKind::Replace || v.head.layer != l || v.site != site) continue;
            const bool one = isHeadSite(site) && v.head.head >= 0;
            const std::size_t first = one ? static_cast<std::size_t>(v.head.head) * dh : 0;
            for (std::size_t r = 0; r < x.size(); ++r)
                for (std::size_t c = first; chosen(v, r) && c < (one ? first + dh : x[r].size()); ++c) x[r][c] = stored(v, r, c);
        }
        if (touch) touch(site, l, -1, x);
    }

    void changeZ(const Intervention& x, std::size_t at, std::size_t dh, Rows& z) const
    {
        const auto counts = [&](std::size_t row) { return m_padding.empty() || !m_padding[row]; };
        double rows = 0;
        for (std::size_t i = 0; i < z.size(); ++i) rows += counts(i) ? 1 : 0;
        std::vector<double> mean(dh);
        for (std::size_t c = 0; c < dh && x.kind == InterventionKind::MeanHead; ++c) {
            if (!x.vector.empty()) mean[c] = static_cast<double>(x.vector[c]);
            else
                for (std::size_t i = 0; i < z.size(); ++i) mean[c] += counts(i) ? z[i][at + c] / rows : 0.0;
        }
        for (std::size_t i = 0; i < z.size(); ++i) {
            if (!x.positions.empty() && std::find(x.positions.begin(), x.positions.end(), static_cast<int>(i)) == x.positions.end())
                continue;
            for (std::size_t c = 0; c < dh; ++c) {
                double& value = z[i][at + c];
                if (x.kind == InterventionKind::ScaleHead) value *= static_cast<double>(x.value);
                if (x.kind == InterventionKind::ZeroHead) value = 0;
                if (x.kind == InterventionKind::MeanHead) value = mean[c];
                if (x.kind == InterventionKind::AddToHead) value += static_cast<double>(x.vector[c]);
                if (x.kind == InterventionKind::Replace && x.site == Site::Z) value = stored(x, i, at + c);
            }
        }
    }

    void block(int l, Rows& x, OracleRun& out) const
    {
        const auto w = *m_model.layer(l);
        const bool pre = m_config.normPlace == NormPlace::Pre || m_config.normPlace == NormPlace::Both;
        const bool post = m_config.normPlace == NormPlace::Post;
        const bool written = m_config.normPlace == NormPlace::Output || m_config.normPlace == NormPlace::Both;
        const std::size_t n = x.size();
        arrive(Site::ResidPre, l, x);
        out.residPre.push_back(x);
        Rows input = x;
        if (pre)
            for (auto& row : input) row = norm(row, w->ln1);
        attention(l, *w, input, out);
        Rows mid = x, attention, seen = x, mlpOut;
        const bool parallel = !m_config.attnOnly && m_config.parallelAttnMlp;
        for (std::size_t p = 0; p < n; ++p) attention.push_back(affine(out.z.back()[p], w->wO, w->bO));
        for (std::size_t p = 0; p < n && written; ++p) attention[p] = norm(attention[p], w->ln1Post);
        arrive(Site::AttnOut, l, attention);
        for (std::size_t p = 0; p < n; ++p) add(mid[p], attention[p]);
        if (!parallel) arrive(Site::ResidMid, l, mid);
        out.residMid.push_back(mid);
        x = mid;
        if (!m_config.attnOnly) {
            for (std::size_t p = 0; p < n; ++p) {
                if (parallel && pre) seen[p] = norm(seen[p], m_config.parallelSharedNorm ? w->ln1 : w->ln2);
                if (!parallel && post) x[p] = norm(mid[p], w->ln1);
                if (!parallel) seen[p] = pre ? norm(mid[p], w->ln2) : x[p];
                mlpOut.push_back(mlp(*w, seen[p]));
                if (written) mlpOut[p] = norm(mlpOut[p], w->ln2Post);
            }
            arrive(Site::MlpOut, l, mlpOut);
            for (std::size_t p = 0; p < n; ++p) add(x[p], mlpOut[p]);
        }
        if (post)
            for (auto& row : x) row = norm(row, m_config.attnOnly || parallel ? w->ln1 : w->ln2);
        arrive(Site::ResidPost, l, x);
    }

    static void add(std::vector<double>& y, const std::vector<double>& x)
    {
        for (std::size_t i = 0; i < y.size(); ++i) y[i] += x[i];
    }

    const Model& m_model;
    Interventions m_interventions;
    std::vector<bool> m_padding;
};

}  // namespace hs::test
