// SPDX-License-Identifier: GPL-3.0-or-later
// What is here of a map now, for painters, readouts and legends. Asks for nothing.
#include <algorithm>

#include "ui/map/map_model_state.h"

namespace hs::ui {

int MapModel::rows() const { return static_cast<int>(m_rowLabels.size()); }
int MapModel::columns() const { return static_cast<int>(m_columnLabels.size()); }
Visibility MapModel::mask() const { return m_impl->geometry.cellMask(); }

int MapModel::rowOfToken(int token) const
{
    const auto& at = m_impl->geometry.rowOfQuery;
    return token >= 0 && token < static_cast<int>(at.size()) ? at[static_cast<std::size_t>(token)] : -1;
}

int MapModel::columnOfToken(int token) const
{
    const auto& at = m_impl->geometry.columnOfKey;
    return token >= 0 && token < static_cast<int>(at.size()) ? at[static_cast<std::size_t>(token)] : -1;
}

bool MapModel::available() const
{
    return m_source && m_head.layer >= 0 && m_head.layer < m_source->readyLayers() && m_head.head >= 0
           && m_head.head < m_source->heads(m_head.layer) && m_source->has(m_look.kind);
}

bool MapModel::current() const
{
    const Impl& d = *m_impl;
    return d.store && (d.store->surveyed() > 0 || d.engineOverview.cells);
}

MapCells MapModel::cells(const QRect& visible, double pixelsPerCell) const
{
    const Impl& d = *m_impl;
    const bool old = !current() && d.previous;
    const MapStore* store = old ? d.previous.get() : d.store.get();
    if (!store) return {};
    if (const auto whole = store->whole()) return {whole, 0, 0, 1};
    if (d.whole()) return {};
    MapCells overview = old ? d.previousOverview : d.engineOverview;
    if (!overview.cells) overview = store->overview();
    const QRect inside = visible.intersected(QRect(0, 0, columns(), rows()));
    if (inside.isEmpty()) return {};
    if (overview.cells && pixelsPerCell * overview.factor <= 1.0001) return overview;
    int factor = 1;
    const int most = store->overview().factor;
    while (factor * 2 <= most && pixelsPerCell * factor * 2 <= 1.0001) factor *= 2;
    if (!overview.cells && store->surveyed() == 0) return {};
    return store->assemble(inside, factor, overview);
}

bool MapModel::masked(int row, int column) const
{
    if (!seen(row, column)) return true;
    if (!m_look.hideSink || column < 0 || column >= columns()) return false;
    const AxisLabel& label = m_columnLabels[static_cast<std::size_t>(column)];
    return label.token == 0 && label.tokens == 1;
}

bool MapModel::seen(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rows() || column >= columns()) return mask().sees(row, column);
    return m_impl->geometry.sees(row, column);
}

std::optional<float> MapModel::value(int row, int column) const
{
    const Impl& d = *m_impl;
    if (!d.store || row < 0 || column < 0 || row >= rows() || column >= columns() || masked(row, column)) return {};
    float v = kNan;
    if (const float* cell = d.store->at(row, column)) v = *cell;
    else if (d.row.index == row && !d.row.values.empty()) v = d.row.values[static_cast<std::size_t>(column)];
    else if (d.column.index == column && !d.column.values.empty()) v = d.column.values[static_cast<std::size_t>(row)];
    if (!(v == v)) return {};
    return v;
}

std::vector<float> MapModel::rowValues(int row) const
{
    const Impl& d = *m_impl;
    if (!d.store || row < 0 || row >= rows()) return {};
    if (const auto whole = d.store->whole()) return std::vector<float>(whole->row(row), whole->row(row) + whole->cols());
    return d.row.index == row ? d.row.values : std::vector<float>{};
}

