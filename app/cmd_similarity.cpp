// SPDX-License-Identifier: GPL-3.0-or-later
// headscope similarity: all heads against all heads under one measure, as numbers.
#include <cmath>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/head_matrices.h"
#include "engine/io/write/matrix_file.h"
#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/similarity.h"
#include "engine/session/jobs/written.h"

namespace hs::app {
namespace {

struct SimilarityArguments : Arguments, MeasureChoice {};

std::string missing(const SimilarityArguments& a)
{
    if (a.out.empty()) return "similarity needs --out FILE";
    if (std::string problem = missingOfMeasure(a, "similarity", "OQ"); !problem.empty()) return problem;
    if (a.pairings.size() > 1) return "similarity writes one pairing at a time";
    if (a.open.maskPadding && !needsCorpus(*a.measure)) return "--mask-padding goes with a measure that reads a text";
    return {};
}

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
    const QString pair =
        QString::fromStdString(m.rows.heads[bestRow].label) + QStringLiteral(" → ") + QString::fromStdString(m.cols.heads[bestCol].label);
    return line + QStringLiteral(", ") + Words::tr("strongest %1 %2").arg(pair).arg(best, 0, 'f', 4);
}

int similarity(const SimilarityArguments& arguments)
{
    const std::string& path = arguments.files.front();
    if (const auto format = matrixFormatOf(arguments.out); !format)
        return failUsage("--out " + arguments.out + ": a name ending in .h5, .npy or .csv expected", "similarity");

    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
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

}  // namespace

CommandSpec similarityCommand()
{
    const auto a = std::make_shared<SimilarityArguments>();
    CommandSpec spec;
    spec.name = "similarity";
    spec.usage = {"FILE --measure NAME [--pairing XY | --corpus PATH | --tokens-file FILE] --out S.(h5|csv|npy) [OPTION...]"};
    spec.call = "FILE ... --out S.h5";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "heads against heads, from weights or behaviour");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Compares all heads with all heads. OQ is what an earlier head writes against what a later head's query reads; pairs that cannot\n"
        "compose are NaN. QQ, KK, VV and OO compare every pair. Rows are sources, columns targets, layer by layer; key and value heads\n"
        "that query heads share stand once (cs: for each query head). HDF5 holds the raw values (S) and those above chance (corrected).");
    spec.examples = {"model.h5 --measure pk --pairing OK --out pk.h5", "model.h5 --measure cs --pairing OQ --out cs.csv",
                     "model.h5 --measure pk --pairing VV --weights folded-centred --out vv.npy"};
    spec.options = joined(measureOptions(*a), Options{maskPaddingOption(a->open)});
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.run = [a] { return similarity(*a); };
    return spec;
}

}  // namespace hs::app
