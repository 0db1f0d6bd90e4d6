// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/top_bar.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "ui/bridge/session_controller.h"
#include "ui/kit/segment.h"
#include "ui/shell/model_chip.h"
#include "ui/shell/token_grid.h"
#include "ui/state/project.h"
#include "ui/state/view_settings.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// "Find a command" with its key in muted words at the right.
class FindButton : public QPushButton {
public:
    using QPushButton::QPushButton;
    QSize sizeHint() const override { return {172, measure::kButton}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        hairBox(painter, rect(), isDown() ? ink(Ink::Hair) : underMouse() ? ink(Ink::Hover) : ink(Ink::Paper), ink(Ink::Hair2));
        painter.setFont(Theme::instance().font(Type::Base));
        painter.setPen(ink(Ink::Muted));
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        painter.setFont(Theme::instance().font(Type::Caption));
        painter.drawText(rect().adjusted(12, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter,
                         QKeySequence(QStringLiteral("Ctrl+K")).toString(QKeySequence::NativeText));
    }
};

}  // namespace

TopBar::TopBar(const ViewContext& context, SessionController* controller, QWidget* parent)
    : QWidget(parent), m_c(context), m_controller(controller)
{
    setFixedHeight(measure::kTopBar);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 8);
    row->setSpacing(measure::kGroupGap);

    m_chip = new ModelChip(m_c.project);
    connect(m_chip, &ModelChip::clicked, this, &TopBar::modelInfoRequested);
    row->addWidget(m_chip);

    m_prompt = new QLineEdit;
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setTextMargins(4, 0, 24, 0);
    connect(m_prompt, &QLineEdit::returnPressed, this, [this] { Q_EMIT runRequested(m_prompt->text()); });
    connect(m_prompt, &QLineEdit::textEdited, this, &TopBar::refreshState);
    row->addWidget(m_prompt, 1);

    m_menu = new QMenu(this);
    connect(m_menu, &QMenu::aboutToShow, this, &TopBar::fillMenu);
    m_promptMenu = new QToolButton(m_prompt);
    m_promptMenu->setProperty("quiet", true);
    m_promptMenu->setPopupMode(QToolButton::InstantPopup);
    m_promptMenu->setMenu(m_menu);
    m_promptMenu->setCursor(Qt::ArrowCursor);
    m_promptMenu->setToolTip(tr("Kept prompts and examples"));
    m_promptMenu->setAccessibleName(tr("Prompts"));
    m_promptMenu->setFixedSize(22, 22);
    auto* inside = new QHBoxLayout(m_prompt);
    inside->setContentsMargins(0, 0, 3, 0);
    inside->addStretch();
    inside->addWidget(m_promptMenu);

    m_run = new QPushButton(tr("Run"));
    m_run->setObjectName(QStringLiteral("run"));
    m_run->setProperty("primary", true);
    m_run->setFixedWidth(std::max(QFontMetrics(Theme::instance().font(Type::Base, true)).horizontalAdvance(tr("Cancel")), 30) + 16);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_controller->running() || m_controller->opening()) m_controller->cancel();
        else Q_EMIT runRequested(m_prompt->text());
    });
    row->addWidget(m_run);

    m_grain = new Segment({tr("Tokens"), tr("Words")});
    m_grain->button(0)->setToolTip(tr("One row and column for each token"));
    m_grain->button(1)->setToolTip(tr("Words: sums over their keys, means over their queries"));
    connect(m_grain, &Segment::chosen, this, [this](int index) {
        MapLook look = m_c.settings->look();
        look.grain = index ? Grain::Words : Grain::Tokens;
        m_c.settings->setLook(look);
    });
    connect(m_c.settings, &ViewSettings::changed, this,
            [this] { m_grain->setCurrent(m_c.settings->look().grain == Grain::Words ? 1 : 0); });
    row->addWidget(m_grain);

    m_find = new FindButton(tr("Find a command"));
    m_find->setAccessibleName(tr("Find a command, Ctrl+K"));
    connect(m_find, &QPushButton::clicked, this, &TopBar::findRequested);
    row->addWidget(m_find);

    connect(m_c.project, &Project::currentChanged, this, &TopBar::refreshPrompt);
    connect(m_c.project, &Project::promptsChanged, this, &TopBar::refreshPrompt);
    connect(m_c.project, &Project::modelChanged, this, &TopBar::refreshPrompt);
    connect(m_controller, &SessionController::runStateChanged, this, &TopBar::refreshState);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    refreshPrompt();
}

void TopBar::focusPrompt()
{
    m_prompt->setFocus(Qt::ShortcutFocusReason);
    m_prompt->selectAll();
}

