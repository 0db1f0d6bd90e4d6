// SPDX-License-Identifier: GPL-3.0-or-later
// From the last residuals to logits and loss, in blocks of positions x vocabulary.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/forward/ends.h"
#include "engine/forward/unembedding.h"

namespace hs {
namespace {

constexpr std::ptrdiff_t kRows = 256, kColumns = 1024;

/// Log-sum-exp of a row in parts.
struct PartialSum {
    float max = -std::numeric_limits<float>::infinity();
    float sum = 0;
};

}  // namespace

Status predict(Run& run, std::size_t keepBytes, const Progress& progress)
{
    const auto made = unembedding(*run.model, progress);
    if (!made) return made.error();
    const Unembedding& u = *made;
    const std::ptrdiff_t n = run.residFinal.rows(), vocabulary = u.vocabulary();
    const MatrixF x = finalNorm(*run.model, u, std::as_const(run.residFinal).view());
    const bool keep = static_cast<std::size_t>(n) * static_cast<std::size_t>(vocabulary) * sizeof(float) <= keepBytes;
    if (keep) run.logits = MatrixF::uninitialised(n, vocabulary);

    const std::ptrdiff_t chunks = (vocabulary + kColumns - 1) / kColumns;
    std::vector<float> lse(static_cast<std::size_t>(n)), target(static_cast<std::size_t>(n));
    std::vector<PartialSum> parts(static_cast<std::size_t>(chunks * kRows));
    for (std::ptrdiff_t r0 = 0; r0 < n; r0 += kRows) {
        progress.report(Stage::Logits, r0, n);
        const std::ptrdiff_t nr = std::min(kRows, n - r0);
        parallelFor(static_cast<std::size_t>(chunks), [&](std::size_t chunk) {
            if (progress.stopped()) return;
            const std::ptrdiff_t c0 = static_cast<std::ptrdiff_t>(chunk) * kColumns, nc = std::min(kColumns, vocabulary - c0);
            thread_local std::vector<float> buffer;
            MutViewF tile;
            if (keep) {
                tile = run.logits.view().block(r0, c0, nr, nc);
            } else {
                buffer.resize(static_cast<std::size_t>(kRows * kColumns));
                tile = {buffer.data(), nr, nc, nc};
            }
            u.multiply(x.view().block(r0, 0, nr, x.cols()), c0, tile);
            for (std::ptrdiff_t r = 0; r < nr; ++r) {
                PartialSum& part = parts[chunk * static_cast<std::size_t>(kRows) + static_cast<std::size_t>(r)];
                part.max = maxOf(tile.row(r), nc);
                part.sum = sumExp(tile.row(r), nc, part.max);
                if (r0 + r + 1 >= n) continue;
                const std::ptrdiff_t next = run.prompt->tokens[static_cast<std::size_t>(r0 + r + 1)].id - c0;
                if (next >= 0 && next < nc) target[static_cast<std::size_t>(r0 + r)] = tile(r, next);
            }
        });
        if (progress.stopped()) return Error::cancelled();
        for (std::ptrdiff_t r = 0; r < nr; ++r) {
            const auto part = [&](std::ptrdiff_t c) -> const PartialSum& { return parts[static_cast<std::size_t>(c * kRows + r)]; };
            float top = part(0).max;
            for (std::ptrdiff_t c = 1; c < chunks; ++c) top = std::max(top, part(c).max);
            double sum = 0;
            for (std::ptrdiff_t c = 0; c < chunks; ++c)
                sum += static_cast<double>(part(c).sum) * std::exp(static_cast<double>(part(c).max - top));
            const double value = static_cast<double>(top) + std::log(sum);
            if (!std::isfinite(value)) return Error::of(ErrorCode::NotFinite, "logits", "position " + std::to_string(r0 + r));
            lse[static_cast<std::size_t>(r0 + r)] = static_cast<float>(value);
        }
    }
    if (!run.model->config().predictsNext()) return {};  // no logit is that of the next token: no loss
    run.tokenLoss.assign(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, n - 1)), 0.0f);
    double total = 0;
    int counted = 0;
    for (std::size_t i = 0; i < run.tokenLoss.size(); ++i) {
        if (!run.padding.empty() && (run.padding[i] || run.padding[i + 1])) {
            run.tokenLoss[i] = std::numeric_limits<float>::quiet_NaN();
            continue;
        }
        run.tokenLoss[i] = lse[i] - target[i];
        total += static_cast<double>(run.tokenLoss[i]);
        ++counted;
    }
    run.loss = counted > 0 ? total / counted : std::numeric_limits<double>::quiet_NaN();
    return {};
}

Result<std::vector<float>> Run::logitsRow(int position) const
{
    if (!complete || position < 0 || position >= residFinal.rows())
        return Error::argument("position", std::to_string(position), "0 .. " + std::to_string(residFinal.rows() - 1));
    if (!logits.empty()) return std::vector<float>(logits.row(position), logits.row(position) + logits.cols());
    const auto made = unembedding(*model, {});
    if (!made) return made.error();
    const Unembedding& u = *made;
    const MatrixF x = finalNorm(*model, u, std::as_const(residFinal).view().block(position, 0, 1, residFinal.cols()));
    std::vector<float> row(static_cast<std::size_t>(u.vocabulary()));
    const MutViewF out{row.data(), 1, u.vocabulary(), u.vocabulary()};
    const std::ptrdiff_t chunks = (u.vocabulary() + kColumns - 1) / kColumns;
    parallelFor(static_cast<std::size_t>(chunks), [&](std::size_t chunk) {
        const std::ptrdiff_t c0 = static_cast<std::ptrdiff_t>(chunk) * kColumns;
        u.multiply(x.view(), c0, out.block(0, c0, 1, std::min(kColumns, u.vocabulary() - c0)));
    });
    return row;
}

}  // namespace hs
