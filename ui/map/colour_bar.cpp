// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/colour_bar.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kLeft = 7, kTop = 36, kLine = 16, kHistogramGap = 8;
constexpr double kThumb = 5;

// Thousands are separated by a thin space (ui/look.md section 2).
QString counted(qint64 n)
{
    QString text = QString::number(n);
    for (qsizetype i = text.size() - 3; i > 0; i -= 3) text.insert(i, QChar(0x2009));
    return text;
}
/// Keeps Return for itself: a line edit hands it on, and the bar would open the edit again.
class NumberEdit final : public QLineEdit {
public:
    using QLineEdit::QLineEdit;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        QLineEdit::keyPressEvent(event);
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) event->accept();
    }
};

}  // namespace

ColourBar::ColourBar(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Colour range"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ColourBar::sizeHint() const
{
    return {132, kTop + measure::kColourBarHeight + 24 + kLine * std::max(4, 1 + static_cast<int>(wrapped().size()))};
}

QStringList ColourBar::wrapped() const
{
    const QFontMetrics metrics(Theme::instance().font(Type::Caption));
    QStringList out;
    for (const QString& line : lines()) {
        QString current;
        for (const QString& word : line.split(QLatin1Char(' '))) {
            const QString longer = current.isEmpty() ? word : current + QLatin1Char(' ') + word;
            if (!current.isEmpty() && metrics.horizontalAdvance(longer) > 132 - kLeft) {
                out << current;
                current = word;
            } else {
                current = longer;
            }
        }
        out << current;
    }
    return out;
}

void ColourBar::setContent(const Content& content)
{
    m_content = content;
    updateGeometry();
    setAccessibleDescription(lines().join(QStringLiteral(", ")));
    update();
}

bool ColourBar::fixedRange() const { return m_content.scale.stretch == Stretch::PerRow && !m_content.scale.diverging; }

QRect ColourBar::barRect() const { return QRect(kLeft, kTop, measure::kColourBarWidth, measure::kColourBarHeight); }

QRect ColourBar::numberRect(Thumb thumb) const
{
    return thumb == High ? QRect(kLeft, kTop - kLine - 2, width() - kLeft, kLine)
                         : QRect(kLeft, barRect().bottom() + 5, width() - kLeft, kLine);
}

double ColourBar::positionOf(double value) const
{
    const QRect bar = barRect();
    const bool log = m_content.scale.logarithmic();
    const double low = log && !(m_content.low > 0) ? m_content.high * 1e-4 : m_content.low;
    double t = 0;
    if (log) t = value > low ? (std::log(value) - std::log(low)) / (std::log(m_content.high) - std::log(low)) : 0;
    else t = m_content.high > low ? (value - low) / (m_content.high - low) : 0;
    return bar.top() + bar.height() * (1 - std::clamp(t, 0.0, 1.0));
}

double ColourBar::valueAt(double y) const
{
    const QRect bar = barRect();
    const double t = std::clamp(1 - (y - bar.top()) / bar.height(), 0.0, 1.0);
    const bool log = m_content.scale.logarithmic();
    const double low = log && !(m_content.low > 0) ? m_content.high * 1e-4 : m_content.low;
    if (log) return std::exp(std::log(low) + t * (std::log(m_content.high) - std::log(low)));
    return low + t * (m_content.high - low);
}

QStringList ColourBar::lines() const
{
    QStringList out;
    if (!fixedRange()) {
        if (!m_content.clipped.known) out << tr("clipped cells: not counted yet");
        else out << (m_content.clipped.exact ? tr("%1 cells clipped") : tr("≈ %1 cells clipped")).arg(counted(m_content.clipped.count));
    }
    out << tr("%1 cells masked").arg(counted(m_content.masked));
    if (!m_content.counts.empty())
        out << (m_content.surveyed < 1 ? tr("bars: count, log, %1 % so far").arg(static_cast<int>(m_content.surveyed * 100))
                                       : tr("bars: count, log"));
    for (const QString& note : m_content.notes) out << note.split(QStringLiteral(", "));
    return out;
}

void ColourBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(Type::Caption));
    const QFontMetrics metrics(painter.font());
    const ValueScale& scale = m_content.scale;
    const QRect bar = barRect();

    const QString stretch = fixedRange() ? tr("each row") : scale.logarithmic() ? tr("log") : tr("linear");
    painter.setPen(theme.color(Ink::Muted));
    painter.drawText(kLeft, kTop - kLine - 6, tr("%1, %2").arg(m_content.quantity, stretch));

    const double low = scale.diverging       ? -std::max(std::abs(scale.low), std::abs(scale.high))
                       : scale.logarithmic() ? scale.logLow()
                                             : scale.low;
    const double high = scale.diverging ? -low : scale.high;
    const auto number = [&](Thumb thumb, double value, double end) {
        // Two decimals where they say enough, as on the axes of the profiles.
        const QString text = fixedRange() ? (thumb == High ? tr("row maximum") : QStringLiteral("0"))
                             : std::abs(value) >= 0.1 && std::abs(value) < 100
                                 ? QString::number(value, 'f', 2).replace(QLatin1Char('-'), QChar(0x2212))
                             : value == 0 ? QStringLiteral("0.00")
                                          : axisNumber(value);
        const int y = thumb == High ? kTop - 6 : bar.bottom() + 6 + metrics.ascent();
        painter.setPen(theme.color(Ink::Text));
        painter.drawText(kLeft, y, text);
        const bool narrowed = !m_content.automatic && !fixedRange() && std::abs(value - end) > 1e-9 * std::max(1.0, std::abs(end));
        if (!narrowed) return;
        painter.setPen(theme.color(Ink::Muted));
        painter.drawText(kLeft + metrics.horizontalAdvance(text) + 6, y,
                         (thumb == High ? tr("(to %1)") : tr("(from %1)")).arg(axisNumber(end)));
    };
    number(High, high, m_content.high);
    number(Low, low, m_content.low);

    const ColourMap& map = ColourMap::get(m_content.colourMap, theme.dark());
    const double ratio = devicePixelRatioF();
    const int pixels = static_cast<int>(std::lround(bar.height() * ratio));
    QImage ramp(1, pixels, QImage::Format_RGB32);
    for (int y = 0; y < pixels; ++y) {
        const double at = bar.top() + (y + 0.5) / ratio;
        const float t = fixedRange() ? static_cast<float>(1 - (y + 0.5) / pixels) : scale.map(static_cast<float>(valueAt(at)));
        ramp.setPixel(0, y, map.at(t));  // one column, not a map
    }
    painter.drawImage(bar, ramp);
    painter.setPen(QPen(theme.color(Ink::Hair2), 1));
    painter.drawRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5));

    const int left = bar.right() + 1 + kHistogramGap;
    painter.fillRect(QRect(left - 1, bar.top(), 1, bar.height()), theme.color(Ink::Hair2));
    if (!m_content.counts.empty()) {
        double most = 0;
        for (const double c : m_content.counts) most = std::max(most, std::log10(1 + c));
        const double step = static_cast<double>(bar.height()) / static_cast<double>(m_content.counts.size());
        for (std::size_t i = 0; i < m_content.counts.size(); ++i) {
            if (!(m_content.counts[i] > 0.005) || !(most > 0)) continue;
            const double w = std::log10(1 + m_content.counts[i]) / most * measure::kHistogram;
            painter.fillRect(QRectF(left, bar.bottom() + 1 - (static_cast<double>(i) + 1) * step + 1, std::max(1.0, w), step - 2),
                             theme.color(Ink::Bar2));
        }
    }

    if (!fixedRange()) {
        painter.setRenderHint(QPainter::Antialiasing);
        for (const Thumb thumb : {Low, High}) {
            const double value = thumb == High ? high : low, y = positionOf(value);
            const bool ringed = hasFocus() && m_active == thumb;
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(ringed ? Ink::Accent : Ink::Text));
            const bool beyond = thumb == High ? value > m_content.high * (1 + 1e-9) : value < m_content.low - 1e-12;
            const double tip = beyond ? (thumb == High ? -3.0 : 3.0) : 0.0;  // the arrow's tip leaves the bar when its value does
            painter.drawPolygon(QPolygonF{QPointF(bar.left() - 6, y - kThumb + tip), QPointF(bar.left() - 6, y + kThumb + tip),
                                          QPointF(bar.left() - 0.5, y + tip)});
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.setPen(theme.color(Ink::Muted));
    int y = bar.bottom() + 6 + kLine + 8 + metrics.ascent();
    for (const QString& line : wrapped()) {
        painter.drawText(kLeft, y, line);
        y += kLine;
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Ink::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(bar).adjusted(-2, -2, 2, 2));
    }
}

