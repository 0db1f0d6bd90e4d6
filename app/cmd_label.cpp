// SPDX-License-Identifier: GPL-3.0-or-later
// headscope label: what every head does, with its evidence, to a JSON or CSV file.
#include <QFile>
#include <QFileInfo>

#include <map>

#include "app/batch.h"
#include "app/commands.h"
#include "app/data_files.h"
#include "engine/analysis/catalogue.h"
#include "engine/analysis/labels/preset_json.h"
#include "engine/analysis/labels/report_json.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/jobs/label.h"

namespace hs::app {
namespace {

/// A preset that ships, or a file; then what --set says.
Result<LabelPreset> presetOf(const Arguments& arguments)
{
    LabelPreset preset;
    if (!arguments.preset.empty()) {
        const bool named = arguments.preset.find_first_of("/.") == std::string::npos;
        const QString path = named ? presetFile(QString::fromStdString(arguments.preset) + QStringLiteral(".json")) : QString::fromStdString(arguments.preset);
        QFile file(path);
        if (path.isEmpty() || !file.exists()) return Error{ErrorCode::FileNotFound, arguments.preset, {}, {}, {}};
        if (QFileInfo(path).isDir()) return Error{ErrorCode::FileIsFolder, arguments.preset, {}, {}, {}};
        if (!file.open(QIODevice::ReadOnly)) return Error{ErrorCode::FileUnreadable, arguments.preset, {}, file.errorString().toStdString(), {}};
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
std::string applyThresholds(LabelPreset& preset, const Arguments& arguments)
{
    for (const auto& [key, value] : arguments.thresholds) {
        const std::string given = "--set " + key + '=' + QByteArray::number(value, 'g', 6).toStdString();
        const std::string analysis = key.substr(0, key.find('.'));
        std::string known, prefixes, last;
        for (const AnalysisEntry& entry : catalogue()) {
            for (const AnalysisParameter& parameter : entry.parameters) {
                if (parameter.key == key && !(value >= parameter.low && value <= parameter.high))
                    return given + " must be from " + QByteArray::number(parameter.low, 'g', 6).toStdString() + " to " + QByteArray::number(parameter.high, 'g', 6).toStdString();
                const std::string prefix = parameter.key.substr(0, parameter.key.find('.') + 1);
                if (!last.starts_with(prefix)) prefixes += (prefixes.empty() ? "" : ", ") + prefix.substr(0, prefix.size() - 1);
                last = parameter.key;
                if (parameter.key.starts_with(analysis + '.')) known += (known.empty() ? "" : ", ") + parameter.key;
            }
        }
        if (!preset.set(key, value))
            return given + ": there is no threshold " + key + (known.empty() ? "; names begin with one of " + prefixes : "; of " + analysis + " there are " + known);
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
    QString text = Words::tr("%1: %2 heads, %3 unlabelled, %4 tests").arg(QString::fromStdString(out)).arg(report.heads.size()).arg(unlabelled).arg(report.provenance.tests);
    if (report.provenance.documents > 0) text += QStringLiteral("\n  ") + Words::tr("text: %1, passages: %2").arg(QString::fromStdString(report.provenance.dataName)).arg(report.provenance.documents);
    else text += QStringLiteral("\n  ") + Words::tr("no text was read");
    if (report.provenance.tests == 0) text += QStringLiteral("\n  ") + Words::tr("nothing could be tested on this file; the scores that its weights give are written");
    for (const auto& [name, count] : primaries) text += QStringLiteral("\n  %1 %2").arg(count, 4).arg(QString::fromStdString(name));
    return text + QLatin1Char('\n');
}

}  // namespace

int commandLabel(const Arguments& arguments)
{
    const std::string& path = arguments.files.front();
    auto preset = presetOf(arguments);
    if (!preset) return fail(preset.error(), arguments.preset);
    if (const std::string problem = applyThresholds(*preset, arguments); !problem.empty()) return failUsage(problem, "label");

    LabelJob job;
    LabelRequest& request = job.request;
    request.preset = std::move(*preset);
    request.corpusPaths = arguments.corpus;
    if (request.corpusPaths.empty()) {
        for (const char* name : {"sample_corpus.txt", "passages.txt"})
            if (const QString file = sampleFile(QString::fromUtf8(name)); !file.isEmpty()) request.corpusPaths.push_back(file.toStdString());
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

    Batch batch(arguments);
    const auto opened = open(batch, arguments, path);
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

}  // namespace hs::app
