// SPDX-License-Identifier: GPL-3.0-or-later
// What the double-precision forward pass makes of single rows: norms, products, latent attention, MLPs, experts.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/model/config.h"
#include "engine/model/weights.h"

namespace hs::test {

using Rows = std::vector<std::vector<double>>;

class OracleRows {
public:
    explicit OracleRows(const ModelConfig& config) : m_config(config) {}

protected:
    std::vector<double> norm(const std::vector<double>& x, const NormWeights& w) const
    {
        return norm(x, w, w.none ? NormKind::None : m_config.norm);
    }

    std::vector<double> norm(const std::vector<double>& x, const NormWeights& w, NormKind kind) const
    {
        if (kind == NormKind::None) return x;
        double mean = 0, square = 0;
        if (kind == NormKind::LayerNorm) {
            for (double v : x) mean += v;
            mean /= static_cast<double>(x.size());
        }
        for (double v : x) square += (v - mean) * (v - mean);
        const double factor = 1.0 / std::sqrt(square / static_cast<double>(x.size()) + m_config.eps);
        std::vector<double> y(x.size());
        for (std::size_t i = 0; i < x.size(); ++i)
            y[i] = (x[i] - mean) * factor * (w.w.empty() ? 1.0 : static_cast<double>(w.w[i]))
                   + (w.b.empty() ? 0.0 : static_cast<double>(w.b[i]));
        return y;
    }

    static std::vector<double> affine(const std::vector<double>& x, const MatrixF& w, const std::vector<float>& b)
    {
        std::vector<double> y(static_cast<std::size_t>(w.cols()));
        for (std::size_t o = 0; o < y.size(); ++o) {
            if (!b.empty()) y[o] = static_cast<double>(b[o]);
            for (std::size_t i = 0; i < x.size(); ++i)
                y[o] += x[i] * static_cast<double>(w(static_cast<std::ptrdiff_t>(i), static_cast<std::ptrdiff_t>(o)));
        }
        return y;
    }

    double activate(double x) const { return activate(x, m_config.activation); }
    static double activate(double x, Activation activation)
    {
        switch (activation) {
        case Activation::Relu: return std::max(0.0, x);
        case Activation::GeluExact: return x * 0.5 * (1.0 + std::erf(x / std::sqrt(2.0)));
        case Activation::GeluTanh: return 0.5 * x * (1.0 + std::tanh(std::sqrt(2.0 / M_PI) * (x + 0.044715 * x * x * x)));
        case Activation::Silu: return x / (1.0 + std::exp(-x));
        case Activation::QuickGelu: return x / (1.0 + std::exp(-1.702 * x));
        case Activation::Gelu10: return std::clamp(x * 0.5 * (1.0 + std::erf(x / std::sqrt(2.0))), -10.0, 10.0);
        case Activation::Relu2: return std::pow(std::max(0.0, x), 2);
        case Activation::Relu6: return std::min(6.0, std::max(0.0, x));
        case Activation::Tanh: return std::tanh(x);
        case Activation::Sigmoid: return 1.0 / (1.0 + std::exp(-x));
        case Activation::Linear: return x;
        case Activation::Mish: return x * std::tanh(std::log(1.0 + std::exp(x)));
        case Activation::LeakyRelu: return x < 0 ? 0.01 * x : x;
        case Activation::HardSwish: return x * std::min(6.0, std::max(0.0, x + 3.0)) / 6.0;
        case Activation::Laplace: return 0.5 * (1.0 + std::erf((x - 0.707107) / (0.282095 * std::sqrt(2.0))));
        case Activation::Solu: break;  // of a whole row: activateRow
        }
        return 0;
    }

    void activateRow(std::vector<double>& row) const
    {
        double sum = 0;
        for (const double x : row) sum += std::exp(x);
        for (double& x : row) x = m_config.activation == Activation::Solu ? x * std::exp(x) / sum : activate(x);
    }