ColourBar::Thumb ColourBar::thumbAt(const QPointF& position) const
{
    if (fixedRange() || position.x() > barRect().right() + 4) return None;
    const ValueScale& s = m_content.scale;
    const double high = std::abs(positionOf(s.high) - position.y()),
                 low = std::abs(positionOf(s.logarithmic() ? s.logLow() : s.low) - position.y());
    if (std::min(low, high) > 10) return None;
    return high <= low ? High : Low;
}

void ColourBar::moveThumb(Thumb thumb, double value)
{
    double low = m_content.scale.logarithmic() ? m_content.scale.logLow() : m_content.scale.low, high = m_content.scale.high;
    const double gap = std::max(std::abs(m_content.high - m_content.low) * 1e-3, 1e-12);
    if (thumb == High) high = std::max(value, low + gap);
    else low = std::min(value, high - gap);
    Q_EMIT rangeChosen(low, high);
}

void ColourBar::mousePressEvent(QMouseEvent* event)
{
    m_dragged = event->button() == Qt::LeftButton ? thumbAt(event->position()) : None;
    if (m_dragged != None) m_active = m_dragged;
}

void ColourBar::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(m_dragged != None || thumbAt(event->position()) != None ? Qt::SizeVerCursor : Qt::ArrowCursor);
    if (m_dragged != None) moveThumb(m_dragged, valueAt(event->position().y()));
}

