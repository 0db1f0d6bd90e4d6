// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/output_cka.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "engine/base/at.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

/// L [dh, dh] with L L' = W_O W_O': z L has the same inner products as z W_O, at a width of dh instead of d. Semidefinite is fine: a
/// direction that W_O sends to 0 has a pivot of 0 and adds nothing.
MatrixF outputFactor(ViewF wO)
{
    const auto n = static_cast<int>(wO.rows);
    std::vector<double> l(at(n) * at(n));
    MatrixF out(n, n);
    double largest = 0;
    for (int j = 0; j < n; ++j) {
        for (int i = j; i < n; ++i) {
            double sum = 0;
            for (std::ptrdiff_t c = 0; c < wO.cols; ++c) sum += static_cast<double>(wO(i, c)) * static_cast<double>(wO(j, c));
            if (i == j) largest = std::max(largest, sum);
            for (int k = 0; k < j; ++k) sum -= l[at(i) * at(n) + at(k)] * l[at(j) * at(n) + at(k)];
            const double pivot = i == j ? sum : l[at(j) * at(n) + at(j)];
            if (i == j) l[at(i) * at(n) + at(j)] = sum > 1e-13 * largest ? std::sqrt(sum) : 0;
            else l[at(i) * at(n) + at(j)] = pivot > 0 ? sum / pivot : 0;
        }
    }
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) out(i, j) = static_cast<float>(l[at(i) * at(n) + at(j)]);
    return out;
}

double sumOfSquares(const float* x, std::ptrdiff_t n)
{
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < n; ++i) sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return sum;
}

}  // namespace

OutputCka::OutputCka(std::shared_ptr<const Model> model, int documents, OutputCkaOptions options)
    : m_model(std::move(model)), m_options(options),
      m_perDocument(std::max(1, (options.maxTokens + std::max(1, documents) - 1) / std::max(1, documents))),
      m_rows(at(m_model->config().nLayers))
{}

std::int64_t OutputCka::recommendedTokens() const { return std::int64_t(10) * m_model->config().dHead; }

Status OutputCka::add(const Run& run, const Progress& progress)
{
    if (run.model != m_model || !run.complete) return Error::argument("run");
    std::vector<int> eligible;
    const std::vector<Token>& tokens = run.queryTokens();
    for (int i = 1; i < run.queries(); ++i)
        if (!tokens[at(i)].special && (run.padding.empty() || !run.padding[at(i)])) eligible.push_back(i);
    std::vector<int> chosen;
    const int count = static_cast<int>(eligible.size()), wanted = std::min(count, m_perDocument);
    SeededRandom random(m_options.seed);
    for (int k = 0; k < wanted; ++k) {
        const int first = static_cast<int>(static_cast<std::int64_t>(count) * k / wanted),
                  end = static_cast<int>(static_cast<std::int64_t>(count) * (k + 1) / wanted);
        chosen.push_back(eligible[at(first) + random.below(static_cast<std::uint64_t>(std::max(1, end - first)))]);
    }
    std::vector<std::size_t> before;
    for (const auto& layer : m_rows) before.push_back(layer.size());
    const auto undo = [&](Error error) {
        for (std::size_t l = 0; l < m_rows.size(); ++l) m_rows[l].resize(before[l]);
        return error;
    };
    for (int l = 0; l < run.layers(); ++l) {
        if (progress.stopped()) return undo(Error::cancelled());
        const MatrixF* z = &run.layerRuns[at(l)]->z;
        MatrixF computed;
        if (z->empty()) {
            std::string name = "blocks.";
            name += std::to_string(l);
            auto made = run.activation(name + ".attn.hook_z");
            if (!made) return undo(made.error());
            computed = *std::move(made);
            z = &computed;
        }
        for (const int i : chosen) m_rows[at(l)].insert(m_rows[at(l)].end(), z->row(i), z->row(i) + z->cols());
    }
    m_tokens += wanted;
    return {};
}