    /// Norm of queries or keys: of each head's entries, or of all.
    std::vector<double> qkNormed(std::vector<double> x, const NormWeights& w) const
    {
        if (m_config.qkNorm == QkNorm::None || m_config.qkNorm == QkNorm::RmsTurned) return x;
        const std::size_t width = m_config.qkNorm == QkNorm::RmsWidth ? x.size() : static_cast<std::size_t>(m_config.dHead);
        for (std::size_t at = 0; at < x.size(); at += width) {
            NormWeights own;
            for (std::size_t i = at; i < at + width; ++i) {
                if (!w.w.empty()) own.w.push_back(w.w[i]);
                if (!w.b.empty()) own.b.push_back(w.b[i]);
            }
            const std::vector<double> part(x.begin() + static_cast<std::ptrdiff_t>(at),
                                           x.begin() + static_cast<std::ptrdiff_t>(at + width));
            const auto y = norm(part, own, m_config.qkNorm == QkNorm::LnHeads ? NormKind::LayerNorm : NormKind::RmsNorm);
            std::copy(y.begin(), y.end(), x.begin() + static_cast<std::ptrdiff_t>(at));
        }
        return x;
    }

    /// Each head's entries over their root mean square.
    std::vector<double> headRms(std::vector<double> x) const
    {
        const auto dh = static_cast<std::size_t>(m_config.dHead);
        for (std::size_t at = 0; at < x.size(); at += dh) {
            double squares = 0;
            for (std::size_t i = 0; i < dh; ++i) squares += x[at + i] * x[at + i];
            for (std::size_t i = 0; i < dh; ++i) x[at + i] /= std::sqrt(squares / static_cast<double>(dh) + m_config.eps);
        }
        return x;
    }

    /// Latent attention, by its paper: narrow rows, each normed, and the turned entries of keys beside them.
    void addLatent(const LayerWeights& w, const std::vector<double>& x, Rows& q, Rows& k, Rows& v) const
    {
        const LatentWeights& l = *w.latent;
        const auto rms = [](std::vector<double> row, const std::vector<float>& gain) {
            double squares = 0;
            for (const double y : row) squares += y * y;
            for (std::size_t i = 0; i < row.size(); ++i)
                row[i] *= static_cast<double>(gain[i]) / std::sqrt(squares / static_cast<double>(row.size()) + 1e-6);
            return row;
        };
        q.push_back(l.qDown.empty() ? affine(x, w.wQ, w.bQ) : affine(rms(affine(x, l.qDown, l.bQDown), l.qNorm.w), l.qUp, {}));
        std::vector<double> both = affine(x, l.kvDown, l.bKvDown);
        const auto turned = static_cast<std::size_t>(m_config.rotaryDim), rank = both.size() - turned;
        const std::vector<double> tail(both.begin() + static_cast<std::ptrdiff_t>(rank), both.end());
        both.resize(rank);
        const auto latent = rms(both, l.kvNorm.w);
        k.push_back(affine(latent, l.kUp, {}));
        for (std::size_t at = 0; at < k.back().size(); at += static_cast<std::size_t>(m_config.dHead))
            std::copy(tail.begin(), tail.end(), k.back().begin() + static_cast<std::ptrdiff_t>(at));
        v.push_back(affine(latent, l.vUp, {}));
    }

    std::vector<double> clipped(std::vector<double> x) const
    {
        for (double& v : x)
            if (m_config.qkvClip > 0) v = std::clamp(v, -m_config.qkvClip, m_config.qkvClip);
        return x;
    }

    /// What a layer's MLP makes of one row, its experts with it: each expert in turn, chosen by going through all of them.
    std::vector<double> mlp(const LayerWeights& w, const std::vector<double>& x) const
    {
        if (!w.experts) return ownMlp(w, x);
        const ExpertWeights& e = *w.experts;
        const Routing& r = m_config.routing;
        std::vector<double> out(x.size());
        if (!w.wIn.empty()) {
            const double by = e.sharedGate.empty() ? 1 : 1 / (1 + std::exp(-affine(x, e.sharedGate, {})[0]));
            const auto own = ownMlp(w, x);
            for (std::size_t i = 0; i < x.size(); ++i) out[i] += by * own[i];
        }
        const auto logits = affine(x, e.router, e.bRouter);
        const auto weights = expertWeights(r, logits, e.bChoice);
        for (std::size_t k = 0; k < weights.size(); ++k) {
            if (weights[k] == 0) continue;
            std::vector<double> read = x;
            for (double& v : read) v *= r.weighsInput ? weights[k] : 1.0;
            const auto y = oneExpert(e, static_cast<std::ptrdiff_t>(k), read);
            for (std::size_t i = 0; i < x.size(); ++i) out[i] += (r.weighsInput ? 1.0 : weights[k]) * y[i];
        }
        return out;
    }

