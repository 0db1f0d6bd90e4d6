// SPDX-License-Identifier: GPL-3.0-or-later
// headscope importance: what each head is worth, as CSV or JSON.
#include <algorithm>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/commands.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/importance_file.h"
#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/importance.h"

namespace hs::app {
namespace {

struct ImportanceArguments : Arguments, WorthChoice {
    std::string textFile;
    std::string tokensFile;          ///< comma-separated ids, one prompt a line
    std::string targets;             ///< of them, line by line
    std::string normalise = "none";  ///< "none" or "layer"
    std::string out;
};

std::string missing(const ImportanceArguments& a)
{
    if (!a.textFile.empty() && !a.tokensFile.empty()) return "give either --text-file or --tokens-file";
    if (a.textFile.empty() && a.tokensFile.empty() && needsText(*parseImportance(a.score)))
        return "importance needs --text-file or --tokens-file";
    if (!a.targets.empty() && a.tokensFile.empty()) return "--targets goes with --tokens-file";
    if (const auto kind = *parseImportance(a.score); !a.targets.empty() && kind != ImportanceKind::Gate && !ablationOf(kind))
        return "--score " + a.score + " measures no loss: --targets goes with gate and ablation-...";
    if (a.out.empty()) return "importance needs --out FILE.csv or FILE.json";
    if (!a.out.ends_with(".csv") && !a.out.ends_with(".json")) return "--out " + a.out + ": a name ending in .csv or .json expected";
    return {};
}

/// "L5H1 0.1234, L1H6 0.0912": the heads with the highest values.
QString strongest(const ImportanceTable& table, std::size_t count)
{
    std::vector<const ImportanceEntry*> order;
    for (const ImportanceEntry& e : table.heads) order.push_back(&e);
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->value > b->value; });
    QStringList out;
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i)
        out << QStringLiteral("%1 %2")
                   .arg(QString::fromStdString(headName({order[i]->head.layer, order[i]->originalHead})))
                   .arg(order[i]->value, 0, 'g', 4);
    return out.join(QStringLiteral(", "));
}

int importance(const ImportanceArguments& arguments)
{
    const std::string& path = arguments.files.front();
    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "importance", {}, {}}, path);
    const auto hash = batch.get<HashResult>(HashJob{path});
    if (!hash && hash.error().code == ErrorCode::Cancelled) return fail(hash.error(), path);

    ImportanceJob job;
    job.model = *model;
    job.options.kind = *parseImportance(arguments.score);
    job.options.normalise = arguments.normalise == "layer" ? ImportanceNormalisation::Layer : ImportanceNormalisation::None;
    job.options.draws = arguments.draws;
    job.options.seed = arguments.seed.value_or(1);
    if (hash) job.options.modelHash = hash->sha256;  // a folder has none
    if (arguments.textFile == "-") {
        auto text = readText(arguments.textFile);
        if (!text) return fail(text.error(), arguments.textFile);
        job.text.text = std::move(*text);
        job.text.name = "standard input";
    } else if (!arguments.textFile.empty()) {
        job.text.files = {arguments.textFile};
    }
    job.text.tokensFile = arguments.tokensFile;
    job.text.targetsFile = arguments.targets;
    job.text.length = arguments.length.value_or(0);
    job.text.maxPrompts = arguments.maxPrompts;
    if (!arguments.calibrate.empty()) job.calibration.files = {arguments.calibrate};
    job.calibration.length = arguments.length.value_or(0);
    const auto result = batch.get<ImportanceResult>(std::move(job));
    if (!result)
        return fail(result.error(),
                    arguments.textFile.empty() ? (arguments.tokensFile.empty() ? path : arguments.tokensFile) : arguments.textFile);

    const ImportanceTable& table = *result->table;
    const std::string bytes = arguments.out.ends_with(".json") ? importanceJson(table) : importanceCsv(table);
    if (const Status written = writeFileAtomically(arguments.out, bytes); !written) return fail(written.error(), arguments.out);
    if (!arguments.quiet) {
        QString line = Words::tr("%1: %2 heads").arg(QString::fromStdString(arguments.out)).arg(table.heads.size());
        if (table.data.prompts > 0)
            line += QStringLiteral(", ") + Words::tr("%1 prompts, %2 tokens").arg(table.data.prompts).arg(table.data.tokens);
        printOut(line + QStringLiteral("; ")
                 + Words::tr("highest %1: %2").arg(QString::fromUtf8(importanceName(table.kind)), strongest(table, 4)) + QLatin1Char('\n'));
    }
    return kDone;
}

Options options(ImportanceArguments& a)
{
    return joined(Options{{"--text-file", reads("FILE"),
                           QT_TRANSLATE_NOOP("CommandLine",
                                             "text whose prompts are measured: a UTF-8 file or a folder of *.txt (- is standard input)"),
                           text(a.textFile)},
                          scoreOption(a),
                          tokensFileOption(a.tokensFile),
                          targetsOption(a.targets),
                          {"--normalise", "HOW",
                           QT_TRANSLATE_NOOP("CommandLine", "none (default), or layer: values divided by the l2 norm of their layer"),
                           oneOf(a.normalise, {"none", "layer"}, "none or layer")},
                          calibrateOption(a)},
                  samplingOptions(a), Options{maskPaddingOption(a.open), outOption(a.out)});
}

}  // namespace

CommandSpec importanceCommand()
{
    const auto a = std::make_shared<ImportanceArguments>();
    CommandSpec spec;
    spec.name = "importance";
    spec.usage = {"FILE (--text-file FILE | --tokens-file FILE) [--score NAME] --out I.csv|I.json [OPTION...]"};
    spec.call = "FILE ... --out I";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "what each head is worth, as CSV or JSON");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "What each head is worth. gate: mean over prompts of |dL/dxi| of a gate on the head, and its signed mean. ablation-...: mean over\n"
        "prompts of the loss with the head cut minus the loss, exact. Intervals: 95 %, bootstrap over documents; none for one prompt.\n"
        "The loss is that of each next token, or with --targets that of the outputs which they name.");
    spec.examples = {"model.h5 --text-file text.txt --score gate --out importance.json",
                     "model.h5 --tokens-file prompts.txt --score ablation-zero --out importance.csv",
                     "model.h5 --tokens-file prompts.txt --targets answers.txt --score gate --out importance.json",
                     "model.h5 --text-file text.txt --score ablation-mean --calibrate corpus --out importance.csv"};
    spec.options = options(*a);
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.run = [a] { return importance(*a); };
    return spec;
}

}  // namespace hs::app
