// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_question.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/kit/label.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

const QString kCorrupt = QStringLiteral("corrupted"), kAnswer = QStringLiteral("answer"), kWrong = QStringLiteral("wrong");

}  // namespace

CauseQuestion::CauseQuestion(QWidget* parent) : QWidget(parent)
{
    m_clean = makeLabel({}, Ink::Muted, Type::Caption);
    m_clean->setObjectName(QStringLiteral("causeClean"));
    m_clean->setTextFormat(Qt::PlainText);
    m_clean->setMinimumWidth(40);
    m_corrupt = new QLineEdit;
    m_corrupt->setObjectName(QStringLiteral("corruptPrompt"));
    m_corrupt->setAccessibleName(tr("Corrupted prompt"));
    m_corrupt->setPlaceholderText(tr("This prompt with one word changed for another of as many tokens"));
    m_corrupt->setToolTip(tr("Patching exchanges activations with this prompt; the other pages ask about the clean one alone"));
    auto* corruptWords = makeLabel(tr("Corrupted prompt"), Ink::Muted, Type::Caption);
    corruptWords->setBuddy(m_corrupt);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kControlGap);
    row->addWidget(corruptWords);
    row->addWidget(m_corrupt, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kViewMargin, 2, measure::kViewMargin, 2);
    column->setSpacing(4);
    column->addWidget(m_clean);
    column->addLayout(row);
    const auto field = [&](const QString& name, const QString& words, const QString& whenEmpty, const QString& tip) {
        auto* edit = new QLineEdit;
        edit->setObjectName(name);
        edit->setFixedWidth(96);
        edit->setFont(Theme::instance().tokenFont());
        edit->setToolTip(tip);
        edit->setAccessibleName(words);
        edit->setPlaceholderText(whenEmpty);
        auto* label = makeLabel(words, Ink::Muted, Type::Caption);
        label->setBuddy(edit);
        row->addWidget(label);
        row->addWidget(edit);
        connect(edit, &QLineEdit::textChanged, this, &CauseQuestion::edited);
        connect(edit, &QLineEdit::returnPressed, this, [this] { finish(true); });
        connect(edit, &QLineEdit::editingFinished, this, [this] { finish(false); });
        return edit;
    };
    m_answer = field(kAnswer, tr("Answer"), tr("likeliest"),
                     tr("One token, as text with its space (“ cat”) or as an id (#12); empty: the likeliest token there"));
    m_wrong = field(kWrong, tr("against"), tr("nothing"), tr("One token that the answer is compared with; empty: the answer alone"));
    connect(m_corrupt, &QLineEdit::textChanged, this, &CauseQuestion::edited);
    connect(m_corrupt, &QLineEdit::returnPressed, this, &CauseQuestion::corruptEntered);
}

/// Leaving a field that was not changed asks nothing; Enter always does.
void CauseQuestion::finish(bool again)
{
    if (!again && m_answer->text() == m_lastAnswer && m_wrong->text() == m_lastWrong) return;
    m_lastAnswer = m_answer->text();
    m_lastWrong = m_wrong->text();
    Q_EMIT asked();
}

void CauseQuestion::setClean(const QString& prompt, const QString& place)
{
    m_prompt = prompt;
    m_place = place;
    m_clean->setToolTip(prompt);
    showClean();
}

void CauseQuestion::showClean()
{
    // The place stands first: a long prompt is cut at its end.
    const QString words = m_prompt.isEmpty()
                              ? tr("Clean: no prompt has run")
                              : tr("After “%1”. Clean: %2").arg(m_place, QString(m_prompt).replace(QLatin1Char('\n'), QChar(0x23CE)));
    m_clean->setText(m_clean->fontMetrics().elidedText(words, Qt::ElideRight, std::max(40, width() - 2 * measure::kViewMargin)));
}

void CauseQuestion::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showClean();
}

void CauseQuestion::save(QJsonObject& state) const
{
    for (const auto& [name, field] : {std::pair(kCorrupt, m_corrupt), std::pair(kAnswer, m_answer), std::pair(kWrong, m_wrong)})
        if (!field->text().isEmpty()) state[name] = field->text();
}

void CauseQuestion::restore(const QJsonObject& state)
{
    for (const auto& [name, field] : {std::pair(kCorrupt, m_corrupt), std::pair(kAnswer, m_answer), std::pair(kWrong, m_wrong)})
        field->setText(state.value(name).toString());
    finish(false);
}

}  // namespace hs::ui
