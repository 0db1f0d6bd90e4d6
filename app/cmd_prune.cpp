// SPDX-License-Identifier: GPL-3.0-or-later
// headscope prune: heads cut in several orders, loss after each step, and a model without them.
#include <QStringList>

#include <filesystem>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/commands.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/importance_file.h"
#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/importance.h"
#include "engine/session/jobs/pruning.h"
#include "engine/session/pruning_file.h"
#include "engine/session/texts.h"

namespace hs::app {
namespace {

struct PruneArguments : Arguments, WorthChoice {
    std::string test;                 ///< file or folder
    std::string testTokens;           ///< instead of it: ids, one prompt a line
    std::string testTargets;          ///< what they are answered with
    std::string calibrateTargets;     ///< the same of calibrateTokens
    std::string calibrateTokens;      ///< instead of the calibration text
    std::string ablation = "mean";    ///< as parseAblation knows it
    std::string steps = "10%";        ///< heads in each step: "10%" of all, or a number
    std::vector<std::string> orders;  ///< as parseOrder knows them; empty: all baselines
    bool oneShot = false;             ///< the score is not measured again between steps
    int seeds = 20;                   ///< random orders
    std::optional<int> keep;          ///< heads left in the file to write
    std::string write;                ///< pruned model
    std::string state;                ///< experiment to go on with and to save
    std::string out;
};

std::string missing(const PruneArguments& a)
{
    if (!a.calibrate.empty() && !a.calibrateTokens.empty()) return "give either --calibrate or --calibrate-tokens";
    if (!a.test.empty() && !a.testTokens.empty()) return "give either --test or --tokens-file";
    if (a.calibrate.empty() && a.calibrateTokens.empty()) return "prune needs --calibrate TEXT or --calibrate-tokens FILE";
    if (a.test.empty() && a.testTokens.empty()) return "prune needs --test TEXT or --tokens-file FILE";
    if (!a.testTargets.empty() && a.testTokens.empty()) return "--targets goes with --tokens-file";
    if (!a.calibrateTargets.empty() && a.calibrateTokens.empty()) return "--calibrate-targets goes with --calibrate-tokens";
    if (a.testTargets.empty() != a.calibrateTargets.empty())
        return "give --targets and --calibrate-targets together: heads are scored and cut by one loss";
    if (a.out.empty()) return "prune needs --out CURVE.csv";
    if (a.keep.has_value() != !a.write.empty()) return "give --keep N and --write PRUNED.h5 together";
    if (!a.write.empty() && a.ablation != "mean" && a.ablation != "zero")
        return "--write needs --ablation mean or zero: nothing else can be folded into weights";
    return {};
}

bool isStep(std::string_view text)
{
    const bool share = text.ends_with('%');
    const auto size = number<double>(share ? text.substr(0, text.size() - 1) : text);
    return size && *size > 0 && (share ? *size <= 100 : *size == static_cast<int>(*size));
}

/// Repeatable; one name at a time.
Setter order(std::vector<std::string>& out)
{
    return [&out](const std::string& name, const std::string& value) {
        if (!parseOrder(value)) return notA(name, value, "score, reverse, greedy, hard-concrete, random, magnitude or layer-drop");
        out.push_back(value);
        return std::string();
    };
}

PruningSpec specOf(const PruneArguments& a)
{
    PruningSpec spec;
    spec.score = *parseImportance(a.score);
    spec.ablation = *parseAblation(a.ablation);
    spec.recompute = !a.oneShot;
    spec.randomSeeds = a.seeds;
    spec.seed = a.seed.value_or(1);
    spec.draws = a.draws;
    const double size = std::atof(a.steps.c_str());  // parse() let only numbers pass
    if (a.steps.back() == '%') spec.stepShare = size / 100.0;
    else spec.stepHeads = static_cast<int>(size);
    if (!a.orders.empty()) spec.orders.clear();
    for (const std::string& name : a.orders)
        if (const OrderKind order = *parseOrder(name); std::find(spec.orders.begin(), spec.orders.end(), order) == spec.orders.end())
            spec.orders.push_back(order);
    return spec;
}

TextRequest textOf(const std::string& path, const std::string& tokensFile, const std::string& targetsFile, const PruneArguments& a)
{
    TextRequest text;
    if (!path.empty()) text.files = {path};
    text.tokensFile = tokensFile;
    text.targetsFile = targetsFile;
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
    QString line = Words::tr("order %1: below the random band at %2 of %3 points")
                       .arg(QString::fromUtf8(orderName(series.order)))
                       .arg(report.below)
                       .arg(points);
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

int prune(const PruneArguments& arguments)
{
    const std::string& path = arguments.files.front();
    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "prune", {}, {}}, path);
    int heads = 0;
    for (int layer = 0; layer < (*model)->config().nLayers; ++layer) heads += (*model)->config().heads(layer);
    if (arguments.keep.value_or(1) > heads)  // before hours of curves, not after them
        return fail(Error::argument("--keep", std::to_string(*arguments.keep), "1 .. " + std::to_string(heads)), path);
    const auto hash = batch.get<HashResult>(HashJob{path});
    if (!hash && hash.error().code == ErrorCode::Cancelled) return fail(hash.error(), path);

