// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/cell_readout.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"

namespace hs::ui {

namespace {
struct CellReadoutTr {
    Q_DECLARE_TR_FUNCTIONS(CellReadout)
};
}  // namespace

QString kindWord(MapKind kind)
{
    switch (kind) {
    case MapKind::Scores: return CellReadoutTr::tr("score");
    case MapKind::ValueWeighted: return CellReadoutTr::tr("value-weighted");
    case MapKind::Weights: break;
    }
    return CellReadoutTr::tr("weight");
}

CellReadout readCell(const MapModel& model, int row, int column)
{
    CellReadout out;
    if (row < 0 || row >= model.rows() || column >= model.columns()) return out;
    out.row = row;
    out.column = column;
    out.words = model.look().grain == Grain::Words;
    out.kind = model.look().kind;
    out.query = visibleToken(model.rowLabels()[static_cast<std::size_t>(row)].text);
    if (column < 0) return out;
    out.key = visibleToken(model.columnLabels()[static_cast<std::size_t>(column)].text);
    out.masked = model.masked(row, column);
    out.leftOut = out.masked && model.seen(row, column);
    out.value = model.value(row, column);
    if (out.value) {
        const std::vector<float> values = model.rowValues(row);
        const bool sinks = model.source() && model.source()->hasSinks() && out.kind == MapKind::Weights;
        double taken = 0;
        for (int c = 0; c < static_cast<int>(values.size()); ++c) {
            const float v = values[static_cast<std::size_t>(c)];
            if (model.masked(row, c) || !(v == v)) continue;
            ++out.rankOf;
            taken += static_cast<double>(v);
            if (v > *out.value) ++out.rank;
        }
        if (out.rankOf > 0) ++out.rank;
        // A row with left out or missing cells does not say what is left.
        if (sinks && !model.look().hideSink && std::none_of(values.begin(), values.end(), [](float v) { return std::isnan(v); }))
            out.sink = static_cast<float>(1 - taken);
    }
    double sum = 0;
    int count = 0;
    const std::vector<float> seen = model.columnValues(column);
    for (int r = 0; r < static_cast<int>(seen.size()); ++r) {
        const float v = seen[static_cast<std::size_t>(r)];
        if (model.masked(r, column) || !(v == v)) continue;
        sum += static_cast<double>(v);
        ++count;
    }
    if (count > 0) out.columnMean = static_cast<float>(sum / count);
    return out;
}

QString statusLine(const CellReadout& cell)
{
    if (cell.row < 0) return {};
    if (cell.column < 0)
        return (cell.words ? CellReadoutTr::tr("Query word %1 %2") : CellReadoutTr::tr("Query %1 %2")).arg(cell.row).arg(cell.query);
    QStringList parts;
    parts << (cell.words ? CellReadoutTr::tr("Query word %1 %2 → key word %3 %4") : CellReadoutTr::tr("Query %1 %2 → key %3 %4"))
                 .arg(QString::number(cell.row), cell.query, QString::number(cell.column), cell.key);
    if (cell.leftOut) parts << CellReadoutTr::tr("left out: first key");
    else if (cell.masked) parts << CellReadoutTr::tr("masked: a query cannot see later keys");
    else if (!cell.value) parts << CellReadoutTr::tr("computing");
    else
        parts << kindWord(cell.kind) + QLatin1Char(' ') + valueText(static_cast<double>(*cell.value), cell.kind == MapKind::Scores ? 3 : 4);
    if (cell.value && cell.rankOf > 0) parts << CellReadoutTr::tr("rank %1 of %2").arg(cell.rank).arg(cell.rankOf);
    if (cell.sink) parts << CellReadoutTr::tr("the row's sink takes %1").arg(valueText(static_cast<double>(*cell.sink), 3));
    if (cell.columnMean) parts << CellReadoutTr::tr("column mean %1").arg(valueText(static_cast<double>(*cell.columnMean), 3));
    return parts.join(QStringLiteral(" | "));
}

QString cellSentence(const CellReadout& cell)
{
    if (cell.row < 0) return {};
    const QString query = CellReadoutTr::tr("query %1 %2").arg(QString::number(cell.row), cell.query);
    if (cell.column < 0) return query;
    const QString pair = query + QStringLiteral(", ") + CellReadoutTr::tr("key %1 %2").arg(QString::number(cell.column), cell.key);
    if (cell.masked) return pair + QStringLiteral(", ") + (cell.leftOut ? CellReadoutTr::tr("left out") : CellReadoutTr::tr("masked"));
    if (!cell.value) return pair;
    return pair + QStringLiteral(", ") + kindWord(cell.kind) + QLatin1Char(' ')
           + valueText(static_cast<double>(*cell.value), cell.kind == MapKind::Scores ? 3 : 4);
}

}  // namespace hs::ui
