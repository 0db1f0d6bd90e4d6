// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_controller.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

#include "engine/analysis/labels/work.h"
#include "ui/bridge/error_text.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"

namespace hs::ui {

LabelController::LabelController(const ViewContext& context, const QStringList& sampleCorpus, QObject* parent)
    : QObject(parent), m_c(context), m_sample(sampleCorpus), m_label(context.bridge, tr("Label the heads"), QStringLiteral("labels")),
      m_stored(context.bridge, tr("Label the heads"), QStringLiteral("storedLabels")),
      m_examples(context.bridge, tr("Examples of a label"), QStringLiteral("labelExamples"))
{
    const auto take = [this](const LabelResult& result) {
        m_storedAt = result.storedAt;
        m_c.labels->setReport(result.model, result.report, result.fromCache);
        Q_EMIT changed();
    };
    m_label.onAnswer(take);
    m_stored.onAnswer(take);
    m_examples.onAnswer([this](const LabelExamplesResult& result) { Q_EMIT examplesReady(result); });
    connect(&m_examples, &OneAsk::ended, this, [this](const JobEnded& end) {
        Q_EMIT examplesEnded(end.state == JobState::Failed && end.error ? errorLine(*end.error) : QString());
    });
    connect(&m_label, &OneAsk::progress, this, [this](double, const QString& words) {
        if (m_stopping) return;
        m_words = words;
        // "Labels: reading the corpus …": the place where it stands says the first word already, and is narrow.
        if (const qsizetype colon = m_words.indexOf(QStringLiteral(": ")); colon > 0 && colon < 16)
            m_words = m_words.mid(colon + 2, 1).toUpper() + m_words.mid(colon + 3);
        Q_EMIT changed();
    });
    connect(&m_label, &OneAsk::ended, this, &LabelController::ended);
    connect(m_c.project, &Project::modelChanged, this, &LabelController::modelChanged);
}

QString LabelController::impossibleBecause() const
{
    const auto& model = m_c.project->model();
    if (!model) return m_c.project->dump() ? tr("This file holds attention only; labels need the weights.") : tr("Open a model first.");
    if (!model->canRun() && model->lacks(Part::AttentionWeights))
        return tr("This file has no attention weights, so its heads cannot be labelled.");
    return {};
}

LabelRequest LabelController::defaultRequest() const
{
    LabelRequest request;
    for (const QString& path : m_sample) request.corpusPaths.push_back(path.toStdString());
    if (!m_sample.isEmpty()) request.corpusName = "sample corpus";  // data, and part of what is stored: the same in every language
    return request;
}

LabelRequest LabelController::request() const { return m_request ? *m_request : defaultRequest(); }

bool LabelController::usesSample(const LabelRequest& request) const
{
    return !m_sample.isEmpty() && request.corpusPaths == defaultRequest().corpusPaths;
}

void LabelController::modelChanged()
{
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_label), static_cast<OneAsk*>(&m_stored), static_cast<OneAsk*>(&m_examples)}) ask->forget();
    m_words.clear();
    m_stopping = false;
    m_storedAt = 0;
    if (impossibleBecause().isEmpty()) {
        LabelJob stored{m_c.project->model(), defaultRequest()};
        stored.request.onlyStored = true;
        m_stored.start(std::move(stored));
    }
    Q_EMIT changed();
}

void LabelController::start(const LabelRequest& request)
{
    if (!impossibleBecause().isEmpty()) return;
    m_request = request;
    m_words = tr("Labelling has begun");
    m_stopping = false;
    addOpenInputs(request.corpusPaths);
    m_label.start(LabelJob{m_c.project->model(), request});
    Q_EMIT changed();
}

void LabelController::cancel()
{
    if (!running()) return;
    m_label.cancel();
    m_stopping = true;  // said at once; the work ends at its next look at the clock
    m_words = tr("Stopping …");
    Q_EMIT changed();
}

