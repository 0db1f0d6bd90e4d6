// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_commands.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <QMessageBox>

#include "engine/io/file_kind.h"
#include "ui/bridge/session_controller.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/kit/adapter_question.h"
#include "ui/shell/about_dialog.h"
#include "ui/shell/centre.h"
#include "ui/shell/command_finder.h"
#include "ui/shell/dock_area.h"
#include "ui/shell/finder_things.h"
#include "ui/shell/heads_dialog.h"
#include "ui/shell/model_dialog.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/shortcuts_overlay.h"
#include "ui/state/project.h"

namespace hs::ui {

WindowCommands::WindowCommands(const ViewContext& context, Parts parts) : QObject(parts.window), m_c(context), m(std::move(parts))
{
    addMenus();
    addFile();
    addViews();
    m.docks->addCommands(*m.commands);
    addModel();
    addHelp();
    connect(m.controller, &SessionController::asksHeads, this, &WindowCommands::askHeads);
    connect(m.controller, &SessionController::asksAdapter, this, &WindowCommands::askForAdapter);
}

void WindowCommands::addMenus()
{
    const std::pair<const char*, QString> menus[] = {{"file", tr("&File")}, {"edit", tr("&Edit")}, {"view", tr("&View")},
                                                     {"head", tr("&Head")}, {"run", tr("&Run")},   {"tools", tr("&Tools")},
                                                     {"help", tr("&Help")}};
    int order = 0;
    for (const auto& [id, title] : menus) m.commands->addMenu({QString::fromLatin1(id), title, order += 100});
}

void WindowCommands::addFile()
{
    const QString file = QStringLiteral("file");
    const auto open = [this] { return !m_c.project->empty(); };
    m.commands->add({QStringLiteral("file.open"), tr("&Open …"), file, 100, [this] { openDialog(); }, {QKeySequence::Open}});
    m.commands->addMenu({QStringLiteral("recent"), tr("Open &recent"), 110, file, [this](QMenu* menu) { m.recent->fill(menu, m.open); }});
    if (!m.sample.isEmpty())
        m.commands->add({QStringLiteral("file.sample"), tr("Open &sample model"), file, 120, [this] { m.open(m.sample); }});
    m.commands->add({QStringLiteral("file.close"),
                     tr("&Close file"),
                     file,
                     400,
                     [this] {
                         m.controller->cancel();
                         m_c.project->close();
                     },
                     {QKeySequence(QStringLiteral("Ctrl+W"))},
                     open});
    m.commands->add(
        {QStringLiteral("file.quit"), tr("&Quit"), file, 410, [this] { m.window->close(); }, {QKeySequence(QStringLiteral("Ctrl+Q"))}});
    m.commands->add({QStringLiteral("edit.preferences"),
                     tr("&Preferences …"),
                     QStringLiteral("edit"),
                     400,
                     [this] { showPreferences(); },
                     {QKeySequence(QStringLiteral("Ctrl+,"))}});
}

void WindowCommands::addViews()
{
    const QString view = QStringLiteral("view");
    int order = 100;
    for (const CentreTab* tab : m.centre->tabs())
        m.commands->add(
            {QStringLiteral("view.") + tab->id(), tab->title(), view, order++, [this, id = tab->id()] { m.centre->showView(id); }});
    m.commands->addMenu({QStringLiteral("workspaces"), tr("Wor&kspace"), 190, view});
    order = 100;
    for (const Workspace& workspace : m.centre->workspaces()) {
        const int number = ++order - 100;
        m.commands->add({QStringLiteral("workspace.") + workspace.id,
                         tr("Workspace: %1").arg(workspace.title),
                         QStringLiteral("workspaces"),
                         order,
                         [this, id = workspace.id] { m.centre->showWorkspace(id); },
                         {QKeySequence(QStringLiteral("Alt+%1").arg(number))}});
    }
    connect(m.centre, &Centre::barChanged, this, &WindowCommands::followBar);
    followBar();
    m.commands->add({QStringLiteral("view.reset"), tr("Reset layou&t"), view, 480, [this] { m.docks->reset(); }});
    m.commands->add({QStringLiteral("view.full"),
                     tr("&Full screen"),
                     view,
                     490,
                     [this] { m.window->setWindowState(m.window->windowState() ^ Qt::WindowFullScreen); },
                     {QKeySequence(QStringLiteral("F11"))},
                     {},
                     [this] { return m.window->isFullScreen(); }});
}

/// Ctrl+1 … Ctrl+9 count the tabs in sight, from left to right.
void WindowCommands::followBar()
{
    const auto standing = m.centre->standing();
    const auto all = m.centre->tabs();
    for (const CentreTab* tab : all) m.commands->action(QStringLiteral("view.") + tab->id())->setShortcuts(QList<QKeySequence>());
    for (int i = 0; i < int(std::min<qsizetype>(standing.size(), 9)); ++i)
        m.commands->action(QStringLiteral("view.") + standing[i]->id())->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)));
}