Result<OutputCka::Matrix> OutputCka::finish(const Progress& progress) const
{
    const ModelConfig& config = m_model->config();
    const std::ptrdiff_t dh = config.dHead, T = m_tokens;
    Matrix out;
    for (int l = 0; l < config.nLayers; ++l)
        for (int h = 0; h < config.heads(l); ++h) out.heads.push_back({l, h});
    const std::size_t H = out.heads.size();
    out.values.assign(H * H, std::numeric_limits<double>::quiet_NaN());
    if (T < 2) return out;

    // Centred, and through W_O where asked: one matrix for each layer.
    std::vector<MatrixF> x;
    std::vector<double> energy, variance;  // of each head's z: sums of squares before and after centring
    for (int l = 0; l < config.nLayers; ++l) {
        if (!progress.checkpoint()) return Error::cancelled();
        const std::ptrdiff_t cols = config.heads(l) * dh;
        MatrixF m = MatrixF::uninitialised(T, cols);
        const std::vector<float>& rows = m_rows[at(l)];
        std::vector<double> mean(static_cast<std::size_t>(cols));
        for (std::ptrdiff_t t = 0; t < T; ++t)
            for (std::ptrdiff_t c = 0; c < cols; ++c)
                mean[static_cast<std::size_t>(c)] += static_cast<double>(rows[static_cast<std::size_t>(t * cols + c)]);
        for (std::ptrdiff_t t = 0; t < T; ++t)
            for (std::ptrdiff_t c = 0; c < cols; ++c)
                m(t, c) = static_cast<float>(static_cast<double>(rows[static_cast<std::size_t>(t * cols + c)])
                                             - mean[static_cast<std::size_t>(c)] / static_cast<double>(T));
        for (int h = 0; h < config.heads(l); ++h) {
            double whole = 0, centred = 0;
            for (std::ptrdiff_t t = 0; t < T; ++t) {
                whole += sumOfSquares(rows.data() + t * cols + h * dh, dh);
                centred += sumOfSquares(m.row(t) + h * dh, dh);
            }
            energy.push_back(whole);
            variance.push_back(centred);
        }
        if (m_options.throughOutput) {
            const auto weights = m_model->layer(l, progress);
            if (!weights) return weights.error();
            MatrixF turned = MatrixF::uninitialised(T, cols);
            parallelFor(static_cast<std::size_t>(config.heads(l)), [&](std::size_t h) {
                if (progress.stopped()) return;
                const auto c0 = static_cast<std::ptrdiff_t>(h) * dh;
                const MatrixF factor = outputFactor((*weights)->headO(static_cast<int>(h)));
                gemm(false, false, 1.0f, m.view().block(0, c0, T, dh), factor.view(), 0.0f, turned.view().block(0, c0, T, dh));
            });
            m = std::move(turned);
        }
        x.push_back(std::move(m));
    }

    // Head a against all heads of its layer and later ones; every pair belongs to one task.
    std::vector<double> cross(H * H);
    std::vector<std::size_t> firstOfLayer;
    for (std::size_t i = 0; i < H; ++i)
        if (out.heads[i].head == 0) firstOfLayer.push_back(i);
    std::atomic<std::int64_t> done{0};
    parallelFor(H, [&](std::size_t a) {
        const HeadId id = out.heads[a];
        const ViewF mine = x[at(id.layer)].view().block(0, id.head * dh, T, dh);
        for (int l = id.layer; l < config.nLayers; ++l) {
            if (progress.stopped()) return;
            const MatrixF& other = x[at(l)];
            MatrixF product = MatrixF::uninitialised(other.cols(), dh);  // heads of the layer one below the other
            gemm(true, false, 1.0f, other.view(), mine, 0.0f, product.view());
            for (int h = 0; h < config.heads(l); ++h) {
                const std::size_t b = firstOfLayer[at(l)] + at(h);
                cross[a * H + b] = sumOfSquares(product.row(h * dh), dh * dh);
            }
        }
        progress.report(Stage::Statistics, ++done, static_cast<std::int64_t>(H));
    });
    if (progress.stopped()) return Error::cancelled();
    for (std::size_t a = 0; a < H; ++a) {
        for (std::size_t b = a; b < H; ++b) {
            const double own = cross[a * H + a] * cross[b * H + b];
            // What varies by less than float rounding does not vary.
            if (!(own > 0) || variance[a] <= 1e-12 * energy[a] || variance[b] <= 1e-12 * energy[b]) continue;
            const double cka = a == b ? 1.0 : std::min(1.0, cross[a * H + b] / std::sqrt(own));
            out.values[a * H + b] = cka;
            out.values[b * H + a] = cka;
        }
    }
    return out;
}

}  // namespace hs
