// SPDX-License-Identifier: GPL-3.0-or-later
// What is open, in one box: name, layers x heads, dtype, parity light. Click opens the model dialog.
#pragma once

#include <QAbstractButton>

namespace hs::ui {

class Project;

enum class ParityState { Pending, NothingToCompare, Matches, Differs };
ParityState parityState(const Project& project);
/// "matches reference, max 1.3e-5".
QString parityText(const Project& project);

class ModelChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit ModelChip(Project* project, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// Short form leaves the words beside the light out (narrow windows).
    void setShort(bool on);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    Project* m_project;
    QString m_name, m_facts, m_light;
    bool m_short = false;
};

}  // namespace hs::ui
