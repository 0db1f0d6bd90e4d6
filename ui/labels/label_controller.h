// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the engine for labels: stored ones when a model opens, new ones on request, examples on demand. Results go to the LabelStore.
#pragma once

#include <QObject>
#include <QStringList>
#include <map>
#include <optional>

#include "engine/session/jobs/label.h"
#include "ui/bridge/ask.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class LabelController : public QObject {
    Q_OBJECT
public:
    /// `sampleCorpus`: the text that ships; may be empty.
    LabelController(const ViewContext& context, const QStringList& sampleCorpus, QObject* parent = nullptr);

    /// Nothing when the open model can be labelled, else why not, in words.
    QString impossibleBecause() const;
    /// What was asked for last, else the default: the sample corpus, every detector, default thresholds.
    LabelRequest request() const;
    LabelRequest defaultRequest() const;
    const QStringList& sampleCorpus() const { return m_sample; }
    bool usesSample(const LabelRequest& request) const;

    void start(const LabelRequest& request);
    void cancel();
    bool running() const { return m_label.busy(); }
    QString progressWords() const { return m_words; }
    /// "sample corpus, 213 passages, stored 3 May"; empty without a report.
    QString provenanceWords() const;
    QString provenanceTip() const;
    /// How long a labelling will take and how much of the text it will read, before anything is read.
    QString estimate(const LabelRequest& request) const;

    /// Rows of one head over the whole corpus; a newer question replaces the older.
    void askExamples(HeadId head, const LabelId& label, const std::string& variant, int count);

Q_SIGNALS:
    void changed();  ///< running, words or provenance
    void failed(const hs::Error& error);
    void message(const QString& text);
    void examplesReady(const hs::LabelExamplesResult& result);
    void examplesEnded(const QString& problem);  ///< empty: fine

private:
    void modelChanged();
    void ended(const JobEnded& end);

    ViewContext m_c;
    QStringList m_sample;
    std::optional<LabelRequest> m_request;
    Ask<LabelJob> m_label, m_stored;
    Ask<LabelExamplesJob> m_examples;
    QString m_words;
    qint64 m_storedAt = 0;
    bool m_stopping = false;
};

}  // namespace hs::ui