std::vector<float> MapModel::columnValues(int column) const
{
    const Impl& d = *m_impl;
    if (!d.store || column < 0 || column >= columns()) return {};
    if (const auto whole = d.store->whole()) {
        std::vector<float> out(static_cast<std::size_t>(whole->rows()));
        for (std::ptrdiff_t r = 0; r < whole->rows(); ++r) out[static_cast<std::size_t>(r)] = (*whole)(r, column);
        return out;
    }
    return d.column.index == column ? d.column.values : std::vector<float>{};
}

float MapModel::rowMaximum(int row) const
{
    const Impl& d = *m_impl;
    const MapStore* store = !current() && d.previous ? d.previous.get() : d.store.get();
    if (!store || row < 0 || row >= rows()) return kNan;
    const float seen = store->rowMaximum(row);
    if (seen == seen || store != d.store.get()) return seen;
    if (m_look.kind != MapKind::Weights || m_look.hideSink || m_look.grain != Grain::Tokens || !available()) return kNan;
    const auto stats = m_source->stats(m_head);
    return stats && row < static_cast<int>(stats->rowMax.size()) ? stats->rowMax[static_cast<std::size_t>(row)] : kNan;
}

std::optional<std::pair<float, float>> MapModel::dataRange() const
{
    const Impl& d = *m_impl;
    const MapStore* store = !current() && d.previous ? d.previous.get() : d.store.get();
    if (!store) return {};
    if (store->complete()) return store->range();
    // Until the survey is done: exact largest value, and for the other end the least mean of an overview pixel.
    if (!(d.overviewLargest == d.overviewLargest) || store != d.store.get()) return store->range();
    return std::pair(m_look.kind == MapKind::Scores ? d.overviewLeast : 0.0f, d.overviewLargest);
}

QStringList MapModel::legendNotes() const
{
    QStringList notes;
    if (m_look.hideSink) notes << (m_look.kind == MapKind::Scores ? tr("first key left out") : tr("first key left out, rows rescaled"));
    if (m_look.grain == Grain::Words)
        notes << (m_look.kind == MapKind::Scores ? tr("words: mean over their tokens") : tr("words: sum over keys, mean over queries"));
    return notes;
}

std::vector<double> MapModel::histogram(double low, double high, int bins, bool log) const
{
    const Impl& d = *m_impl;
    if (!d.store || d.store->surveyed() == 0) return {};
    return d.store->histogram().binned(low, high, bins, log);
}

double MapModel::surveyed() const { return m_impl->store ? m_impl->store->surveyed() : 0; }

int MapModel::finalRows() const
{
    const Impl& d = *m_impl;
    if (!d.store || d.engineOverview.cells || d.store->complete() || d.whole()) return rows();
    int row = 0;
    while (row < rows() && d.store->rowComplete(row)) row += d.store->tileSide();
    return std::min(row, rows());
}

MapModel::Clipped MapModel::clipped(double low, double high) const
{
    const Impl& d = *m_impl;
    Clipped out;
    if (!d.store || d.store->surveyed() == 0) return out;
    const auto whole = d.store->whole();
    if (!whole) {
        out = d.store->histogram().outside(low, high);
        out.exact = out.exact && d.store->complete();
        return out;
    }
    out.known = true;
    const auto from = static_cast<float>(low), to = static_cast<float>(high);
    for (int r = 0; r < rows(); ++r)
        for (int c = 0; c < columns(); ++c)
            if (!masked(r, c) && ((*whole)(r, c) < from || (*whole)(r, c) > to)) ++out.count;
    return out;
}

qint64 MapModel::maskedCells() const
{
    const Impl& d = *m_impl;
    const qint64 all = static_cast<qint64>(rows()) * columns();
    if (d.store && d.store->complete()) return all - d.store->unmaskedSeen();
    qint64 count = 0;
    for (int r = 0; r < rows(); ++r) {
        count += columns() - mask().keys(r, columns()).size();
        if (seen(r, 0) && masked(r, 0)) ++count;
    }
    return count;
}

}  // namespace hs::ui