    PruningCurveJob job;
    job.model = *model;
    job.calibration = textOf(arguments.calibrate, arguments.calibrateTokens, arguments.calibrateTargets, arguments);
    job.test = textOf(arguments.test, arguments.testTokens, arguments.testTargets, arguments);
    job.spec = specOf(arguments);
    if (hash) job.modelHash = hash->sha256;  // a folder has none
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
    for (TextRequest* text : {&test, &calibration}) {  // the state may be opened elsewhere
        for (std::string& file : text->files) file = std::filesystem::absolute(file, ignored).string();
        for (std::string* file : {&text->tokensFile, &text->targetsFile})
            if (!file->empty()) *file = std::filesystem::absolute(*file, ignored).string();
    }
    if (last && !arguments.state.empty())
        if (const Status saved = writeFileAtomically(arguments.state, pruningJson(*last, &test, &calibration)); !saved)
            return fail(saved.error(), arguments.state);
    if (!done) return fail(done.error(), path);
    const PruningCurve& curve = *last;
    if (const Status written = writeFileAtomically(arguments.out, measuredLoss(curve.data).csv + pruningCsv(curve)); !written)
        return fail(written.error(), arguments.out);
    if (!arguments.quiet) {
        QString text = Words::tr("%1: %2 orders, %3 prompts, %4 tokens; loss %5 nats with all %6 heads")
                           .arg(QString::fromStdString(arguments.out))
                           .arg(curve.series.size())
                           .arg(curve.data.prompts)
                           .arg(curve.data.tokens)
                           .arg(curve.baseLoss(), 0, 'f', 4)
                           .arg(curve.heads)
                       + QLatin1Char('\n');
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
    if (!curve.data.targetsHash.empty()) write.targets = curve.data.targetsName + " " + curve.data.targetsHash;
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
        printOut(
            Words::tr("%1: %2 of %3 heads; %4 to %5 bytes; a pass takes %6 instead of %7 ms; largest difference to the masked model %8")
                .arg(QString::fromStdString(arguments.write))
                .arg(*arguments.keep)
                .arg(curve.heads)
                .arg(written->bytesBefore)
                .arg(written->bytesAfter)
                .arg(written->secondsAfter * 1e3, 0, 'f', 2)
                .arg(written->secondsBefore * 1e3, 0, 'f', 2)
                .arg(written->largestDifference, 0, 'g', 2)
            + QLatin1Char('\n'));
    return kDone;
}

Options options(PruneArguments& a)
{
    const Options own{
        {"--test", reads("TEXT"),
         QT_TRANSLATE_NOOP("CommandLine", "text that loss, accuracy and KL are measured on: a file or a folder of *.txt"), text(a.test)},
        tokensFileOption(a.testTokens),
        targetsOption(a.testTargets),
        {"--calibrate-tokens", reads("FILE"), QT_TRANSLATE_NOOP("CommandLine", "as --calibrate, in token ids like those of --tokens-file"),
         text(a.calibrateTokens)},
        {"--calibrate-targets", reads("FILE"), QT_TRANSLATE_NOOP("CommandLine", "as --targets, for the prompts of --calibrate-tokens"),
         text(a.calibrateTargets)},
        {"--ablation", "KIND", QT_TRANSLATE_NOOP("CommandLine", "what takes a head's place: mean (default), zero, resample or uniform"),
         known(a.ablation, parseAblation, "zero, mean, resample or uniform")},
        {"--steps", "SIZE", QT_TRANSLATE_NOOP("CommandLine", "heads cut in each step: 10% of all (default), or a number like 2"),
         known(a.steps, isStep, "a share like 10% or a number of heads")},
        {"--order", "NAME",
         QT_TRANSLATE_NOOP("CommandLine",
                           "score, reverse, greedy, hard-concrete, random, magnitude or layer-drop (repeatable); all but greedy and "
                           "hard-concrete by default"),
         order(a.orders)},
        {"--one-shot", nullptr, QT_TRANSLATE_NOOP("CommandLine", "measure the score once, not again after each step"), toggle(a.oneShot)},
        {"--seeds", "N", QT_TRANSLATE_NOOP("CommandLine", "random orders to compare with, 20 by default"),
         whole(a.seeds, 1, 1000000, "a number from 1 on")},
        {"--keep", "N", QT_TRANSLATE_NOOP("CommandLine", "heads to keep in the file that --write writes"),
         whole(a.keep, 1, 1000000, "a number from 1 on")},
        {"--write", writes("FILE"), QT_TRANSLATE_NOOP("CommandLine", "write a model without the heads that the score cuts first"),
         text(a.write)},
        {"--state", keeps("FILE"),
         QT_TRANSLATE_NOOP("CommandLine",
                           "go on with the experiment in this JSON file if it is there, and save it there, also when stopped"),
         text(a.state)},
    };
    return joined(Options{scoreOption(a), calibrateOption(a)}, own, samplingOptions(a),
                  Options{maskPaddingOption(a.open), outOption(a.out)});
}

}  // namespace

CommandSpec pruneCommand()
{
    const auto a = std::make_shared<PruneArguments>();
    CommandSpec spec;
    spec.name = "prune";
    spec.usage = {"FILE (--calibrate TEXT | --calibrate-tokens FILE) (--test TEXT | --tokens-file FILE) [--score NAME]",
                  "[--ablation KIND] [--steps SIZE] --out CURVE.csv [--keep N --write PRUNED.h5] [OPTION...]"};
    spec.call = "FILE ... --out CURVE.csv";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "loss against heads left, and a model without heads");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Cuts heads step by step in the order of a score, and in orders to compare with: magnitude, whole layers, reverse, random.\n"
        "CURVE.csv has the columns step, heads_left, order, seed, loss, accuracy, kl, lo, hi; lo and hi are 5 and 95 % of the loss:\n"
        "over the seeds for random orders, by bootstrap over test documents for the others. --write removes heads physically, in\n"
        "HeadScope's own layout; for mean ablation their mean output goes into the bias of the layer.");
    spec.examples = {"model.h5 --calibrate a.txt --test b.txt --score gate --steps 10% --ablation mean --out curve.csv",
                     "model.h5 --calibrate a.txt --test b.txt --out curve.csv --keep 20 --write pruned.h5"};
    spec.options = options(*a);
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.run = [a] { return prune(*a); };
    return spec;
}

}  // namespace hs::app
