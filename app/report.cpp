// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report.h"

#include <QDir>
#include <QFileInfo>

#include <cmath>

#include "app/data_files.h"
#include "app/report_choice.h"
#include "app/source.h"
#include "engine/base/version.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/jobs/parity.h"

namespace hs::app {
namespace {

QString name(HeadId head) { return QString::fromStdString(headName(head)); }

QString csv(const std::vector<HeadScores>& scores)
{
    QString out = QStringLiteral("layer,head,previous_token,first_token,self,after_repeat,mean_entropy_nats,mean_max,mean_distance\n");
    const auto number = [](float value) { return std::isnan(value) ? QString() : QString::number(static_cast<double>(value), 'g', 7); };
    for (const HeadScores& s : scores)
        out += QStringList{QString::number(s.head.layer),
                           QString::number(s.head.head),
                           number(s.previous),
                           number(s.first),
                           number(s.self),
                           s.afterRepeat ? number(*s.afterRepeat) : QString(),
                           number(s.entropy),
                           number(s.largest),
                           number(s.distance)}
                   .join(QLatin1Char(','))
               + QLatin1Char('\n');
    return out;
}

/// Collects the list of files for README.txt while writing them.
class Folder {
public:
    Folder(Batch& batch, const SourceWithOrigin& made, QString path) : m_batch(batch), m_made(made), m_path(std::move(path)) {}