bool TopBar::leavePrompt()
{
    if (!m_prompt->hasFocus()) return false;
    m_prompt->deselect();
    m_prompt->clearFocus();
    return true;
}

QString TopBar::typedText() const { return m_prompt->text(); }

void TopBar::append(const QString& token, bool apart)
{
    const QString before = m_prompt->text();
    const bool space = apart && !before.isEmpty() && !before.endsWith(QLatin1Char(' '));
    m_prompt->end(false);
    m_prompt->insert((space ? QStringLiteral(" ") : QString()) + token);  // undoable, and counts as typed
    refreshState();
}

void TopBar::refreshPrompt()
{
    const PromptEntry* entry = m_c.project->current();
    QString text = entry ? entry->text : QString();
    if (entry && text.isEmpty() && !entry->ids.empty()) {
        QStringList ids;
        for (const int id : entry->ids) ids << QString::number(id);
        text = ids.join(QLatin1Char(' '));
    }
    // What is being typed stays when another part of the list changed.
    if (!m_prompt->hasFocus() || m_shownPrompt != m_c.project->currentIndex() || !m_prompt->isModified()) {
        m_prompt->setText(text);
        m_prompt->setCursorPosition(0);
    }
    m_shownPrompt = m_c.project->currentIndex();
    m_prompt->setToolTip(text);
    refreshState();
}

void TopBar::refreshState()
{
    const bool busy = m_controller->running() || m_controller->opening();
    const auto& model = m_c.project->model();
    const bool canRun = model && model->canRun();
    m_prompt->setReadOnly(m_c.project->dump() != nullptr);
    m_prompt->setEnabled(canRun || m_c.project->dump());
    m_prompt->setPlaceholderText(!model ? tr("Open a model first")
                                 : canRun
                                     ? model->tokenizer() ? tr("Type a sentence and press Enter") : tr("Token ids, for example 12 7 305")
                                     : tr("This file cannot run text"));
    m_run->setText(busy ? tr("Cancel") : tr("Run"));
    m_run->setProperty("primary", !busy);
    const bool text = !m_prompt->text().trimmed().isEmpty();
    m_run->setEnabled(busy || (canRun && text));
    m_run->setToolTip(busy      ? tr("Stop what is running (Esc)")
                      : !model  ? tr("No model is open")
                      : !canRun ? tr("This file lacks parts that running text needs")
                      : !text   ? tr("The prompt is empty")
                                : tr("Run the prompt (F5)"));
    m_run->update();
}

void TopBar::fillMenu()
{
    m_menu->clear();
    const Project& project = *m_c.project;
    for (int i = 0; i < int(project.prompts().size()); ++i) {
        const PromptEntry& entry = project.prompts()[std::size_t(i)];
        QString title = entry.title.isEmpty() ? tr("Empty prompt") : entry.title;
        title.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction* action = m_menu->addAction(title, this, [this, i] { m_c.project->setCurrent(i); });
        action->setCheckable(true);
        action->setChecked(i == project.currentIndex());
        action->setToolTip(entry.text);
    }
    if (!project.prompts().empty()) m_menu->addSeparator();
    const bool editable = project.model() != nullptr;
    m_menu->addAction(tr("New prompt"), this, &TopBar::newPromptRequested)->setEnabled(editable);
    m_menu->addAction(tr("Rename this prompt …"), this, &TopBar::renamePromptRequested)->setEnabled(editable && project.current());
    m_menu->addAction(tr("Choose from all tokens …"), this, &TopBar::tokensRequested)
        ->setEnabled(editable && hasTokenGrid(*project.model()));
    QAction* spell = m_menu->addAction(tr("Spell out special tokens"), this,
                                       [this](bool on) { m_c.project->setSpellSpecial(m_c.project->currentIndex(), on); });
    spell->setObjectName(QStringLiteral("spellSpecial"));
    spell->setCheckable(true);
    spell->setChecked(project.current() && project.current()->spellSpecial);
    spell->setEnabled(editable && project.current() && project.model()->tokenizer());
    spell->setToolTip(tr("<|endoftext|> in the text: its letters instead of the token"));
    m_menu->addAction(tr("Remove this prompt"), this, [this] { m_c.project->removePrompt(m_c.project->currentIndex()); })
        ->setEnabled(editable && project.prompts().size() > 1);
}

void TopBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Chrome));
    hairline(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), ink(Ink::Hair));
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_chip->setShort(width() < 1180);
    m_find->setVisible(width() >= 900);
}

}  // namespace hs::ui
