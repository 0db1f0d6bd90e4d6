// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/text_rows.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/token_paint.h"
#include "ui/state/selection.h"
#include "ui/text/shown_word.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRowSide = 16, kRowTitle = 28, kRowLine = 22, kRowPad = 2, kMostName = 120, kMostLines = 64;

}  // namespace

TextRows::TextRows(MapModel* model, Selection* selection, QWidget* parent) : QWidget(parent), m_model(model), m_selection(selection)
{
    setObjectName(QStringLiteral("textRows"));
    setAccessibleName(tr("Weights of every word"));
    connect(model, &MapModel::changed, this, &TextRows::layoutWords);
    connect(selection, &Selection::pairChanged, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TextRows::setIncoming(bool incoming)
{
    m_incoming = incoming;
    layoutWords();
}

void TextRows::setColours(const QString& map, const ValueScale& scale)
{
    m_map = map;
    m_scale = scale;
    layoutWords();
}

void TextRows::layoutWords()
{
    const QFontMetricsF metrics(Theme::instance().tokenFont());
    const bool grain = m_model->look().grain == Grain::Words;
    double name = 0;
    for (const AxisLabel& label : names()) name = std::max(name, tokenWidth(metrics, shownWord(label, grain)));
    m_nameRoom = std::min(kMostName, int(std::ceil(name)) + 4);
    m_left.clear();
    m_width.clear();
    int x = kRowSide + m_nameRoom + 12;
    for (const AxisLabel& label : words()) {
        const int w = int(std::ceil(tokenWidth(metrics, shownWord(label, grain)))) + 2 * kRowPad;
        m_left.push_back(x);
        m_width.push_back(w);
        x += w + 1;
    }
    m_right = x;
    updateGeometry();
    update();
}

int TextRows::lines() const { return int(names().size()); }
bool TextRows::fits(int width) const { return lines() >= 2 && lines() <= kMostLines && !m_left.empty() && m_right + kRowSide <= width; }
QRect TextRows::lineRect(int line) const { return {0, kRowTitle + line * kRowLine, width(), kRowLine}; }
QSize TextRows::sizeHint() const { return {m_right + kRowSide, kRowTitle + lines() * kRowLine + 8}; }

void TextRows::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), ink(Ink::Paper));
    const Theme& theme = Theme::instance();
    hairline(p, QPointF(kRowSide, 0), QPointF(width() - kRowSide, 0), ink(Ink::Hair));
    p.setFont(theme.font(Type::Caption, true));
    p.setPen(ink(Ink::Muted));
    p.drawText(QRect(kRowSide, 0, width() - 2 * kRowSide, kRowTitle), Qt::AlignLeft | Qt::AlignVCenter,
               m_incoming ? tr("Every word: who looks at it") : tr("Every word: where it looks"));
    const QFont font = theme.tokenFont();
    const QFontMetricsF metrics(font);
    const ColourMap& map = ColourMap::get(m_map, theme.dark());
    const bool grain = m_model->look().grain == Grain::Words;
    const int chosen = m_incoming ? m_selection->key() : m_selection->query();
    p.setFont(font);
    for (int line = 0; line < lines(); ++line) {
        const QRect r = lineRect(line);
        if (!r.intersects(rect())) continue;
        const AxisLabel& name = names()[std::size_t(line)];
        const double base = std::round(r.center().y() + metrics.capHeight() / 2);
        const bool lit = chosen >= name.token && chosen < name.token + std::max(1, name.tokens);
        const QString title = elideToken(metrics, shownWord(name, grain), m_nameRoom);
        paintToken(p, {kRowSide + m_nameRoom - tokenWidth(metrics, title), base}, title, ink(lit ? Ink::Select : Ink::Muted),
                   ink(Ink::Faint));
        const std::vector<float> values = m_incoming ? m_model->columnValues(line) : m_model->rowValues(line);
        float most = 0;
        for (const float v : values)
            if (v > most) most = v;
        for (std::size_t i = 0; i < m_left.size() && i < words().size(); ++i) {
            const QRect box(m_left[i], r.top() + 1, m_width[i], kRowLine - 2);
            const float v = i < values.size() ? values[i] : std::nanf("");
            QColor on = ink(Ink::Faint), mark = ink(Ink::Faint);  // what a word cannot see steps back
            if (std::isfinite(v)) {
                const QRgb colour = map.at(m_scale.map(v, most));
                p.fillRect(box, QColor::fromRgb(colour));
                on = colour != ink(Ink::Paper).rgb() ? inkOn(colour) : ink(Ink::Text);
                if (qGray(colour) < 200) mark = on;
            }
            paintToken(p, {double(box.left() + kRowPad), base}, shownWord(words()[i], grain), on, mark);
        }
    }
}

void TextRows::mousePressEvent(QMouseEvent* event)
{
    const int line = (event->position().toPoint().y() - kRowTitle) / kRowLine;
    if (event->button() != Qt::LeftButton || event->position().y() < kRowTitle || line >= lines()) return;
    const int token = names()[std::size_t(line)].token;
    m_selection->lock(m_incoming ? -1 : token, m_incoming ? token : -1);
}

}  // namespace hs::ui
