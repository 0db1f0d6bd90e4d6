// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_filter_bar.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <algorithm>

#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

const QString kAttributes = QStringLiteral("attributes");  // the chip whose menu has them
constexpr int kChipHeight = 24, kCode = 24, kGap = 6, kRowHeight = 30, kSide = 12;

LabelMark markOfCode(const QString& code)
{
    LabelMark mark;
    mark.code = code;
    for (const LabelKind kind : codedKinds())
        if (labelCode(kind) == code) {
            mark.state = LabelMark::State::Awarded;
            mark.kind = kind;
            mark.family = labelFamily(kind);
        }
    if (mark.state == LabelMark::State::NotRun && !code.isEmpty() && code != LabelStore::kMine && code != kAttributes)
        mark.state = LabelMark::State::None;
    return mark;
}

}  // namespace

LabelChip::LabelChip(const QString& code, const QString& words, int count, QWidget* parent)
    : QPushButton(parent), m_mark(markOfCode(code)), m_words(words), m_count(count)
{
    setCheckable(true);
    setFixedHeight(kChipHeight);
    setFont(Theme::instance().font(Type::Caption));
    const QString title = words.isEmpty() ? codeTitle(code) : words;
    setAccessibleName(tr("%1, heads: %2").arg(title).arg(count));
    setToolTip(words.isEmpty() ? tr("%1: show only these heads (Ctrl adds to the choice)").arg(title) : title);
}

void LabelChip::setFurther(const std::vector<HeadId>& heads)
{
    m_further = int(heads.size());
    if (heads.empty()) return;
    constexpr std::size_t kNamed = 12;
    QStringList names;
    for (const HeadId head : heads)
        if (std::size_t(names.size()) < kNamed) names << QString::fromStdString(headName(head));
    if (heads.size() > kNamed) names << QStringLiteral("…");
    const QString title = codeTitle(code());
    setAccessibleName(tr("%1, heads: %2, and behind another label: %3").arg(title).arg(m_count).arg(m_further));
    setToolTip(
        tr("%1: show only these heads (Ctrl adds to the choice)").arg(title) + QLatin1Char('\n')
        + tr("%1 with it as their first label, %2 behind another: %3").arg(m_count).arg(m_further).arg(names.join(QStringLiteral(", "))));
    updateGeometry();
}

QString LabelChip::number() const
{
    return m_further ? QStringLiteral("%1 + %2").arg(countText(m_count), countText(m_further)) : countText(m_count);
}

QSize LabelChip::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int left = m_words.isEmpty() ? kCode : metrics.horizontalAdvance(m_words);
    return {5 + left + 6 + metrics.horizontalAdvance(number()) + 8, kChipHeight};
}

void LabelChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    hairBox(painter, box,
            isChecked()                ? ink(Ink::Tint)
            : underMouse() || isDown() ? ink(Ink::Hover)
                                       : ink(Ink::Paper),
            isChecked() ? ink(Ink::Accent) : ink(Ink::Hair2), measure::kRadius);
    painter.setFont(font());
    int x = 5;
    if (m_words.isEmpty()) {
        LabelMark mark = m_mark;
        const QRectF code(x, 4, kCode, kChipHeight - 8);
        if (!mark.hasLabel()) hairBox(painter, code, ink(Ink::Paper), ink(Ink::Hair2), 2);
        paintLabelCode(painter, code, mark);
        x += kCode + 6;
    } else {
        painter.setPen(isChecked() ? ink(Ink::Accent) : ink(Ink::Text));
        painter.drawText(QRect(x, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, m_words);
        x += QFontMetrics(font()).horizontalAdvance(m_words) + 6;
    }
    painter.setPen(ink(Ink::Muted));
    painter.drawText(QRect(x, 0, width() - x - 6, height()), Qt::AlignLeft | Qt::AlignVCenter, number());
}