void ColourBar::mouseReleaseEvent(QMouseEvent*) { m_dragged = None; }

void ColourBar::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_dragged = None;
    for (const Thumb thumb : {High, Low})
        if (numberRect(thumb).contains(event->position().toPoint()) && !fixedRange()) return edit(thumb);
    if (event->position().y() >= barRect().top() - 8 && event->position().y() <= barRect().bottom() + 8) Q_EMIT automaticChosen();
}

void ColourBar::edit(Thumb thumb)
{
    if (!m_editor) {
        m_editor = new NumberEdit(this);
        m_editor->setFont(Theme::instance().font(Type::Caption));
        connect(m_editor, &QLineEdit::editingFinished, this, [this] {
            if (!m_editor->isVisible()) return;
            bool ok = false;
            QString text = m_editor->text();
            const double value = text.replace(QChar(0x2212), QLatin1Char('-')).replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&ok);
            const auto which = static_cast<Thumb>(m_editor->property("thumb").toInt());
            m_editor->hide();
            if (ok && std::isfinite(value)) moveThumb(which, value);
        });
    }
    const double value = thumb == High ? m_content.scale.high : m_content.scale.low;
    m_editor->setProperty("thumb", static_cast<int>(thumb));
    m_editor->setText(QString::number(value, 'g', 6));
    m_editor->setGeometry(numberRect(thumb).adjusted(-2, -3, 0, 3));
    m_editor->show();
    m_editor->selectAll();
    m_editor->setFocus();
}

void ColourBar::keyPressEvent(QKeyEvent* event)
{
    if (fixedRange()) return QWidget::keyPressEvent(event);
    const double step = (event->modifiers() & Qt::ShiftModifier) ? 0.1 : 0.01;
    const double value = m_active == High                ? m_content.scale.high
                         : m_content.scale.logarithmic() ? m_content.scale.logLow()
                                                         : m_content.scale.low;
    const double y = positionOf(value), span = barRect().height() * step;
    switch (event->key()) {
    case Qt::Key_Up: return moveThumb(m_active, valueAt(y - span));
    case Qt::Key_Down: return moveThumb(m_active, valueAt(y + span));
    case Qt::Key_Left:
    case Qt::Key_Right: m_active = m_active == High ? Low : High; return update();
    case Qt::Key_Return:
    case Qt::Key_Enter: return edit(m_active);
    case Qt::Key_Backspace:
    case Qt::Key_Delete: Q_EMIT automaticChosen(); return;
    default: QWidget::keyPressEvent(event);
    }
}

bool ColourBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString counts = lines().join(QLatin1Char('\n'));
        QToolTip::showText(
            help->globalPos(),
            tr("%1\n%2\nDrag an arrow to change the range, double-click the bar for automatic, double-click a number to type it.")
                .arg(m_content.scale.legend(), counts),
            this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace hs::ui