void LabelController::ended(const JobEnded& end)
{
    m_stopping = false;
    m_words.clear();
    if (end.state == JobState::Failed && end.error) Q_EMIT failed(*end.error);
    else if (end.state == JobState::Cancelled) {
        const auto report = m_c.labels->report();
        Q_EMIT message(!report            ? tr("Labelling cancelled before the first result.")
                       : report->complete ? tr("Labelling cancelled; the labels of before stay.")
                                          : tr("Labelling cancelled; what was finished stays, marked as unfinished."));
    } else if (end.state == JobState::Done) Q_EMIT message(tr("Labels are ready."));
    Q_EMIT changed();
}

void LabelController::askExamples(HeadId head, const LabelId& label, const std::string& variant, int count)
{
    if (!m_c.project->model()) return;
    LabelExamplesJob job{m_c.project->model(), request(), head, label, variant, count};
    m_examples.start(std::move(job));
}

QString LabelController::provenanceWords() const
{
    const auto report = m_c.labels->report();
    if (!report) return {};
    const LabelProvenance& p = report->provenance;
    QStringList words;
    words << (p.dataName.empty() ? tr("no text") : corpusTitle(p.dataName));
    if (p.documents > 0)
        words << (p.documents < p.documentsOffered ? tr("%1 of %2 passages").arg(countText(p.documents), countText(p.documentsOffered))
                                                   : tr("%1 passages").arg(countText(p.documents)));
    if (labelledByNorms(*report)) words << tr("by norms");
    if (!report->complete) words << tr("unfinished");
    else if (m_storedAt > 0)
        words << tr("stored %1").arg(QLocale().toString(QDateTime::fromSecsSinceEpoch(m_storedAt).date(), QLocale::ShortFormat));
    else if (m_c.labels->fromCache()) words << tr("stored");
    return words.join(QStringLiteral(", "));
}

QString LabelController::estimate(const LabelRequest& request) const
{
    const auto& model = m_c.project->model();
    if (!model) return {};
    // Not read yet: four bytes a token, passages that end at a word boundary.
    constexpr double kFilled = 0.83, kBytes = 3.8;
    LabelWork work;
    work.length = int(kFilled * request.length);
    if (request.text && model->tokenizer()) {
        double bytes = 0;
        for (const std::string& path : request.corpusPaths) {
            const QFileInfo file(QString::fromStdString(path));
            bytes += file.isDir() ? 1e9 : double(file.size());
        }
        const double offered = bytes / (kBytes * std::max(1, work.length));
        work.documents = int(std::min(offered, request.maxDocuments > 0 ? double(request.maxDocuments) : 1e9));
    }
    work.everyDocument = request.everyDocument;
    work.synthetic = request.synthetic;
    work.weights = request.weights;
    work.causes = request.causes;
    const LabelEstimate found = estimateLabels(*model, request.preset, work);
    const QString time = tr("Takes about %1 on this machine.").arg(durationText(found.seconds));
    return found.documents < work.documents
               ? tr("Takes about %1 on this machine. Of some %2 passages %3 are read: the work set for text (trust.text-work) pays for "
                    "no more.")
                     .arg(durationText(found.seconds), countText(work.documents), countText(found.documents))
               : time;
}

QString LabelController::provenanceTip() const
{
    const auto report = m_c.labels->report();
    if (!report) return {};
    const LabelProvenance& p = report->provenance;
    QStringList lines{provenanceWords()};
    lines << (labelledByNorms(*report) ? tr("Rows counted by norms: shares of what a head writes, ‖A v W_O‖ (Kobayashi et al. 2020)")
                                       : tr("Rows counted by attention weights"));
    lines << tr("Preset %1, seed %2, %3 tests").arg(QString::fromStdString(p.preset)).arg(p.seed).arg(countText(p.tests));
    lines << tr("%1 passages, %2 tokens, at most %3 each").arg(countText(p.documents), countText(p.tokens)).arg(p.length);
    if (p.documents < p.documentsOffered && report->complete)
        lines << tr("The text has %1 passages; the work set for text (trust.text-work) pays for these, spread evenly.")
                     .arg(countText(p.documentsOffered));
    if (p.seconds > 0) lines << tr("took %1 s").arg(QString::number(p.seconds, 'f', 1));
    lines << tr("Labels depend on the text: click to label again with another.");
    return lines.join(QLatin1Char('\n'));
}

}  // namespace hs::ui
