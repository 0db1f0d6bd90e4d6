// SPDX-License-Identifier: GPL-3.0-or-later
// headscope label: what every head does, with its evidence, to a JSON or CSV file.
#include <QFile>
#include <QFileInfo>

#include <map>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/data_files.h"
#include "engine/analysis/catalogue.h"
#include "engine/analysis/labels/preset_json.h"
#include "engine/analysis/labels/report_json.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/jobs/label.h"
#include "ui/labels/label_words.h"

namespace hs::app {
namespace {

struct LabelArguments : Arguments {
    std::string out;
    std::vector<std::string> corpus;  ///< files or folders; empty: the corpus that ships
    std::string tokensFile;           ///< instead of a corpus
    std::optional<std::uint64_t> seed;
    std::optional<int> length, documents;
    std::string preset;                                      ///< name of one that ships, or a file
    std::vector<std::pair<std::string, double>> thresholds;  ///< --set key=value
    bool norms = false, byTokens = false;
    bool noText = false, noSynthetic = false, noWeights = false, noCauses = false, noCache = false;
};

std::string missing(const LabelArguments& a)
{
    if (a.out.empty()) return "label needs --out FILE";
    if (!a.out.ends_with(".json") && !a.out.ends_with(".csv")) return "--out " + a.out + ": a name that ends in .json or .csv expected";
    if (!a.corpus.empty() && !a.tokensFile.empty()) return "give either --corpus or --tokens-file";
    return {};
}

/// key=number, repeatable.
Setter threshold(std::vector<std::pair<std::string, double>>& out)
{
    return [&out](const std::string& name, const std::string& value) {
        const std::size_t equals = value.find('=');
        const auto given = equals == std::string::npos ? std::nullopt : number<double>(std::string_view(value).substr(equals + 1));
        if (!given) return notA(name, value, "key=number");
        out.emplace_back(value.substr(0, equals), *given);
        return std::string();
    };
}

/// The file of a preset: one that ships is known by its name alone.
std::string presetPath(const std::string& preset)
{
    if (preset.empty() || preset.find_first_of("/.") != std::string::npos) return preset;
    return presetFile(QString::fromStdString(preset) + QStringLiteral(".json")).toStdString();
}

/// A preset that ships, or a file; then what --set says.
Result<LabelPreset> presetOf(const LabelArguments& arguments)
{
    LabelPreset preset;
    if (!arguments.preset.empty()) {
        const QString path = QString::fromStdString(presetPath(arguments.preset));
        QFile file(path);
        if (path.isEmpty() || !file.exists()) return Error::in(arguments.preset, ErrorCode::FileNotFound);
        if (QFileInfo(path).isDir()) return Error::in(arguments.preset, ErrorCode::FileIsFolder);
        if (!file.open(QIODevice::ReadOnly))
            return Error::in(arguments.preset, ErrorCode::FileUnreadable, {}, file.errorString().toStdString());
        auto read = presetFromJson(file.readAll().toStdString());
        if (!read) {
            Error error = read.error();
            error.file = arguments.preset;
            return error;
        }
        preset = std::move(*read);
    }
    return preset;
}

/// Sets what --set says. Nothing when all is well, else the option and what would be right, in the words of the other options.
std::string applyThresholds(LabelPreset& preset, const LabelArguments& arguments)
{
    for (const auto& [key, value] : arguments.thresholds) {
        const std::string given = "--set " + key + '=' + QByteArray::number(value, 'g', 6).toStdString();
        const std::string analysis = key.substr(0, key.find('.'));
        std::string known, prefixes, last;
        for (const AnalysisEntry& entry : catalogue()) {
            for (const AnalysisParameter& parameter : entry.parameters) {
                if (parameter.key == key && !(value >= parameter.low && value <= parameter.high))
                    return given + " must be from " + QByteArray::number(parameter.low, 'g', 6).toStdString() + " to "
                           + QByteArray::number(parameter.high, 'g', 6).toStdString();
                const std::string prefix = parameter.key.substr(0, parameter.key.find('.') + 1);
                if (!last.starts_with(prefix)) prefixes += (prefixes.empty() ? "" : ", ") + prefix.substr(0, prefix.size() - 1);
                last = parameter.key;
                if (parameter.key.starts_with(analysis + '.')) known += (known.empty() ? "" : ", ") + parameter.key;
            }
        }
        if (!preset.set(key, value)) {
            std::string problem = given;
            problem.append(": there is no threshold ").append(key);
            if (known.empty()) return problem.append("; names begin with one of ").append(prefixes);
            return problem.append("; of ").append(analysis).append(" there are ").append(known);
        }
        preset.id = "user";
    }
    return {};
}

QString summary(const LabelReport& report, const std::string& out)
{
    std::map<std::string, int> primaries;
    int unlabelled = 0;
    for (const HeadReport& head : report.heads) {
        if (const HeadLabel* label = head.primaryLabel()) ++primaries[labelName(label->id)];
        else ++unlabelled;
    }
    QString text = Words::tr("%1: %2 heads, %3 unlabelled, %4 tests")
                       .arg(QString::fromStdString(out))
                       .arg(report.heads.size())
                       .arg(unlabelled)
                       .arg(report.provenance.tests);
    if (report.provenance.documents > 0)
        text +=
            QStringLiteral("\n  ")
            + Words::tr("text: %1, passages: %2").arg(QString::fromStdString(report.provenance.dataName)).arg(report.provenance.documents);
    else text += QStringLiteral("\n  ") + Words::tr("no text was read");
    for (const LabelNote& note : report.notes)
        if (note.code.ends_with("-budget")) text += QStringLiteral("\n  ") + ui::noteSentence(note);
    if (report.provenance.tests == 0)
        text += QStringLiteral("\n  ") + Words::tr("nothing could be tested on this file; the scores that its weights give are written");
    for (const auto& [name, count] : primaries) text += QStringLiteral("\n  %1 %2").arg(count, 4).arg(QString::fromStdString(name));
    return text + QLatin1Char('\n');
}

int label(const LabelArguments& arguments)
{
    const std::string& path = arguments.files.front();
    auto preset = presetOf(arguments);
    if (!preset) return fail(preset.error(), arguments.preset);
    if (const std::string problem = applyThresholds(*preset, arguments); !problem.empty()) return failUsage(problem, "label");

    LabelJob job;
    LabelRequest& request = job.request;
    request.preset = std::move(*preset);
    request.corpusPaths = arguments.corpus;
    request.tokensFile = arguments.tokensFile;
    if (request.corpusPaths.empty() && request.tokensFile.empty()) {
        for (const char* name : {"sample_corpus.txt", "passages.txt"})
            if (const QString file = sampleFile(QString::fromUtf8(name)); !file.isEmpty())
                request.corpusPaths.push_back(file.toStdString());
        request.corpusName = "sample corpus";
    }
    request.text = !arguments.noText;
    request.synthetic = !arguments.noSynthetic;
    request.weights = !arguments.noWeights;
    request.causes = !arguments.noCauses;
    request.useCache = !arguments.noCache;
    request.mass = arguments.norms ? RowMass::Norms : RowMass::Weights;
    request.weighting = arguments.byTokens ? RowWeighting::Tokens : RowWeighting::Documents;
    request.seed = arguments.seed.value_or(0);
    request.length = arguments.length.value_or(request.length);
    request.maxDocuments = arguments.documents.value_or(request.maxDocuments);
    request.everyDocument = arguments.documents.has_value();  // a number that was asked for is kept

    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "label", {}, {}}, path);
    job.model = *model;
    const auto result = batch.get<LabelResult>(std::move(job));
    if (!result) return fail(result.error(), path);
    const LabelReport& report = *result->report;
    const std::string text = arguments.out.ends_with(".csv") ? reportToCsv(report) : reportToJson(report);
    if (const Status written = writeFileAtomically(arguments.out, text); !written) return fail(written.error(), arguments.out);
    if (!arguments.quiet) printOut(summary(report, arguments.out));
    return kDone;
}

