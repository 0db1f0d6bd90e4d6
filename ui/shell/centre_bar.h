// SPDX-License-Identifier: GPL-3.0-or-later
// Above the centre: the tabs of one workspace, and a menu of those that cannot work with the open file, each with its reason.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QTabBar;
class QToolButton;

namespace hs::ui {

class CentreBar : public QWidget {
    Q_OBJECT
public:
    struct Tab {
        QString id, title;
        QString reason;  ///< not empty: it cannot work with the open file
    };

    explicit CentreBar(QWidget* parent = nullptr);
    void setTabs(const std::vector<Tab>& tabs, const std::vector<Tab>& folded, const QString& current);
    QTabBar* bar() const { return m_bar; }
    QToolButton* foldedButton() const { return m_folded; }

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fillFolded(const std::vector<Tab>& folded);
    QTabBar* m_bar;
    QToolButton* m_folded;
};

}  // namespace hs::ui
