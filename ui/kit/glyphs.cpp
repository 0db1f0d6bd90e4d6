// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/glyphs.h"

#include <QGlyphRun>
#include <QHash>
#include <QMutex>
#include <QTextLayout>

namespace hs::ui {

namespace {

bool hasGlyph(const QFont& font, char32_t character)
{
    QTextLayout layout(QString::fromUcs4(&character, 1), font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    const QList<QGlyphRun> runs = layout.glyphRuns();
    for (const QGlyphRun& run : runs)
        if (run.glyphIndexes().contains(0)) return false;  // 0 is every font's picture for what it does not have
    return !runs.isEmpty();
}

bool needsGlyph(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Mark_NonSpacing:  // drawn on what stands before it
    case QChar::Mark_Enclosing: return false;
    default: return true;
    }
}

}  // namespace

QString withoutGlyphs(const QFont& font, const QString& text)
{
    static QMutex mutex;
    static QHash<QString, QHash<char32_t, bool>> known;  // [family]: layouts are slow, and texts repeat their characters
    QString out;
    const QMutexLocker lock(&mutex);
    QHash<char32_t, bool>& ofFamily = known[font.family()];
    for (const uint c : text.toUcs4()) {
        if (c < 0x0250 || !needsGlyph(c)) continue;  // every font that a window can be drawn with has Latin letters
        auto it = ofFamily.find(c);
        if (it == ofFamily.end()) it = ofFamily.insert(c, hasGlyph(font, c));
        const char32_t character = c;
        if (const QString shown = QString::fromUcs4(&character, 1); !*it && !out.contains(shown)) out += shown;
    }
    return out;
}

}  // namespace hs::ui