    /// Weight of each expert, 0 for those that are not chosen.
    static std::vector<double> expertWeights(const Routing& r, const std::vector<double>& logits, const std::vector<float>& choiceBias)
    {
        const std::size_t n = logits.size(), size = n / static_cast<std::size_t>(r.groups);
        std::vector<double> score(n), key(n), out(n);
        double all = 0;
        for (const double l : logits) all += std::exp(l);
        for (std::size_t e = 0; e < n; ++e) {
            score[e] = r.scores == RouterScores::Sigmoid   ? 1 / (1 + std::exp(-logits[e]))
                       : r.scores == RouterScores::Softmax ? std::exp(logits[e]) / all
                                                           : logits[e];
            key[e] = score[e] + (choiceBias.empty() ? 0.0 : static_cast<double>(choiceBias[e]));
        }
        std::vector<double> worth;
        for (std::size_t g = 0; g < static_cast<std::size_t>(r.groups); ++g) {
            std::vector<double> own(key.begin() + std::ptrdiff_t(g * size), key.begin() + std::ptrdiff_t((g + 1) * size));
            std::sort(own.rbegin(), own.rend());
            worth.push_back(own[0] + (r.groupsByTwo ? own[1] : 0));
        }
        const auto rank = [](const std::vector<double>& v, std::size_t at) {
            return std::count_if(v.begin(), v.end(), [&](double x) { return x > v[at]; });
        };
        for (std::size_t e = 0; e < n; ++e)
            if (rank(worth, e / size) >= r.keptGroups) key[e] = -1e300;
        double sum = 0;
        for (std::size_t e = 0; e < n; ++e) {
            if (rank(key, e) >= r.chosen) continue;
            out[e] = r.scores == RouterScores::SoftmaxOfChosen ? std::exp(score[e]) : score[e];
            sum += out[e];
        }
        for (double& w : out) w *= r.scale / (r.normalised || r.scores == RouterScores::SoftmaxOfChosen ? sum : 1);
        return out;
    }

    std::vector<double> oneExpert(const ExpertWeights& w, std::ptrdiff_t e, const std::vector<double>& x) const
    {
        const std::ptrdiff_t d = m_config.dModel, f = m_config.dExpert;
        const auto rows = [&](const MatrixF& all, std::ptrdiff_t n) {
            MatrixF one(n, all.cols());
            for (std::ptrdiff_t r = 0; r < n; ++r) std::copy_n(all.row(e * n + r), all.cols(), one.row(r));
            return one;
        };
        const auto part = [&](const std::vector<float>& all, std::ptrdiff_t n) {
            return all.empty() ? std::vector<float>{} : std::vector<float>(all.begin() + e * n, all.begin() + (e + 1) * n);
        };
        LayerWeights one;
        one.wGate = rows(w.wGate, d), one.wIn = rows(w.wIn, d), one.wOut = rows(w.wOut, f);
        one.bGate = part(w.bGate, f), one.bIn = part(w.bIn, f), one.bOut = part(w.bOut, d);
        return ownMlp(one, x);
    }

    std::vector<double> ownMlp(const LayerWeights& w, const std::vector<double>& x) const
    {
        const bool after = m_config.mlpBiasAfterGate;
        std::vector<double> hidden = affine(x, w.wIn, after ? std::vector<float>{} : w.bIn);
        if (m_config.gatedMlp) {
            std::vector<double> gate = affine(x, w.wGate, w.bGate);
            if (const double most = m_config.gateLimit; most > 0) {
                for (double& v : gate) v = std::min(v, most);
                for (double& v : hidden) v = std::clamp(v, -most, most) + 1;
            }
            activateRow(gate);
            for (std::size_t i = 0; i < hidden.size(); ++i)
                hidden[i] = hidden[i] * gate[i] + (after && !w.bIn.empty() ? static_cast<double>(w.bIn[i]) : 0.0);
        } else {
            activateRow(hidden);
        }
        if (m_config.mlpNorm) hidden = norm(hidden, w.lnMlp, NormKind::LayerNorm);
        return affine(hidden, w.wOut, w.bOut);
    }

    const ModelConfig& m_config;
};

}  // namespace hs::test
