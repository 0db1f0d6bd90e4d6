// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/label.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRuleWidth = 3;

QWidget* buttonRow()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kControlGap);
    return row;
}

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
}

}  // namespace

NoticeBar::NoticeBar(QWidget* parent) : QWidget(parent)
{
    m_words = makeLabel({}, Ink::Text, Type::Base);
    m_words->setObjectName(QStringLiteral("noticeWords"));
    m_words->setTextFormat(Qt::RichText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_more = new QPushButton(tr("Details"));
    m_more->setObjectName(QStringLiteral("noticeDetails"));
    m_more->setProperty("small", true);
    m_more->setCheckable(true);
    m_inRow = buttonRow();
    auto* line = new QHBoxLayout;
    line->setSpacing(measure::kControlGap);
    line->addWidget(m_words, 1);
    line->addWidget(m_more, 0, Qt::AlignTop);
    line->addWidget(m_inRow, 0, Qt::AlignTop);

    m_note = makeLabel({}, Ink::Muted, Type::Base);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_inDetails = buttonRow();
    m_details = new QWidget;
    auto* more = new QVBoxLayout(m_details);
    more->setContentsMargins(0, 0, 0, 0);
    more->setSpacing(measure::kGrid);
    more->addWidget(m_note);
    more->addWidget(m_inDetails);
    m_details->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kRuleWidth + measure::kWindowMargin, 6, measure::kWindowMargin, 6);
    column->setSpacing(6);
    column->addLayout(line);
    column->addWidget(m_details);
    connect(m_more, &QPushButton::toggled, m_details, &QWidget::setVisible);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QPushButton* NoticeBar::button(const StateButton& from)
{
    auto* made = new QPushButton(from.text);
    made->setObjectName(from.id);
    made->setProperty("small", true);
    made->setProperty("primary", from.primary);
    made->setEnabled(from.disabledBecause.isEmpty());
    made->setToolTip(from.disabledBecause);
    connect(made, &QPushButton::clicked, this, [this, id = from.id] { Q_EMIT triggered(id); });
    return made;
}

void NoticeBar::setContent(const StateContent& content)
{
    m_content = content;
    m_words->setText(QStringLiteral("<b>%1.</b> %2").arg(content.title.toHtmlEscaped(), content.sentence.toHtmlEscaped()));
    m_note->setText(content.note);
    clear(m_inRow->layout());
    clear(m_inDetails->layout());
    const bool folded = !content.note.isEmpty();
    for (const StateButton& b : content.buttons)
        (folded && b.id != QLatin1String("dismiss") ? m_inDetails : m_inRow)->layout()->addWidget(button(b));
    static_cast<QHBoxLayout*>(m_inDetails->layout())->addStretch(1);
    m_more->setChecked(false);
    m_more->setVisible(folded);
    setAccessibleName(content.title);
    setAccessibleDescription(content.sentence);
    update();
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    painter.fillRect(QRect(0, height() - 1, width(), 1), ink(Ink::Hair));
    painter.fillRect(QRect(0, 0, kRuleWidth, height()), ink(m_content.bad ? Ink::Bad : Ink::Accent));
}

}  // namespace hs::ui
