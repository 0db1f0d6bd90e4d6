// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/state_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/kit/label.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kBarDelayMs = 300;  // shorter work shows no bar
constexpr int kRuleWidth = 3, kRuleGap = 16, kBarHeight = 8;

class ProgressBar : public QWidget {
public:
    using QWidget::QWidget;
    void setFraction(double fraction)
    {
        m_fraction = fraction;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), ink(Ink::Hair));
        if (m_fraction >= 0) painter.fillRect(QRectF(0, 0, width() * qMin(m_fraction, 1.0), height()), ink(Ink::Accent));
    }

private:
    double m_fraction = 0;
};

QLabel* makeLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    label->hide();
    return label;
}

void setText(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

}  // namespace

bool StateContent::operator==(const StateContent& o) const
{
    const auto same = [](const StateButton& a, const StateButton& b) {
        return a.id == b.id && a.text == b.text && a.primary == b.primary && a.disabledBecause == b.disabledBecause;
    };
    return title == o.title && sentence == o.sentence && note == o.note && links == o.links && bad == o.bad
           && std::equal(buttons.begin(), buttons.end(), o.buttons.begin(), o.buttons.end(), same);
}

StatePanel::StatePanel(QWidget* parent) : QWidget(parent)
{
    m_block = new QWidget(this);
    m_block->setMaximumWidth(kBlockWidth + kRuleWidth + kRuleGap);
    m_title = makeLabel(m_block);
    m_sentence = makeLabel(m_block);
    m_note = makeLabel(m_block);
    m_links = makeLabel(m_block);
    m_links->setFocusPolicy(Qt::TabFocus);
    connect(m_links, &QLabel::linkActivated, this, &StatePanel::linkActivated);
    m_buttons = new QWidget(m_block);
    m_buttonLayout = new QHBoxLayout(m_buttons);
    m_buttonLayout->setContentsMargins(0, 0, 0, 0);
    m_buttonLayout->setSpacing(measure::kControlGap);
    m_buttons->hide();

    m_progress = new QWidget(m_block);
    m_bar = new ProgressBar(m_progress);
    m_bar->setFixedHeight(kBarHeight);
    m_words = new QLabel(m_progress);
    m_cancel = new QPushButton(tr("Cancel"), m_progress);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    connect(m_cancel, &QPushButton::clicked, this, &StatePanel::cancelled);
    auto* wordsRow = new QHBoxLayout;
    wordsRow->addWidget(m_words, 1);
    wordsRow->addWidget(m_cancel);
    auto* progressLayout = new QVBoxLayout(m_progress);
    progressLayout->setContentsMargins(0, measure::kGrid, 0, 0);
    progressLayout->setSpacing(measure::kGrid);
    progressLayout->addWidget(m_bar);
    progressLayout->addLayout(wordsRow);
    m_progress->hide();
    m_barDelay.setSingleShot(true);
    m_barDelay.setInterval(kBarDelayMs);
    connect(&m_barDelay, &QTimer::timeout, m_progress, &QWidget::show);

    auto* column = new QVBoxLayout(m_block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGrid);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addWidget(m_note);
    column->addWidget(m_progress);
    column->addSpacing(measure::kGrid);
    column->addWidget(m_buttons);
    column->addSpacing(measure::kGrid);
    column->addWidget(m_links);

    auto* row = new QHBoxLayout;
    row->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    row->addStretch(2);
    row->addWidget(m_block, 6);
    row->addStretch(3);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, measure::kViewMargin, 0, measure::kViewMargin);
    outer->addStretch(2);
    outer->addLayout(row);
    outer->addStretch(4);
    applyTheme();
    connect(&Theme::instance(), &Theme::changed, this, &StatePanel::applyTheme);
}

void StatePanel::setContent(const StateContent& content)
{
    if (content == m_content) return;
    m_content = content;
    setText(m_title, content.title);
    setText(m_sentence, content.sentence);
    setText(m_note, content.note);
    setText(m_links, content.links);
    while (QLayoutItem* item = m_buttonLayout->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
    for (const StateButton& b : content.buttons) {
        auto* button = new QPushButton(b.text, m_buttons);
        button->setObjectName(b.id);
        button->setProperty("primary", b.primary);
        button->setEnabled(b.disabledBecause.isEmpty());
        button->setToolTip(b.disabledBecause);
        const QString id = b.id;
        connect(button, &QPushButton::clicked, this, [this, id] { Q_EMIT triggered(id); });
        m_buttonLayout->addWidget(button);
    }
    m_buttonLayout->addStretch(1);
    m_buttons->setVisible(!content.buttons.isEmpty());
    const int indent = content.bad ? kRuleWidth + kRuleGap : 0;
    m_block->layout()->setContentsMargins(indent, 0, 0, 0);
    applyTheme();  // the sentence of an error is ink, of other states muted
    setAccessibleName(content.title);
    setAccessibleDescription(content.sentence);
    update();
}

void StatePanel::setProgress(double fraction, const QString& words, bool canCancel)
{
    static_cast<ProgressBar*>(m_bar)->setFraction(fraction);
    m_words->setText(words);
    m_cancel->setVisible(canCancel);
    if (!m_progress->isVisibleTo(m_block) && !m_barDelay.isActive()) m_barDelay.start();
}

void StatePanel::clearProgress()
{
    m_barDelay.stop();
    m_progress->hide();
}

void StatePanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    if (m_content.bad) painter.fillRect(QRect(m_block->x(), m_block->y(), kRuleWidth, m_block->height()), ink(Ink::Bad));
}

void StatePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) applyTheme();
    QWidget::changeEvent(event);
}

void StatePanel::applyTheme()
{
    const Theme& theme = Theme::instance();
    const auto style = [](QLabel* label, const QFont& font, const QColor& color) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, color);
        palette.setColor(QPalette::Text, color);  // on a Base background labels take this one
        if (label->palette() != palette) label->setPalette(palette);
        label->setFont(font);
    };
    style(m_title, theme.font(Type::ViewTitle, true), theme.color(Ink::Text));
    style(m_sentence, theme.font(Type::Base), m_content.bad ? theme.color(Ink::Text) : theme.color(Ink::Muted));
    style(m_note, theme.font(Type::Base), theme.color(Ink::Muted));
    style(m_links, theme.font(Type::Caption), theme.color(Ink::Muted));
    style(m_words, theme.font(Type::Caption), theme.color(Ink::Muted));
    update();
}

}  // namespace hs::ui
