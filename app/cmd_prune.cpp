// SPDX-License-Identifier: GPL-3.0-or-later
// headscope prune: heads cut in several orders, loss after each step, and a model without them.
#include <QStringList>

#include <filesystem>

#include "app/batch.h"
#include "app/commands.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/importance.h"
#include "engine/session/jobs/pruning.h"
#include "engine/session/pruning_file.h"
#include "engine/session/texts.h"

namespace hs::app {
namespace {

PruningSpec specOf(const Arguments& a)
{
    PruningSpec spec;
    spec.score = *parseImportance(a.score);
    spec.ablation = *parseAblation(a.ablation);
    spec.recompute = !a.oneShot;
    spec.randomSeeds = a.seeds;
    spec.seed = a.seed.value_or(1);
    spec.draws = a.draws;
    const double size = std::atof(a.steps.c_str());   // parse() let only numbers pass
    if (a.steps.back() == '%') spec.stepShare = size / 100.0;
    else spec.stepHeads = static_cast<int>(size);
    if (!a.orders.empty()) spec.orders.clear();
    for (const std::string& name : a.orders)
        if (const OrderKind order = *parseOrder(name); std::find(spec.orders.begin(), spec.orders.end(), order) == spec.orders.end()) spec.orders.push_back(order);
    return spec;
}

TextRequest textOf(const std::string& path, const Arguments& a)
{
    TextRequest text;
    text.files = {path};
    text.length = a.length.value_or(0);
    text.maxPrompts = a.maxPrompts;
    return text;
}

/// Where an order stands against random ones: said plainly, also where it does not help.
QString bandLine(const PruningCurve& curve, const PruningSeries& series)
{
    const BandReport report = againstRandom(curve, series);
    const int points = report.below + report.inside + report.above;
    if (points == 0) return {};
    QString line = Words::tr("order %1: below the random band at %2 of %3 points").arg(QString::fromUtf8(orderName(series.order))).arg(report.below).arg(points);
    if (!report.notBelow.empty()) {
        QStringList where;
        for (const int left : report.notBelow) where << QString::number(left);
        line += QStringLiteral("; ") + Words::tr("not below with %1 heads left").arg(where.join(QStringLiteral(", ")));
    }
    return line + QLatin1Char('\n');
}

/// Heads that go first by the curve's leading order, down to `keep`; more than the curve's steps decided are taken in its order too.
Result<std::vector<HeadId>> headsToCut(const PruningCurve& curve, int keep)
{
    if (keep > curve.heads)
        return Error::argument("--keep", std::to_string(keep), std::string("1 .. ").append(std::to_string(curve.heads)));
    const PruningSeries* leading = curve.series.empty() ? nullptr : &curve.series.front();
    const auto count = static_cast<std::size_t>(curve.heads - keep);
    if (!leading || leading->cut.size() < count) return Error::argument("--keep", std::to_string(keep));
    return std::vector<HeadId>(leading->cut.begin(), leading->cut.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

int commandPrune(const Arguments& arguments)
{
    const std::string& path = arguments.files.front();
    Batch batch(arguments);
    const auto opened = open(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "prune", {}, {}}, path);
    const auto hash = batch.get<HashResult>(HashJob{path});
    if (!hash && hash.error().code == ErrorCode::Cancelled) return fail(hash.error(), path);

    PruningCurveJob job;
    job.model = *model;
    job.calibration = textOf(arguments.calibrate, arguments);
    job.test = textOf(arguments.test, arguments);
    job.spec = specOf(arguments);
    if (hash) job.modelHash = hash->sha256;   // a folder has none
    std::error_code ignored;
    if (!arguments.state.empty() && std::filesystem::exists(arguments.state, ignored)) {
        auto state = readPruning(arguments.state);
        if (!state) return fail(state.error(), arguments.state);
        job.resume = *state;
    }
    TextRequest calibration = job.calibration, test = job.test;
    const std::string modelHash = job.modelHash;
    PruningCurvePtr last = job.resume;
    const auto done = batch.run(std::move(job), [&](const PruningCurveResult& stage) { last = stage.curve; });
    // What is measured is kept, also when the work stopped.
    for (TextRequest* text : {&test, &calibration})
        for (std::string& file : text->files) file = std::filesystem::absolute(file, ignored).string();   // the state may be opened elsewhere
    if (last && !arguments.state.empty())
        if (const Status saved = writeFileAtomically(arguments.state, pruningJson(*last, &test, &calibration)); !saved) return fail(saved.error(), arguments.state);
    if (!done) return fail(done.error(), path);
    const PruningCurve& curve = *last;
    if (const Status written = writeFileAtomically(arguments.out, pruningCsv(curve)); !written) return fail(written.error(), arguments.out);
    if (!arguments.quiet) {
        QString text = Words::tr("%1: %2 orders, %3 prompts, %4 tokens; loss %5 nats with all %6 heads")
                           .arg(QString::fromStdString(arguments.out)).arg(curve.series.size()).arg(curve.data.prompts).arg(curve.data.tokens)
                           .arg(curve.baseLoss(), 0, 'f', 4).arg(curve.heads) + QLatin1Char('\n');
        for (const PruningSeries& series : curve.series)
            if (series.order != OrderKind::Random) text += bandLine(curve, series);
        printOut(text);
    }
    if (arguments.write.empty()) return kDone;

    const auto cut = headsToCut(curve, *arguments.keep);
    if (!cut) return fail(cut.error(), path);
    WritePrunedJob write;
    write.path = arguments.write;
    write.model = *model;
    write.cut = *cut;
    write.modelHash = modelHash;
    write.score = std::string(orderName(curve.series.front().order)).append(", ").append(importanceName(curve.spec.score));
    if (curve.spec.ablation == AblationKind::Mean) {
        AblationValuesJob values;
        values.model = *model;
        values.calibration = calibration;
        const auto measured = batch.get<AblationValuesResult>(std::move(values));
        if (!measured) return fail(measured.error(), arguments.calibrate);
        write.values = measured->values;
    }
    const auto written = batch.get<WritePrunedResult>(std::move(write));
    if (!written) return fail(written.error(), arguments.write);
    if (!arguments.quiet)
        printOut(Words::tr("%1: %2 of %3 heads; %4 to %5 bytes; a pass takes %6 instead of %7 ms; largest difference to the masked model %8")
                     .arg(QString::fromStdString(arguments.write)).arg(*arguments.keep).arg(curve.heads).arg(written->bytesBefore).arg(written->bytesAfter)
                     .arg(written->secondsAfter * 1e3, 0, 'f', 2).arg(written->secondsBefore * 1e3, 0, 'f', 2).arg(written->largestDifference, 0, 'g', 2)
                 + QLatin1Char('\n'));
    return kDone;
}

}  // namespace hs::app
