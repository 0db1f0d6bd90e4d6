// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/text_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/state/selection.h"
#include "ui/text/shown_word.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kMargin = 16, kLine = 46, kBox = 26, kPad = 3, kWordGap = 5;
constexpr float kNumbered = 0.05f;  // words with at least this weight say it below
}  // namespace

TextView::TextView(MapModel* model, Selection* selection, QWidget* parent)
    : QAbstractScrollArea(parent), m_model(model), m_selection(selection)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("textView"));
    setAccessibleName(tr("Text with attention weights"));
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(kLine);
    connect(model, &MapModel::reset, this, &TextView::relayout);
    connect(model, &MapModel::changed, this, [this] {
        ask();
        viewport()->update();
        announce();
    });
    connect(selection, &Selection::pairChanged, this, [this] {
        ask();
        viewport()->update();
        announce();
    });
    connect(&Theme::instance(), &Theme::changed, this, &TextView::relayout);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    relayout();
}

void TextView::setIncoming(bool incoming)
{
    if (incoming == m_incoming) return;
    const int token = word() >= 0 && word() < count() ? labels()[static_cast<std::size_t>(word())].token : -1;
    const bool locked = m_selection->locked();
    m_incoming = incoming;
    relayout();
    if (locked && token >= 0) m_selection->lock(incoming ? -1 : token, incoming ? token : -1);  // the same word, asked the other way
    ask();
    announce();
}

void TextView::setColourMap(const QString& name)
{
    m_colourMap = name;
    viewport()->update();
}

QFont TextView::wordFont(bool bold) const
{
    const bool words = m_model->look().grain == Grain::Words;
    return words ? Theme::instance().font(Type::ViewTitle, bold) : Theme::instance().tokenFont(Type::ViewTitle, bold);
}

bool TextView::chosenBySelection() const { return (m_incoming ? m_selection->key() : m_selection->query()) >= 0; }

int TextView::word() const
{
    const int token = m_incoming ? m_selection->key() : m_selection->query();
    if (token >= 0) return m_incoming ? m_model->columnOfToken(token) : m_model->rowOfToken(token);
    // Nothing chosen: the last word looks back on all others; the first is looked at by all.
    return count() == 0 ? -1 : m_incoming ? 0 : m_model->rows() - 1;
}

std::vector<float> TextView::weights() const
{
    const int w = word();
    if (w < 0) return {};
    return m_incoming ? m_model->columnValues(w) : m_model->rowValues(w);
}

ValueScale TextView::scale() const { return scaleFor(m_model->look(), m_model->dataRange()); }

void TextView::ask()
{
    if (!isVisible() || count() == 0) return;
    const int w = word();
    m_model->request(QRect(0, 0, m_model->columns(), m_model->rows()), 1);  // whole when small; else the profile alone is exact
    m_model->requestProfiles(m_incoming ? -1 : w, m_incoming ? w : -1);
}

