// SPDX-License-Identifier: GPL-3.0-or-later
// The centre of the window: views by id, in workspaces that carry the tabs. Each workspace remembers its tab. A view that cannot work with
// the open file folds away with its reason; asked for by name it still comes, and says itself what it lacks.
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QWidget>
#include <vector>

class QStackedWidget;

namespace hs::ui {

class CentreBar;
class CentreTab;

struct Workspace {
    QString id, title;
    QList<CentreTab*> tabs;
};

class Centre : public QWidget {
    Q_OBJECT
public:
    explicit Centre(QWidget* parent = nullptr);
    /// Takes the tabs. The first one is home.
    void setWorkspaces(std::vector<Workspace> workspaces);
    const std::vector<Workspace>& workspaces() const { return m_workspaces; }
    /// All of them, by workspace.
    QList<CentreTab*> tabs() const;
    CentreTab* tab(const QString& id) const;
    CentreTab* current() const { return m_current; }
    CentreTab* home() const { return tabs().value(0); }
    QString workspace() const { return m_workspace; }
    CentreBar* bar() const { return m_bar; }

    /// False when there is no such view.
    bool showView(const QString& id);
    void showBefore();
    void showWorkspace(const QString& id);

    /// Those of the workspace in front that stand in its bar, from left to right, and those folded away.
    QList<CentreTab*> standing() const;
    QList<CentreTab*> folded() const;
    /// Why a whole workspace cannot work with the open file; empty: some view of it can.
    QString obstacleOf(const QString& workspace) const;
    bool anyWorks() const;
    /// Another file is open: asks each view whether it can work with it, and goes to one that can.
    void fileChanged();

Q_SIGNALS:
    void currentChanged(hs::ui::CentreTab* tab);
    void workspaceChanged(const QString& id);
    void barChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool works(const CentreTab* tab) const;
    const Workspace* workspaceOf(const CentreTab* tab) const;
    const Workspace* workspaceNamed(const QString& id) const;
    void show(CentreTab* tab);
    void refreshBar();

    std::vector<Workspace> m_workspaces;
    QHash<QString, QString> m_last;  ///< workspace -> its tab
    QHash<const CentreTab*, QString> m_obstacles;
    QString m_workspace, m_before;
    CentreTab* m_current = nullptr;
    CentreBar* m_bar;
    QStackedWidget* m_pages;
};

}  // namespace hs::ui
