// SPDX-License-Identifier: GPL-3.0-or-later
// What a head that is off leaves in its place, in every view of a project: zero until something else has been measured for it.
// The project's list keeps the mark "off"; the engine gets what stands here instead.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <utility>

#include "engine/forward/run.h"
#include "engine/forward/sweep/ablation.h"
#include "ui/state/prune_text.h"

namespace hs::ui {

class Project;

class CutValues : public QObject {
    Q_OBJECT
public:
    /// Made by the project, see Project::cuts(); forgets everything when the model changes.
    explicit CutValues(Project* project);

    AblationKind kind() const { return m_values ? m_values->kind : AblationKind::Zero; }
    const std::shared_ptr<const AblationValues>& values() const { return m_values; }  ///< null: zero
    const PruneText& text() const { return m_text; }                                  ///< the values were measured on it
    /// Null: zero again.
    void set(std::shared_ptr<const AblationValues> values, const PruneText& text = {});

    /// The list as the engine runs it on a prompt: heads that are off leave what kind() says, everything else stays. Asked again with
    /// the same prompt it gives an equal list.
    Interventions applied(const Interventions& list, const Prompt& prompt) const;
    Interventions applied(const Prompt& prompt) const;  ///< of the project's own list
    /// The run was made with the project's list and these values.
    bool inForce(const Run& run) const;
    /// applied() differs from prompt to prompt.
    bool followsPrompt() const { return kind() == AblationKind::Resample || kind() == AblationKind::Uniform; }

    /// "Heads that are off write their mean over passages sampled from the model (1 024 tokens)."
    QString sentence() const;
    /// For one head in a list: "writes zero", "writes its mean over the calibration text".
    QString shortSentence() const;

Q_SIGNALS:
    void changed();

private:
    Project* m_project;
    std::shared_ptr<const AblationValues> m_values;
    PruneText m_text;
    /// Matrices put in for a layer of a prompt with this donor and length: interventions compare them by pointer.
    mutable std::map<std::pair<int, std::pair<int, int>>, std::weak_ptr<const MatrixF>> m_stored;
};

/// The intervention marks its head as off.
bool switchesOff(const Intervention& intervention);

}  // namespace hs::ui
