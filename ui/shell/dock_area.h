// SPDX-License-Identifier: GPL-3.0-or-later
// The docks around the centre: left, right and below; how they stand in a narrow window; what stands in the right one.
#pragma once

#include <QByteArray>
#include <QObject>
#include <vector>

#include "ui/feature/dock_spec.h"

class QDockWidget;
class QHBoxLayout;
class QMainWindow;

namespace hs::ui {

class CommandList;
class FoldStrip;

class DockArea : public QObject {
    Q_OBJECT
public:
    static constexpr int kLayoutVersion = 1;
    /// `row`: layout around the centre, for the strips of folded docks.
    DockArea(QMainWindow* window, QHBoxLayout* row);
    void add(const std::vector<DockSpec>& docks);
    /// All docks are there: sizes and strips.
    void finish();
    void addCommands(CommandList& commands) const;
    const std::vector<QDockWidget*>& docks() const { return m_docks; }

    /// Stands in the right dock until the next call; nothing: its own page again.
    void setSidePage(const DockPage* page);
    /// Docks give way to the centre in a narrow window.
    void fit();
    void reset();
    QByteArray save() const;
    void restore(const QByteArray& layout);

private:
    void setSide(const DockPage& page);
    QDockWidget *m_left = nullptr, *m_right = nullptr;
    FoldStrip *m_leftStrip = nullptr, *m_rightStrip = nullptr;
    QMainWindow* m_window;
    QHBoxLayout* m_row;
    std::vector<QDockWidget*> m_docks;
    std::vector<QKeySequence> m_keys;
    DockPage m_ownPage, m_side;
    QByteArray m_factory;
    int m_mode = -1;
};

}  // namespace hs::ui
