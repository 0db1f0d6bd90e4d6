// SPDX-License-Identifier: GPL-3.0-or-later
// headscope similarity: all heads against all heads under one measure, as numbers.
#include <cmath>

#include "app/batch.h"
#include "app/commands.h"
#include "app/head_matrices.h"
#include "engine/io/write/matrix_file.h"
#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/similarity.h"
#include "engine/session/jobs/written.h"

namespace hs::app {
namespace {

/// One line: shape, pairs, mean and the strongest pair.
QString summary(const HeadMatrix& m)
{
    std::size_t count = 0, bestRow = 0, bestCol = 0;
    double sum = 0, best = 0;
    for (std::size_t row = 0; row < m.rows.size(); ++row)
        for (std::size_t col = 0; col < m.cols.size(); ++col) {
            const double v = m.value(row, col);
            const bool itself = (!m.pairing || m.pairing->sameRole()) && row == col;
            if (std::isnan(v) || itself) continue;
            sum += v;
            const bool better = isDistance(m.measure) ? v < best : v > best;
            if (count++ == 0 || better) {
                best = v;
                bestRow = row;
                bestCol = col;
            }
        }
    QString line = Words::tr("%1 × %2 heads, %3 pairs").arg(m.rows.size()).arg(m.cols.size()).arg(count);
    if (count == 0) return line;
    line += QStringLiteral(", ") + Words::tr("mean %1").arg(sum / static_cast<double>(count), 0, 'f', 4);
    const QString pair = QString::fromStdString(m.rows.heads[bestRow].label) + QStringLiteral(" → ") + QString::fromStdString(m.cols.heads[bestCol].label);
    return line + QStringLiteral(", ") + Words::tr("strongest %1 %2").arg(pair).arg(best, 0, 'f', 4);
}

}  // namespace

int commandSimilarity(const Arguments& arguments)
{
    const std::string& path = arguments.files.front();
    if (const auto format = matrixFormatOf(arguments.out); !format)
        return failUsage("--out " + arguments.out + ": a name ending in .h5, .npy or .csv expected", "similarity");

    Batch batch(arguments);
    const auto opened = open(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "similarity", {}, {}}, path);
    const auto hash = batch.get<HashResult>(HashJob{(*model)->identity().path});
    if (!hash) return fail(hash.error(), path);

    const auto matrices = headMatrices(batch, arguments, *model, hash->sha256);
    if (!matrices) return fail(matrices.error(), path);
    const auto& matrix = matrices->front();

    const auto written = batch.get<WrittenResult>(WriteHeadMatrixJob{arguments.out, matrix});
    if (!written) return fail(written.error(), arguments.out);
    if (!arguments.quiet) printOut(QStringLiteral("%1: %2\n").arg(QString::fromStdString(arguments.out), summary(*matrix)));
    return kDone;
}

}  // namespace hs::app