LabelFilterBar::LabelFilterBar(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context)
{
    setObjectName(QStringLiteral("labelFilter"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_words = makeLabel({}, Ink::Muted, Type::Caption);
    m_words->setParent(this);
    m_label = new QPushButton(tr("Label heads …"), this);
    m_label->setObjectName(QStringLiteral("labelHeads"));
    m_label->setProperty("small", true);
    connect(m_label, &QPushButton::clicked, this, &LabelFilterBar::labelRequested);
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setProperty("small", true);
    connect(m_cancel, &QPushButton::clicked, this, &LabelFilterBar::cancelRequested);
    m_data = new QPushButton(this);
    m_data->setProperty("quiet", true);
    m_data->setProperty("small", true);
    m_data->setFont(Theme::instance().font(Type::Caption));
    connect(m_data, &QPushButton::clicked, this, &LabelFilterBar::labelRequested);
    if (m_c.labels) {
        for (const auto signal : {&LabelStore::changed, &LabelStore::notesChanged})
            connect(m_c.labels, signal, this, &LabelFilterBar::rebuild);
        connect(m_c.labels, &LabelStore::filterChanged, this, &LabelFilterBar::follow);
    }
    rebuild();
}

void LabelFilterBar::setProgress(const QString& words)
{
    if (words == m_progress) return;
    m_progress = words;
    follow();
}

void LabelFilterBar::setProvenance(const QString& words, const QString& tip)
{
    m_provenance = words;
    m_data->setToolTip(tip);
    m_data->setAccessibleName(words);
    follow();
}

void LabelFilterBar::setPossible(bool possible, const QString& reason)
{
    m_possible = possible;
    m_label->setEnabled(possible);
    m_data->setEnabled(possible);
    m_label->setToolTip(possible ? tr("Names what every head does, with evidence, from text, synthetic sequences and weights") : reason);
    follow();
}

void LabelFilterBar::rebuild()
{
    for (LabelChip* chip : m_chips) {
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    const auto add = [this](const QString& code, const QString& words, int count) {
        auto* chip = new LabelChip(code, words, count, this);
        connect(chip, &QPushButton::clicked, this, [this, chip] { toggled(chip); });
        m_chips.push_back(chip);
    };
    if (m_c.labels && m_c.labels->report()) {
        add({}, tr("All"), int(m_c.labels->report()->heads.size()));
        for (const LabelStore::Count& count : m_c.labels->counts()) {
            add(count.code, {}, count.first);
            m_chips.back()->setFurther(count.further);
        }
        if (const auto attributes = m_c.labels->attributeCounts(); !attributes.empty()) {
            add(kAttributes, tr("Attributes") + QStringLiteral(" ▾"), int(attributes.size()));
            m_chips.back()->setAccessibleName(tr("Attributes that were found: %1").arg(attributes.size()));
            m_chips.back()->setToolTip(tr("What heads also do (copying, successor …): show only heads that have it"));
        }
    }
    if (m_c.labels && !m_c.labels->notes().empty()) add(LabelStore::kMine, tr("Yours"), int(m_c.labels->notes().size()));
    follow();
}

void LabelFilterBar::follow()
{
    const bool labelled = m_c.labels && m_c.labels->report();
    const QSet<QString> filter = m_c.labels ? m_c.labels->filter() : QSet<QString>{};
    for (LabelChip* chip : m_chips) {
        bool checked = chip->code().isEmpty() ? filter.isEmpty() : filter.contains(chip->code());
        if (chip->code() == kAttributes)
            for (const auto& [name, count] : m_c.labels->attributeCounts()) checked = checked || filter.contains(name);
        chip->setChecked(checked);
        chip->show();
    }
    m_cancel->setVisible(!m_progress.isEmpty());
    m_label->setVisible(m_progress.isEmpty() && !labelled);
    m_words->setVisible(!m_progress.isEmpty() || !labelled);
    m_words->setText(!m_progress.isEmpty() ? m_progress : tr("Not labelled yet"));
    m_words->setToolTip(m_words->text());
    m_data->setVisible(m_progress.isEmpty() && labelled && !m_provenance.isEmpty());
    place(width(), true);
    updateGeometry();
}

int LabelFilterBar::place(int width, bool move) const
{
    int x = kSide, y = 6;
    for (LabelChip* chip : m_chips) {
        const QSize size = chip->sizeHint();
        if (x > kSide && x + size.width() > width - 8) {
            x = kSide;
            y += kRowHeight;
        }
        if (move) chip->setGeometry(x, y, size.width(), size.height());
        x += size.width() + kGap;
    }
    if (!m_chips.empty()) y += kRowHeight;
    const bool busy = !m_progress.isEmpty(), words = busy || !(m_c.labels && m_c.labels->report());
    if (words) {
        QPushButton* button = busy ? m_cancel : m_label;
        const QSize size = button->sizeHint();
        if (move) {
            button->setGeometry(width - 12 - size.width(), y, size.width(), 24);
            m_words->setGeometry(kSide, y, std::max(20, width - 24 - size.width() - 8), 24);
            m_words->setText(
                QFontMetrics(m_words->font()).elidedText(busy ? m_progress : tr("Not labelled yet"), Qt::ElideRight, m_words->width()));
        }
        y += kRowHeight;
    } else if (!m_provenance.isEmpty()) {
        if (move) {
            m_data->setText(QFontMetrics(m_data->font()).elidedText(m_provenance, Qt::ElideRight, width - kSide - 20));
            m_data->setGeometry(kSide - 8, y - 2, std::min(width - 8, m_data->sizeHint().width()), 22);
        }
        y += 24;
    }
    return y;
}

int LabelFilterBar::heightForWidth(int width) const { return place(width, false); }

void LabelFilterBar::resizeEvent(QResizeEvent*) { place(width(), true); }

void LabelFilterBar::chooseAttribute(const LabelChip* chip)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("attributeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& [name, count] : m_c.labels->attributeCounts()) {
        const auto id = parseLabel(name.toStdString());
        QAction* action = menu->addAction(tr("%1, heads: %2").arg(id ? labelTitle(*id) : name).arg(count), this,
                                          [this, name = name] { toggle(name, false); });
        action->setCheckable(true);
        action->setChecked(m_c.labels->filter().contains(name));
    }
    menu->popup(mapToGlobal(chip->geometry().bottomLeft()));
}

void LabelFilterBar::toggled(const LabelChip* chip)
{
    if (chip->code() == kAttributes) chooseAttribute(chip);
    else toggle(chip->code(), QGuiApplication::keyboardModifiers() & Qt::ControlModifier);
    follow();  // a click on the checked "All" changes nothing in the store, but unchecks the button
}

void LabelFilterBar::toggle(const QString& code, bool adds)
{
    QSet<QString> filter = m_c.labels->filter();
    if (code.isEmpty()) filter.clear();
    else if (adds) {
        if (!filter.remove(code)) filter.insert(code);
    } else filter = filter == QSet<QString>{code} ? QSet<QString>{} : QSet<QString>{code};
    m_c.labels->setFilter(filter);
}

void LabelFilterBar::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    for (std::size_t i = 0; step && i < m_chips.size(); ++i)
        if (m_chips[i]->hasFocus()) {
            const std::size_t next = std::size_t(std::clamp(int(i) + step, 0, int(m_chips.size()) - 1));
            m_chips[next]->setFocus(Qt::TabFocusReason);
            return;
        }
    QWidget::keyPressEvent(event);
}

}  // namespace hs::ui
