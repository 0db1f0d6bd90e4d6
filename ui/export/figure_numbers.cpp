// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a figure as text, and its LaTeX snippet.
#include <QCoreApplication>
#include <cmath>

#include "ui/export/figure_parts.h"

#include "ui/export/figure_tr.h"

namespace hs::ui {

namespace {

/// RFC 4180: quotes around a field that holds the separator, a quote or a line break; quotes doubled. In tab-separated text, which
/// spreadsheets paste without quoting rules, tabs and line breaks become visible escapes instead.
QString field(const QString& text, QChar separator)
{
    if (separator == QLatin1Char('\t')) {
        QString s = text;
        return s.replace(QLatin1Char('\t'), QStringLiteral("\\t"))
            .replace(QLatin1Char('\n'), QStringLiteral("\\n"))
            .replace(QLatin1Char('\r'), QStringLiteral("\\r"));
    }
    if (!text.contains(separator) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n'))
        && !text.contains(QLatin1Char('\r')) && !text.startsWith(QLatin1Char(' ')))
        return text;
    QString s = text;
    return QLatin1Char('"') + s.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString latexEscaped(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        switch (c.unicode()) {
        case '\\': out += QStringLiteral("\\textbackslash{}"); break;
        case '~': out += QStringLiteral("\\textasciitilde{}"); break;
        case '^': out += QStringLiteral("\\textasciicircum{}"); break;
        case '<': out += QStringLiteral("\\textless{}"); break;
        case '>': out += QStringLiteral("\\textgreater{}"); break;
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            out += QLatin1Char('\\');
            out += c;
            break;
        case '\n':
        case '\r':
        case '\t': out += QLatin1Char(' '); break;
        default: out += c;
        }
    }
    return out;
}

}  // namespace

QString numbersAsText(const FigureData& data, QChar separator)
{
    QString out;
    const QString end = separator == QLatin1Char('\t') ? QStringLiteral("\n") : QStringLiteral("\r\n");
    for (const QStringList& row : data.table) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i > 0) out += separator;
            out += field(row[i], separator);
        }
        out += end;
    }
    for (const FigureMap& m : data.maps) {
        if (!m.cells) continue;
        if (!out.isEmpty()) out += end;
        // With several maps each block begins with its head's name.
        out += data.maps.size() > 1 ? field(m.name, separator) : FigureTr::tr("query");
        const auto name = [&](const std::vector<AxisLabel>& labels, std::ptrdiff_t i) {
            return field(labels[static_cast<std::size_t>(i * m.factor)].text, separator);
        };
        for (std::ptrdiff_t c = 0; c < m.cells->cols(); ++c) out += separator + name(m.columns, c);
        out += end;
        for (std::ptrdiff_t r = 0; r < m.cells->rows(); ++r) {
            out += name(m.rows, r);
            for (std::ptrdiff_t c = 0; c < m.cells->cols(); ++c) {
                out += separator;
                const float v = (*m.cells)(r, c);
                if (std::isfinite(v)) out += QString::number(static_cast<double>(v), 'g', 9);  // 9 digits give a float back exactly
            }
            out += end;
        }
    }
    return out;
}

QString latexSnippet(const QString& imageName, const FigureSpec& spec, const FigureData& data)
{
    QStringList heads;
    for (const FigureMap& m : data.maps)
        if (!heads.contains(m.name)) heads << m.name;
    const QString what = spec.look.kind == MapKind::Weights  ? FigureTr::tr("Attention weights")
                         : spec.look.kind == MapKind::Scores ? FigureTr::tr("Attention scores before the softmax")
                                                             : FigureTr::tr("Value-weighted attention");
    QString caption;
    switch (spec.kind) {
    case FigureKind::Atlas:
        caption = FigureTr::tr("%1 of all %2 heads of %3, layers upward").arg(what).arg(data.maps.size()).arg(data.origin.modelName);
        break;
    case FigureKind::Grid: caption = FigureTr::tr("%1 of %2 heads of %3").arg(what).arg(data.maps.size()).arg(data.origin.modelName); break;
    case FigureKind::Compare:
        caption = FigureTr::tr("%1 of %2 (A), %3 (B) and their difference, %4")
                      .arg(what, spec.nameA.isEmpty() ? heads.value(0) : spec.nameA,
                           spec.nameB.isEmpty() ? heads.value(heads.size() - 1) : spec.nameB, data.origin.modelName);
        break;
    case FigureKind::Chart:
        caption = (spec.chart == FigureChart::Entropy ? FigureTr::tr("Entropy of each row of head %1 of %2, in nats")
                                                      : FigureTr::tr("Mean attention weight at each distance, head %1 of %2"))
                      .arg(heads.value(0), data.origin.modelName);
        break;
    case FigureKind::Drawing:
        caption = spec.drawing ? QStringLiteral("%1, %2").arg(spec.drawing->caption, data.origin.modelName) : data.origin.modelName;
        break;
    case FigureKind::Head:
    case FigureKind::Text: caption = FigureTr::tr("%1 of head %2 of %3").arg(what, heads.value(0), data.origin.modelName); break;
    }
    QString prompt = data.origin.promptText.simplified();
    if (prompt.size() > 120) prompt = shortened(prompt, 120);
    caption = latexEscaped(caption);
    if (!prompt.isEmpty() && (spec.kind != FigureKind::Drawing || (spec.drawing && spec.drawing->usesPrompt)))
        caption += FigureTr::tr(" on the prompt ") + QStringLiteral("``") + latexEscaped(prompt) + QStringLiteral("''");
    caption += QStringLiteral(".");
    if (spec.look.grain == Grain::Words && (spec.kind == FigureKind::Head || spec.kind == FigureKind::Compare))
        caption += QLatin1Char(' ') + FigureTr::tr("Words: sum over keys, mean over queries.");
    if (!data.origin.interventions.empty())
        caption += QLatin1Char(' ')
                   + (data.origin.interventions.size() == 1
                          ? FigureTr::tr("One head is switched off or changed.")
                          : FigureTr::tr("%1 heads are switched off or changed.").arg(data.origin.interventions.size()));
    if (!data.origin.cutsWrite.isEmpty()) caption += QLatin1Char(' ') + latexEscaped(data.origin.cutsWrite);
    const bool wide = spec.widthMm > preset::kColumn;
    const QString environment = wide ? QStringLiteral("figure*") : QStringLiteral("figure");
    return QStringLiteral(
               "% HeadScope\n\\begin{%1}\n  \\centering\n  \\includegraphics[width=%2mm]{%3}\n  \\caption{%4}\n  "
               "\\label{fig:%5}\n\\end{%1}\n")
        .arg(environment, QString::number(spec.widthMm, 'g', 5), imageName, caption, suggestedName(spec, data.origin).toLower());
}

}  // namespace hs::ui