Options options(LabelArguments& a)
{
    return {
        outOption(a.out),
        {"--corpus", reads("PATH"),
         QT_TRANSLATE_NOOP("CommandLine", "text to read: a file or a folder (repeatable); label: otherwise the corpus that ships"),
         texts(a.corpus)},
        tokensFileOption(a.tokensFile),
        maskPaddingOption(a.open),
        {"--seed", "N", QT_TRANSLATE_NOOP("CommandLine", "seed of everything random, 0 by default"), seedOf(a.seed)},
        {"--length", "N", QT_TRANSLATE_NOOP("CommandLine", "longest document in tokens, 128 by default"),
         whole(a.length, 16, 1000000, "a number of tokens from 16 on")},
        {"--documents", "N",
         QT_TRANSLATE_NOOP("CommandLine", "documents, evenly spread (0: all); otherwise up to 400, as many as trust.text-work pays for"),
         whole(a.documents, 0, kMostInt, "a number from 0 on")},
        {"--preset", reads("NAME").found(presetPath),
         QT_TRANSLATE_NOOP("CommandLine", "thresholds: default, clark, strict, or a JSON file"), text(a.preset)},
        {"--set", "KEY=X",
         QT_TRANSLATE_NOOP("CommandLine", "one threshold, like local.kappa-uniform=0.4 (repeatable); a wrong name lists the right ones"),
         threshold(a.thresholds)},
        {"--norms", nullptr, QT_TRANSLATE_NOOP("CommandLine", "weigh attention by the norm of what is read"), toggle(a.norms)},
        {"--by-tokens", nullptr, QT_TRANSLATE_NOOP("CommandLine", "mean over all rows instead of over documents"), toggle(a.byTokens)},
        {"--no-text", nullptr, QT_TRANSLATE_NOOP("CommandLine", "leave out what needs text"), toggle(a.noText)},
        {"--no-synthetic", nullptr, QT_TRANSLATE_NOOP("CommandLine", "leave out made sequences"), toggle(a.noSynthetic)},
        {"--no-weights", nullptr, QT_TRANSLATE_NOOP("CommandLine", "leave out what is read from the weights"), toggle(a.noWeights)},
        {"--no-causes", nullptr, QT_TRANSLATE_NOOP("CommandLine", "leave out the causal checks"), toggle(a.noCauses)},
        {"--no-cache", nullptr, QT_TRANSLATE_NOOP("CommandLine", "neither read nor store a result in the cache folder"), toggle(a.noCache)},
    };
}

}  // namespace

CommandSpec labelCommand()
{
    const auto a = std::make_shared<LabelArguments>();
    CommandSpec spec;
    spec.name = "label";
    spec.usage = {"FILE [--corpus PATH | --tokens-file FILE] [--seed N] --out LABELS [OPTION...]"};
    spec.call = "FILE --out LABELS";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "what each head does, with evidence");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Names what every attention head does, with score, null, interval, p and q of every label, to a .json or .csv file.\n"
        "A label is awarded, a candidate (strong enough, not proven), insufficient (too little evidence) or none. Awarded ones are\n"
        "checked by knocking out the attention they describe. Thresholds and everything else that took part are in the file.\n"
        "Without text or tokeniser, labels come from made sequences and the weights; of a partial file from its weights alone.");
    spec.examples = {"model.h5 --out labels.json", "model.h5 --corpus texts/ --seed 1 --set local.kappa-uniform=0.4 --out labels.csv"};
    spec.options = options(*a);
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.run = [a] { return label(*a); };
    return spec;
}

}  // namespace hs::app
