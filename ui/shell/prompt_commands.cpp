// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/prompt_commands.h"

#include <QInputDialog>

#include "ui/bridge/session_controller.h"
#include "ui/feature/command_list.h"
#include "ui/shell/token_grid.h"
#include "ui/shell/top_bar.h"
#include "ui/state/project.h"

namespace hs::ui {

PromptCommands::PromptCommands(const ViewContext& context, SessionController* controller, TopBar* bar, CommandList& commands,
                               std::function<void(const QString&)> say, QWidget* window)
    : QObject(window), m_c(context), m_controller(controller), m_bar(bar), m_say(std::move(say)), m_window(window)
{
    const QString run = QStringLiteral("run");
    const auto busy = [this] { return m_controller->running() || m_controller->opening() || m_controller->measuring(); };
    const auto canRun = [this] { return m_c.project->model() && m_c.project->model()->canRun(); };
    const auto several = [this] { return m_c.project->prompts().size() > 1; };
    commands.add({QStringLiteral("prompt.run"),
                  tr("&Run prompt"),
                  run,
                  100,
                  [this] { m_controller->setTextAndRun(m_bar->typedText()); },
                  {QKeySequence(QStringLiteral("F5"))},
                  canRun});
    commands.add({QStringLiteral("prompt.cancel"),
                  tr("&Cancel"),
                  run,
                  110,
                  [this] { m_controller->cancel(); },
                  {QKeySequence(QStringLiteral("Ctrl+."))},
                  busy});
    commands.add({QStringLiteral("prompt.edit"),
                  tr("&Edit prompt"),
                  run,
                  200,
                  [this] { m_bar->focusPrompt(); },
                  {QKeySequence(QStringLiteral("Ctrl+L"))},
                  canRun});
    commands.add({QStringLiteral("prompt.new"), tr("&New prompt"), run, 210, [this] { create(); }, {QKeySequence::New}});
    commands.add({QStringLiteral("prompt.rename"),
                  tr("Re&name prompt …"),
                  run,
                  220,
                  [this] { rename(); },
                  {},
                  [this, canRun] { return canRun() && m_c.project->current(); }});
    commands.add({QStringLiteral("prompt.tokens"),
                  tr("Choose from all &tokens …"),
                  run,
                  222,
                  [this] { showTokens(); },
                  {},
                  [this] { return m_c.project->model() && hasTokenGrid(*m_c.project->model()); }});
    connect(bar, &TopBar::tokensRequested, this, &PromptCommands::showTokens);
    commands.add({QStringLiteral("prompt.spell"),
                  tr("&Spell out special tokens"),
                  run,
                  225,
                  [this] {
                      if (const PromptEntry* entry = m_c.project->current())
                          m_c.project->setSpellSpecial(m_c.project->currentIndex(), !entry->spellSpecial);
                  },
                  {},
                  [this, canRun] { return canRun() && m_c.project->current() && m_c.project->model()->tokenizer(); },
                  [this] {
                      const PromptEntry* entry = m_c.project->current();
                      return entry && entry->spellSpecial;
                  }});
    commands.add({QStringLiteral("prompt.next"),
                  tr("Ne&xt prompt"),
                  run,
                  230,
                  [this] { step(1); },
                  {QKeySequence(QStringLiteral("Ctrl+PgDown"))},
                  several});
    commands.add({QStringLiteral("prompt.previous"),
                  tr("&Previous prompt"),
                  run,
                  240,
                  [this] { step(-1); },
                  {QKeySequence(QStringLiteral("Ctrl+PgUp"))},
                  several});
    commands.add({QStringLiteral("prompt.continue"),
                  tr("C&ontinue by 8 tokens"),
                  run,
                  400,
                  [this] { m_controller->continueText(8, 0, 0); },
                  {QKeySequence(QStringLiteral("Ctrl+Return"))},
                  [this, busy] {
                      const PromptEntry* entry = m_c.project->current();
                      return entry && entry->run && entry->run->complete && entry->run->model->canPredict()
                             && !entry->run->model->config().outputTransform && !busy();
                  }});
}

void PromptCommands::create()
{
    const auto& model = m_c.project->model();
    if (!model) return m_say(tr("A prompt needs a model: open one first (Ctrl+O), or drop a file on the window."));
    if (!model->canRun()) return m_say(tr("This file cannot run text; a prompt needs the whole model."));
    const PromptEntry* entry = m_c.project->current();
    const bool empty = entry && entry->text.trimmed().isEmpty() && entry->ids.empty();
    if (!empty) m_c.project->setCurrent(m_c.project->addPrompt({}));
    m_bar->focusPrompt();
    m_say(tr("New prompt: type a sentence and press Enter. The others are in the menu at the end of the field."));
}

void PromptCommands::rename()
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry) return;
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename prompt"));
    dialog->setLabelText(tr("Name in the prompt menu"));
    dialog->setTextValue(entry->title);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, index = m_c.project->currentIndex()](const QString& title) { m_c.project->renamePrompt(index, title); });
    dialog->open();
}

void PromptCommands::showTokens()
{
    auto* grid = new TokenGrid(m_c, m_window);
    connect(grid, &TokenGrid::chosen, this, [this](const QString& typed) {
        const auto& tokenizer = m_c.project->model()->tokenizer();
        m_bar->append(typed, !tokenizer || tokenizer->kind() != TokenizerKind::Character);
    });
    connect(grid, &TokenGrid::runRequested, this, [this] { m_controller->setTextAndRun(m_bar->typedText()); });
    connect(grid, &TokenGrid::namesRequested, this, [this](const QString& path) {
        OpenOptions options = m_controller->openOptions();
        options.tokensFile = path.toStdString();
        options.tokenizerPath.clear();
        m_controller->openFile(m_c.project->path(), options);
    });
    grid->show();
}

void PromptCommands::step(int by)
{
    const int count = int(m_c.project->prompts().size());
    if (count > 1) m_c.project->setCurrent((m_c.project->currentIndex() + by + count) % count);
}

}  // namespace hs::ui
