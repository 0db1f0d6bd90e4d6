// SPDX-License-Identifier: GPL-3.0-or-later
// What a window asks of the engine about its project, in one place: opening, running, continuing, measuring and the preview of a switch
// each stand in their own file; here they meet. Knows no widgets.
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ui/bridge/continuing.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/loss_measuring.h"
#include "ui/bridge/opening.h"
#include "ui/bridge/running.h"
#include "ui/bridge/switch_preview.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class SessionController : public QObject {
    Q_OBJECT
public:
    explicit SessionController(const ViewContext& context, QObject* parent = nullptr);

    /// Opens a model, a dump or a folder. What is open stays until the new file is there.
    void openFile(const QString& path, const OpenOptions& options = {});
    /// Answer to asksHeads(); cancel() leaves the file closed.
    void sayHeads(const std::map<std::string, std::string>& said) { m_opening.answer(said); }
    /// Answer to asksAdapter(): the folder of the adapter to merge, or "none".
    void sayAdapter(const std::string& adapter) { m_opening.answerAdapter(adapter); }
    /// Same file again with these values of the user's (key -> text) on top of earlier ones.
    void reopenWith(const std::map<std::string, std::string>& config);
    const OpenOptions& openOptions() const { return m_opening.options(); }
    bool opening() const { return m_opening.busy(); }
    bool running() const { return m_running.busy(); }
    Running* runner() { return &m_running; }
    const QString& openingPath() const { return m_opening.path(); }

    /// Runs the current prompt with the project's switches; only what differs from a run that is there is computed.
    void run() { m_running.again(); }
    void setTextAndRun(const QString& text);
    void cancel();
    void continueText(int tokens, double temperature, quint64 seed) { m_continuing.start(tokens, temperature, seed); }
    void takeToken(int id, const QString& text);
    /// Loss change of every head, one by one.
    void measureLosses() { m_measuring.start(); }
    bool measuring() const { return m_measuring.busy(); }
    HeadLosses* losses() const { return m_measuring.losses(); }
    const std::optional<SwitchPreview>& preview() const { return m_previews.preview(); }
    bool previewing() const { return m_previews.busy(); }
    const std::optional<Error>& previewError() const { return m_previews.error(); }
    const std::optional<Error>& runError() const { return m_running.error(); }
    /// Seconds that measuring all heads will take, as estimated.
    double measureCost() const { return m_measuring.cost(); }

Q_SIGNALS:
    void openStarted(const QString& path);
    void openEnded(const QString& path, bool ok);
    void asksHeads(const std::shared_ptr<const hs::Model>& model);        ///< before it opens: how many heads has a layer?
    void asksAdapter(const QString& folder);                              ///< before it opens: is the adapter in this folder merged?
    void failed(const hs::ui::ErrorText& error, const hs::Error& facts);  ///< opening or another request failed
    void runFailed(const hs::ui::ErrorText& error, const hs::Error& facts);
    void runStateChanged();  ///< running(), opening() or runError() changed
    void runFinished();      ///< the current prompt's run is complete
    void previewChanged();
    void progress(const hs::ProgressReport& report, double secondsLeft);  ///< of the opening or running job

private:
    void adopt(const std::vector<int>& ids, const QString& text);
    ViewContext m_c;
    Opening m_opening;
    Running m_running;
    Continuing m_continuing;
    LossMeasuring m_measuring;
    SwitchPreviews m_previews;
};

}  // namespace hs::ui
