// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dock_area.h"

#include <QAction>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QMainWindow>
#include <utility>

#include "ui/feature/command_list.h"
#include "ui/kit/dock_title.h"
#include "ui/kit/fold_strip.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kNarrow = 1240;  // below: both docks beside the centre would leave it less than 640
constexpr int kFolded = 1100;  // below: even one would

}  // namespace

DockArea::DockArea(QMainWindow* window, QHBoxLayout* row) : QObject(window), m_window(window), m_row(row)
{
    m_window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void DockArea::add(const std::vector<DockSpec>& docks)
{
    for (const DockSpec& spec : docks) {
        auto* dock = new QDockWidget(spec.page.title, m_window);
        dock->setObjectName(spec.id);
        dock->setWidget(spec.page.content);
        dock->setTitleBarWidget(spec.page.bar);
        m_window->addDockWidget(spec.area, dock);
        dock->setVisible(spec.shown);
        if (spec.area == Qt::LeftDockWidgetArea && !m_left) m_left = dock;
        if (spec.area == Qt::RightDockWidgetArea && !m_right) {
            m_right = dock;
            m_ownPage = m_side = spec.page;
        }
        m_docks.push_back(dock);
        m_keys.push_back(spec.key);
    }
}

void DockArea::finish()
{
    m_window->resizeDocks({m_left, m_right}, {measure::kLeftDock, measure::kRightDock}, Qt::Horizontal);
    m_leftStrip = new FoldStrip(m_left, Qt::LeftEdge);
    m_rightStrip = new FoldStrip(m_right, Qt::RightEdge);
    m_row->insertWidget(0, m_leftStrip);
    m_row->addWidget(m_rightStrip);
    for (FoldStrip* strip : {m_leftStrip, m_rightStrip}) strip->hide();
    m_factory = save();
}

void DockArea::addCommands(CommandList& commands) const
{
    for (std::size_t i = 0; i < m_docks.size(); ++i) {
        QAction* action = m_docks[i]->toggleViewAction();
        action->setShortcut(m_keys[i]);
        commands.adopt(action, QStringLiteral("dock.") + m_docks[i]->objectName(), QStringLiteral("view"), 400 + int(i));
    }
}

void DockArea::setSidePage(const DockPage* page)
{
    const DockPage& wanted = page ? *page : m_ownPage;
    if (wanted.content != m_side.content) setSide(wanted);
}

void DockArea::setSide(const DockPage& page)
{
    const DockPage gone = std::exchange(m_side, page);
    m_right->setWidget(page.content);
    page.content->show();
    m_right->setTitleBarWidget(page.bar);
    page.bar->show();
    gone.content->hide();
    m_right->setWindowTitle(page.title);
}

void DockArea::fit()
{
    const int width = m_window->width();
    const int mode = width < kFolded ? 2 : width < kNarrow || (width <= 1280 && m_window->height() <= 720) ? 1 : 0;
    if (mode == m_mode || !m_right || m_right->isFloating() || m_left->isFloating()) return;
    const int before = std::exchange(m_mode, mode);
    for (FoldStrip* strip : {m_leftStrip, m_rightStrip}) strip->setVisible(mode == 2);
    const bool tabbed = m_window->tabifiedDockWidgets(m_left).contains(m_right);
    if (mode == 1 && !tabbed) {
        m_window->tabifyDockWidget(m_left, m_right);
    } else if (mode != 1 && before == 1 && tabbed) {
        m_window->addDockWidget(Qt::RightDockWidgetArea, m_right);
        m_window->resizeDocks({m_left, m_right}, {measure::kLeftDock, measure::kRightDock}, Qt::Horizontal);
    }
    if (mode == 2 || before == 2)
        for (QDockWidget* dock : {m_left, m_right}) dock->setVisible(mode != 2);
    if (mode == 1) m_left->raise();
}

void DockArea::reset()
{
    restore(m_factory);
    m_window->resizeDocks({m_left, m_right}, {measure::kLeftDock, measure::kRightDock}, Qt::Horizontal);
}

QByteArray DockArea::save() const { return m_window->saveState(kLayoutVersion); }

void DockArea::restore(const QByteArray& layout)
{
    m_window->restoreState(layout, kLayoutVersion);
    m_mode = -1;  // saved at another width, perhaps
    fit();
}

}  // namespace hs::ui
