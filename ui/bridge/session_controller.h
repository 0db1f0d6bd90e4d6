// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what the user wants into jobs and what comes back into project state. Knows no widgets.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <optional>
#include <vector>

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class HeadLosses;

/// Before and after one head is switched off, at one position.
struct SwitchPreview {
    struct Row {
        int id = 0;
        QString text;
        float on = 0, off = 0;
    };
    HeadId head;
    int position = -1;
    std::vector<Row> rows;
    double lossOn = 0, lossOff = 0;   ///< NaN: the prompt has no loss
};

class SessionController : public QObject {
    Q_OBJECT
public:
    explicit SessionController(const ViewContext& context, QObject* parent = nullptr);

    /// Opens a model, a dump or a folder. What is open stays until the new file is there.
    void openFile(const QString& path, const OpenOptions& options = {});
    /// Same file again with these values of the user's (key -> text) on top of earlier ones.
    void reopenWith(const std::map<std::string, std::string>& config);
    const OpenOptions& openOptions() const { return m_openOptions; }
    bool opening() const { return m_openJob != 0; }
    bool running() const { return m_runJob != 0 || m_baseJob != 0; }
    QString openingPath() const { return m_openingPath; }

    /// Runs the current prompt with the project's switches; only what differs from a run that is there is computed.
    void run();
    void setTextAndRun(const QString& text);
    void cancel();
    void continueText(int tokens, double temperature, quint64 seed);
    void takeToken(int id, const QString& text);
    /// Loss change of every head, one by one.
    void measureLosses();
    bool measuring() const { return m_measureJob != 0; }
    HeadLosses* losses() const { return m_losses; }
    std::optional<SwitchPreview> preview() const { return m_preview; }
    std::optional<Error> runError() const { return m_runError; }
    /// Seconds that measuring all heads will take, as estimated.
    double measureCost() const;

Q_SIGNALS:
    void openStarted(const QString& path);
    void openEnded(const QString& path, bool ok);
    void failed(const hs::ui::ErrorText& error, const hs::Error& facts);   ///< opening or another request failed
    void runFailed(const hs::ui::ErrorText& error, const hs::Error& facts);
    void runStateChanged();        ///< running(), opening() or runError() changed
    void runFinished();            ///< the current prompt's run is complete
    void previewChanged();
    void progress(const hs::ProgressReport& report, double secondsLeft);   ///< of the opening or running job

private:
    void opened(JobId job, const OpenedResult& result);
    void ended(const JobEnded& ended);
    void submitRun(int index, const std::shared_ptr<const Run>& base);
    void askPreview();
    void ablationReady(JobId job, const AblationResult& result);
    void adopt(const std::vector<int>& ids, const QString& text);
    void adoptContinuation(const ContinueResult& result);
    int previewPosition() const;

    ViewContext m_c;
    HeadLosses* m_losses;
    OpenOptions m_openOptions, m_pendingOptions;
    QString m_openingPath;
    JobId m_openJob = 0, m_baseJob = 0, m_runJob = 0, m_previewJob = 0, m_measureJob = 0, m_continueJob = 0, m_hashJob = 0, m_parityJob = 0;
    std::map<JobId, int> m_runPrompt;
    const void* m_baseModel = nullptr;   ///< what the pending base run was asked for
    QString m_baseText;
    std::vector<int> m_baseIds;
    std::optional<ContinueResult> m_continued;   ///< what the running continuation has written so far
    std::vector<HeadId> m_measured;
    HeadId m_previewHead;
    bool m_previewOfOff = false;
    std::optional<SwitchPreview> m_preview;
    std::optional<Error> m_runError;
    QTimer m_previewTimer;
};

}  // namespace hs::ui