void WindowCommands::addModel()
{
    const QString tools = QStringLiteral("tools");
    const auto model = [this] { return m_c.project->model() != nullptr; };
    m.commands->add({QStringLiteral("help.finder"),
                     tr("&Find a command …"),
                     tools,
                     100,
                     [this] {
                         m.commands->refresh();
                         (new CommandFinder(m.commands->actions(), m.window, finderThings(m_c, m.recent->list(), m.open)))->popup();
                     },
                     {QKeySequence(QStringLiteral("Ctrl+K"))}});
    m.commands->add({QStringLiteral("model.tensors"),
                     tr("&Tensors and configuration …"),
                     tools,
                     110,
                     [this] { showModelDialog(0); },
                     {QKeySequence(QStringLiteral("Ctrl+I"))},
                     model});
    m.commands->add({QStringLiteral("model.adapter"), tr("Merge an &adapter …"), tools, 124, [this] { chooseAdapter(); }, {}, model});
    m.commands->add({QStringLiteral("model.alone"),
                     tr("&Weights without the adapter"),
                     tools,
                     126,
                     [this] { reopenWithAdapter("none"); },
                     {},
                     [this] { return m_c.project->model() && !m_c.project->model()->identity().adapter.empty(); }});
    m.commands->add(
        {QStringLiteral("model.parity"), tr("&Comparison with the reference …"), tools, 120, [this] { showModelDialog(2); }, {}, model});
}

void WindowCommands::addHelp()
{
    const QString help = QStringLiteral("help");
    m.commands->add({QStringLiteral("help.keys"),
                     tr("&Keys and mouse"),
                     help,
                     100,
                     [this] { (new ShortcutsOverlay(*m.commands, m.window))->show(); },
                     {QKeySequence(QStringLiteral("F1")), QKeySequence(QStringLiteral("?"))}});
    m.commands->add({QStringLiteral("help.about"), tr("&About HeadScope"), help, 110, [this] { (new AboutDialog(m.window))->open(); }});
}

void WindowCommands::openDialog()
{
    auto* dialog = new QFileDialog(m.window, tr("Open a model, attention or project"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QStringList endings;
    for (const char* ending : readableEndings()) endings += QLatin1Char('*') + QLatin1String(ending);
    dialog->setNameFilters({tr("Models and attention (%1 *.headscope)").arg(endings.join(QLatin1Char(' '))),
                            tr("Figures with a recipe (*.png *.svg *.pdf)"), tr("All files (*)")});
    if (!m_c.project->path().isEmpty()) dialog->setDirectory(QFileInfo(m_c.project->path()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { m.open(path); });
    dialog->open();
}

void WindowCommands::askHeads(const std::shared_ptr<const Model>& model)
{
    auto* dialog = new HeadsDialog(*model, m.window);
    connect(dialog, &QDialog::accepted, m.controller, [this, dialog] { m.controller->sayHeads(dialog->said()); });
    connect(dialog, &QDialog::rejected, m.controller, &SessionController::cancel);
    connect(m.controller, &SessionController::openStarted, dialog, &QObject::deleteLater);  // the answer, or another file
    connect(m.controller, &SessionController::openEnded, dialog, &QObject::deleteLater);
    dialog->open();
}

void WindowCommands::askForAdapter(const QString& folder)
{
    SessionController* controller = m.controller;
    QMessageBox* box = askAdapter(
        m.window, folder, [controller](const std::string& adapter) { controller->sayAdapter(adapter); },
        [controller] { controller->cancel(); });
    connect(controller, &SessionController::openStarted, box, &QObject::deleteLater);
    connect(controller, &SessionController::openEnded, box, &QObject::deleteLater);
}

/// Another adapter, or one that lies elsewhere, on the open model.
void WindowCommands::chooseAdapter()
{
    auto* dialog = new QFileDialog(m.window, tr("Folder of the adapter"), QFileInfo(m_c.project->path()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) { reopenWithAdapter(folder.toStdString()); });
    dialog->open();
}

void WindowCommands::reopenWithAdapter(const std::string& adapter)
{
    OpenOptions options = m.controller->openOptions();
    options.adapter = adapter;
    m.controller->openFile(m_c.project->path(), options);
}

void WindowCommands::showModelDialog(int page)
{
    if (!m_c.project->model()) return;
    auto* dialog = new ModelDialog(m_c.project, m.window);
    dialog->setPage(page);
    connect(dialog, &ModelDialog::reopenRequested, m.controller, &SessionController::reopenWith);
    dialog->open();
}

void WindowCommands::showPreferences()
{
    auto* dialog = new PreferencesDialog(m.window);
    connect(dialog, &PreferencesDialog::changed, this, [this] {
        m.preferencesChanged();
        m.commands->refresh();
    });
    connect(dialog, &PreferencesDialog::resetLayoutRequested, m.docks, &DockArea::reset);
    dialog->open();
}

}  // namespace hs::ui