void TextView::relayout()
{
    m_rects.clear();
    const QFontMetricsF metrics(wordFont());
    const bool words = m_model->look().grain == Grain::Words;
    const int right = viewport()->width() - kMargin;
    int x = kMargin, y = kMargin / 2;
    for (const AxisLabel& label : labels()) {
        const QString text = words ? label.text.trimmed() : label.text;
        const int w = static_cast<int>(std::ceil(tokenWidth(metrics, text.isEmpty() ? label.text : text))) + 2 * kPad;
        if (x + w > right && x > kMargin) {
            x = kMargin;
            y += kLine;
        }
        m_rects.push_back(QRect(x, y, w, kBox));
        x += w + (words ? kWordGap : 1);
        if (label.text.contains(QLatin1Char('\n'))) {
            x = kMargin;
            y += kLine;
        }
    }
    m_height = y + kLine + kMargin;
    verticalScrollBar()->setRange(0, std::max(0, m_height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    ask();
    viewport()->update();
    Q_EMIT laidOut();
}

void TextView::resizeEvent(QResizeEvent*) { relayout(); }

QRect TextView::wordRect(int index) const { return m_rects[static_cast<std::size_t>(index)].translated(0, -verticalScrollBar()->value()); }

int TextView::wordAt(const QPoint& point) const
{
    for (int i = 0; i < static_cast<int>(m_rects.size()); ++i)
        if (wordRect(i).adjusted(-1, -2, 2, kLine - kBox - 2).contains(point)) return i;
    return -1;
}

QString TextView::readout() const
{
    const int w = word();
    if (w < 0 || w >= static_cast<int>((m_incoming ? m_model->columnLabels() : m_model->rowLabels()).size())) return {};
    const AxisLabel& chosen = (m_incoming ? m_model->columnLabels() : m_model->rowLabels())[static_cast<std::size_t>(w)];
    const std::vector<float> values = weights();
    if (values.empty()) return {};
    QString text = m_incoming ? tr("Who looks at %1 %2").arg(chosen.token).arg(visibleToken(chosen.text))
                              : tr("Where %1 %2 looks").arg(chosen.token).arg(visibleToken(chosen.text));
    std::vector<int> order;
    for (int i = 0; i < static_cast<int>(values.size()); ++i)
        if (values[static_cast<std::size_t>(i)] == values[static_cast<std::size_t>(i)]) order.push_back(i);
    const std::size_t most = std::min<std::size_t>(3, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(),
                      [&](int a, int b) { return values[static_cast<std::size_t>(a)] > values[static_cast<std::size_t>(b)]; });
    for (std::size_t i = 0; i < most; ++i) {
        const AxisLabel& label = labels()[static_cast<std::size_t>(order[i])];
        text += QStringLiteral(" | %1 %2 %3")
                    .arg(label.token)
                    .arg(visibleToken(label.text), numberText(static_cast<double>(values[static_cast<std::size_t>(order[i])]), 4));
    }
    return text;
}

void TextView::announce()
{
    const QString text = readout();
    if (text == m_readout) return;
    m_readout = text;
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    Q_EMIT readoutChanged(text);
}

void TextView::paintEvent(QPaintEvent*)
{
    QPainter p(viewport());
    p.fillRect(viewport()->rect(), ink(Ink::Paper));
    const Theme& theme = Theme::instance();
    const std::vector<float> values = weights();
    const ValueScale scale = this->scale();
    const ColourMap& map = ColourMap::get(m_colourMap, theme.dark());
    const bool words = m_model->look().grain == Grain::Words;
    const int chosen = word();
    const int chosenToken =
        chosen < 0 ? -1 : (m_incoming ? m_model->columnLabels() : m_model->rowLabels())[static_cast<std::size_t>(chosen)].token;
    float most = 0;
    for (const float v : values)
        if (v > most) most = v;
    for (int i = 0; i < static_cast<int>(m_rects.size()) && i < count(); ++i) {
        const QRect r = wordRect(i);
        if (r.bottom() + kLine < 0 || r.top() > viewport()->height()) continue;
        const AxisLabel& label = labels()[static_cast<std::size_t>(i)];
        const float v = i < static_cast<int>(values.size()) ? values[static_cast<std::size_t>(i)] : std::numeric_limits<float>::quiet_NaN();
        QColor on = ink(Ink::Text), mark = ink(Ink::Faint);
        const bool masked = !values.empty() && !(v == v);
        if (v == v && std::isfinite(v)) {
            const QRgb colour = map.at(scale.map(v, most));
            p.fillRect(r, QColor::fromRgb(colour));
            if (colour != ink(Ink::Paper).rgb()) {
                on = inkOn(colour);
                if (qGray(colour) < 200) mark = on;
            }
        } else if (masked) {
            on = ink(Ink::Muted);  // tokens that cannot be seen stay readable
        }
        p.setFont(wordFont());
        const QFontMetricsF metrics(p.font());
        paintToken(p, {static_cast<double>(r.left() + kPad), std::round(r.center().y() + metrics.capHeight() / 2)}, shownWord(label, words),
                   on, mark);
        if (v == v && std::isfinite(v) && std::abs(v) >= kNumbered && m_model->look().kind != MapKind::Scores) {
            QString number = numberText(static_cast<double>(v), 2);
            if (number.startsWith(QStringLiteral("0."))) number.remove(0, 1);
            p.setFont(theme.font(Type::AxisSmall));
            if (QFontMetrics(p.font()).horizontalAdvance(number) <= r.width() + 4) {
                p.setPen(ink(Ink::Muted));
                p.drawText(QRect(r.left() - 10, r.bottom() + 3, r.width() + 20, 14), Qt::AlignHCenter | Qt::AlignTop, number);
            }
        }
        const bool self = label.token == chosenToken;
        if (self) {
            const QRect line(r.left(), r.bottom() + 1, r.width(), 2);
            if (chosenBySelection() && m_selection->locked()) p.fillRect(line, ink(Ink::Select));
            else
                for (int x = line.left(); x < line.right(); x += 5) p.fillRect(QRect(x, line.top(), 3, 2), ink(Ink::Select));
            if (hasFocus()) ring(p, QRectF(r).adjusted(-2, -2, 2, 3), ink(Ink::Accent), 2, 0);
        } else if (i == m_over) {
            ring(p, QRectF(r), ink(Ink::Hair2), 1, 0);
        }
    }
}

void TextView::mouseMoveEvent(QMouseEvent* event)
{
    const int over = wordAt(event->position().toPoint());
    if (over != m_over) {
        m_over = over;
        viewport()->update();
    }
    const int token = over < 0 ? -1 : labels()[static_cast<std::size_t>(over)].token;
    m_selection->hover(m_incoming ? -1 : token, m_incoming ? token : -1);
}

void TextView::lockWord(int index)
{
    if (count() == 0) return;
    const int i = std::clamp(index, 0, count() - 1);
    const int token = labels()[static_cast<std::size_t>(i)].token;
    m_selection->lock(m_incoming ? -1 : token, m_incoming ? token : -1);
    const QRect r = m_rects[static_cast<std::size_t>(i)];
    if (r.top() < verticalScrollBar()->value()) verticalScrollBar()->setValue(r.top() - kMargin / 2);
    else if (r.top() + kLine > verticalScrollBar()->value() + viewport()->height())
        verticalScrollBar()->setValue(r.top() + kLine - viewport()->height());
}

void TextView::mousePressEvent(QMouseEvent* event)
{
    const int at = wordAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton) return;
    if (at >= 0) lockWord(at);
    else m_selection->release();
}

void TextView::keyPressEvent(QKeyEvent* event)
{
    const int step = event->modifiers() & Qt::ShiftModifier ? 4 : 1;
    const auto vertical = [this](int direction) {
        // The word nearest to straight above or below.
        const int from = word();
        if (from < 0 || from >= static_cast<int>(m_rects.size())) return from;
        const QRect r = m_rects[static_cast<std::size_t>(from)];
        int best = from, gap = 1 << 30;
        for (int i = 0; i < static_cast<int>(m_rects.size()); ++i) {
            const QRect& o = m_rects[static_cast<std::size_t>(i)];
            if (o.top() != r.top() + direction * kLine) continue;
            const int d = std::abs(o.center().x() - r.center().x());
            if (d < gap) {
                gap = d;
                best = i;
            }
        }
        return best;
    };
    // Ctrl goes by words, as in every field; where words are shown, they are the steps anyway.
    const auto aside = [&](int direction) {
        const auto& source = m_model->source();
        const int from = word();
        if (!(event->modifiers() & Qt::ControlModifier) || !source || from < 0) return from + direction * step;
        const int token =
            wordStep(m_incoming ? source->keyTokens() : source->queryTokens(), labels()[static_cast<std::size_t>(from)].token, direction);
        return m_incoming ? m_model->columnOfToken(token) : m_model->rowOfToken(token);
    };
    switch (event->key()) {
    case Qt::Key_Left: return lockWord(aside(-1));
    case Qt::Key_Right: return lockWord(aside(1));
    case Qt::Key_Up: return lockWord(vertical(-1));
    case Qt::Key_Down: return lockWord(vertical(1));
    case Qt::Key_Home: return lockWord(0);
    case Qt::Key_End: return lockWord(count() - 1);
    case Qt::Key_Escape: m_selection->release(); return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

bool TextView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_over >= 0) {
        m_over = -1;
        m_selection->hover(-1, -1);
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TextView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TextView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace hs::ui