    Status figure(const ui::FigureSpec& spec, const QString& base, const QString& what)
    {
        const auto data = ui::collectFigure(spec, m_made.source, nullptr, m_made.origin, m_batch.progress());
        if (!data) return data.error();
        for (const ui::FigureFormat format : {ui::FigureFormat::Png, ui::FigureFormat::Svg}) {
            const QString file = base + QLatin1Char('.') + ui::extensionOf(format);
            const Status written = ui::writeFigure(m_path + QLatin1Char('/') + file, format, spec, *data);
            if (!written.ok()) return written;
        }
        list(base + QStringLiteral(".png, .svg"), what);
        return {};
    }
    Status text(const QString& file, const QString& contents)
    {
        return writeFileAtomically((m_path + QLatin1Char('/') + file).toStdString(), contents.toStdString());
    }
    void list(const QString& file, const QString& what) { m_list += QStringLiteral("%1  %2\n").arg(file, -40).arg(what); }
    const QString& listed() const { return m_list; }

private:
    Batch& m_batch;
    const SourceWithOrigin& m_made;
    QString m_path;
    QString m_list;
};

QString predictions(const Run& run)
{
    QString out;
    for (const NextToken& next : topNext(run, -1, 5))
        out += QStringLiteral("  %1  “%2”\n")
                   .arg(static_cast<double>(next.probability), 0, 'f', 3)
                   .arg(QString::fromStdString(next.text).replace(QLatin1Char(10), QChar(0x21B5)));
    return out;
}

QString parityLine(const ParityReport& report)
{
    const QString sentence =
        report.matches ? Words::tr("The program's numbers match the stored reference: logits to %1, attention to %2 (%3 prompts).")
                       : Words::tr("The program's numbers DIFFER from the stored reference: logits by %1, attention by %2 (%3 prompts).");
    return sentence.arg(report.maxLogit, 0, 'g', 2).arg(report.maxAttention, 0, 'g', 2).arg(report.prompts);
}

QString readme(const SourceWithOrigin& made, const QString& listed, const std::optional<ParityReport>& parity)
{
    const ui::Provenance& origin = made.origin;
    QStringList ids;
    for (const int id : origin.ids) ids += QString::number(id);
    QString out = Words::tr("HeadScope report") + QStringLiteral("\n\n") + listed + QLatin1Char('\n');
    const auto line = [&](const QString& what, const QString& value) {
        out += QStringLiteral("%1 %2\n").arg(what + QLatin1Char(':'), -12).arg(value);
    };
    line(Words::tr("program"), QStringLiteral("HeadScope %1").arg(QString::fromUtf8(kVersion)));
    line(Words::tr("model"), QFileInfo(origin.modelPath).fileName());
    line(Words::tr("SHA-256"), origin.modelHash);
    line(Words::tr("layout"),
         QStringLiteral("%1, %2, weights %3")
             .arg(origin.layout, origin.weightDtype.isEmpty() ? QStringLiteral("-") : origin.weightDtype, origin.weightProcessing));
    line(Words::tr("prompt"), origin.promptText);
    line(Words::tr("token ids"), ids.join(QLatin1Char(' ')));
    if (made.run && !made.run->tokenLoss.empty() && !std::isnan(made.run->loss))
        line(Words::tr("loss"), Words::tr("%1 nats a token").arg(made.run->loss, 0, 'f', 4));
    if (made.run) {
        const QString next = predictions(*made.run);
        if (!next.isEmpty())
            out += QLatin1Char('\n')
                   + (made.run->model->config().outputTransform
                          ? Words::tr("Most probable tokens at the last place, as the model fills it in:")
                          : Words::tr("Most probable next tokens:"))
                   + QLatin1Char('\n') + next;
    }
    if (parity && parity->found) out += QLatin1Char('\n') + parityLine(*parity) + QLatin1Char('\n');
    out +=
        QLatin1Char('\n')
        + Words::tr(
            "Maps: row = query, column = key, darker = more attention, zero is the paper's own white; the scale stands beside each map.\n"
            "Every PNG and SVG carries its own recipe (model, prompt, head, scale) in its metadata.")
        + QLatin1Char('\n');
    return out;
}

Status writeAll(Batch& batch, const SourceWithOrigin& made, const QString& path)
{
    const auto scores = scoreHeads(*made.source, batch.progress());
    if (!scores) return scores.error();
    Folder folder(batch, made, path);

    ui::FigureSpec atlas;
    atlas.kind = ui::FigureKind::Atlas;
    atlas.widthMm = ui::preset::kTwoColumns;
    if (Status s = folder.figure(atlas, QStringLiteral("atlas"), Words::tr("all heads, one row for each layer")); !s.ok()) return s;

    for (const Chosen& chosen : chooseHeads(*scores)) {
        ui::FigureSpec spec;
        spec.heads = {chosen.head};
        spec.widthMm = ui::preset::kColumnAndHalf;
        const QString what =
            QStringLiteral("%1: %2 (%3)").arg(name(chosen.head), Words::tr(chosen.why)).arg(static_cast<double>(chosen.value), 0, 'f', 3);
        const QString base = QStringLiteral("head-%1-%2").arg(name(chosen.head), QString::fromUtf8(chosen.key));
        if (Status s = folder.figure(spec, base, what); !s.ok()) return s;
    }
    if (Status s = folder.text(QStringLiteral("heads.csv"), csv(*scores)); !s.ok()) return s;
    folder.list(QStringLiteral("heads.csv"), Words::tr("numbers of every head on this prompt"));

    std::optional<ParityReport> parity;
    if (made.model) {
        // A reference that cannot be read is no reason to withhold the report.
        if (const auto result = batch.get<ParityResult>(ParityJob{made.model})) parity = result->report;
    }
    return folder.text(QStringLiteral("README.txt"), readme(made, folder.listed(), parity));
}

}  // namespace

std::vector<std::string> reportFiles(const std::string& folder)
{
    const QStringList names{QStringLiteral("atlas.png"),   QStringLiteral("atlas.svg"), QStringLiteral("head-L*.png"),
                            QStringLiteral("head-L*.svg"), QStringLiteral("heads.csv"), QStringLiteral("README.txt")};
    std::vector<std::string> out;
    for (const QFileInfo& file : QDir(QString::fromStdString(folder)).entryInfoList(names, QDir::Files))
        out.push_back(file.filePath().toStdString());
    return out;
}

int writeReport(const Arguments& arguments, const std::string& reportFolder, const std::string& prompt)
{
    const QString sample = sampleFile(QStringLiteral("headscope-sample.h5"));
    std::string path = arguments.files.empty() ? sample.toStdString() : arguments.files.front();
    if (path.empty()) return fail({ErrorCode::FileNotFound, {}, "headscope-sample.h5", {}, {}}, {});
    std::string text = prompt;
    if (text.empty()) text = firstSamplePrompt().toStdString();

    const QString folder = QDir::cleanPath(QString::fromStdString(reportFolder));
    if (!QDir().mkpath(folder)) return fail({ErrorCode::FolderReadOnly, {}, folder.toStdString(), {}, {}}, {});

    Batch batch(arguments);
    const auto made = makeSource(batch, arguments, path, {std::move(text), {}, 0});
    if (!made) return fail(made.error(), path);
    if (Status status = writeAll(batch, *made, folder); !status.ok()) return fail(status.error(), path);
    printOut(Words::tr("Report written to %1").arg(QFileInfo(folder).canonicalFilePath()) + QLatin1Char('\n'));
    return kDone;
}

}  // namespace hs::app
