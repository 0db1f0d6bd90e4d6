// SPDX-License-Identifier: GPL-3.0-or-later
// Activation patching between this prompt (clean) and another of as many tokens (corrupted); by estimate, exactly, or along paths.
#pragma once

#include "engine/session/jobs/patching.h"
#include "engine/session/jobs/tokenise.h"
#include "ui/bridge/ask.h"
#include "ui/cause/cause_page.h"

class QComboBox;

namespace hs::ui {

class PatchView;
class Segment;
struct PatchCells;

class CausePatchPage : public CausePage {
    Q_OBJECT
public:
    CausePatchPage(const ViewContext& context, CauseQuestion* question, QWidget* parent = nullptr);
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    PatchView* map() const { return m_map; }
    QComboBox* site() const { return m_site; }
    QPushButton* keepButton() const { return m_keep; }
    QPushButton* runButton() const { return m_run; }
    void setResult(const PatchResult& result);
    const std::optional<PatchResult>& result() const { return m_result; }

    /// What is asked and how it is read, for the project.
    void save(QJsonObject& state) const;
    void restore(const QJsonObject& state);

protected:
    void refresh() override;
    QString howAgain() const override;
    bool usesCorrupted() const override { return true; }

private:
    static constexpr int kPath = 1000;  ///< entry of the site list that is no site: path patching

    void buildForm();
    QHBoxLayout* buildChoices();  ///< what is asked
    QHBoxLayout* buildReading();  ///< how the result is read
    void connectControls();
    void connectAnswers();
    void refreshAxes();  ///< after another site
    void selectHeadAt(int r, int k);
    void keep();
    void refreshKeep();
    void refreshReceivers();
    void start();
    void show();
    void showPaths(const PathMap& map);
    CauseAsked askedOf(const PatchPair& pair) const;
    QStringList question(const PatchPair& pair, double clean, double corrupt) const;
    /// Cells of a map as they are to be read: shares when asked for, else changes; a refusal is said in the problem line.
    std::vector<double> reading(const PatchMap& map, PatchCells& cells);
    void align();
    SpecialText special() const;  ///< in both prompts, as the current one has it
    std::optional<PatchResult> m_result;
    std::optional<PathPatchResult> m_paths;
    bool busy() const { return m_patch.busy() || m_path.busy(); }
    Ask<PatchJob> m_patch;
    Ask<PathPatchJob> m_path;
    Ask<TokeniseJob> m_tokens;
    QComboBox *m_site, *m_receiver;
    Segment *m_axes, *m_direction, *m_shown, *m_scale;
    QPushButton *m_run, *m_keep;
    QString m_refusal;                       ///< why shares are not shown; taken back when they are not asked for any more
    QString m_figureName, m_figureTitle;     ///< of what is shown, whatever the controls say by now
    QString m_askedCorrupt, m_shownCorrupt;  ///< corrupted prompt of what is under way and of what is shown, as it was typed
    QLabel* m_alignment;
    PatchView* m_map;
    std::shared_ptr<const Run> m_clean;
    std::shared_ptr<const Prompt> m_corruptPrompt;
    QString m_corruptText;  ///< what it was made of
    SpecialText m_corruptSpecial = SpecialText::Recognise;
};

}  // namespace hs::ui
