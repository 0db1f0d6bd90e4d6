// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_store.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace hs::ui {

namespace {
constexpr float kMissing = -std::numeric_limits<float>::infinity();

float larger(float a, float b) { return !(b == b) ? a : !(a == a) || b > a ? b : a; }
}  // namespace

std::size_t FloatHistogram::bucket(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value + 0.0f);  // -0 becomes 0
    return (bits & 0x80000000u ? ~bits : bits | 0x80000000u) >> 16;
}

double FloatHistogram::lower(std::size_t bucket)
{
    auto bits = static_cast<std::uint32_t>(bucket) << 16;
    bits = bits & 0x80000000u ? bits & 0x7fffffffu : ~bits;
    return static_cast<double>(std::bit_cast<float>(bits));
}

std::vector<double> FloatHistogram::binned(double low, double high, int bins, bool log) const
{
    std::vector<double> out(static_cast<std::size_t>(bins), 0.0);
    if (!(high > low) || bins <= 0 || (log && !(low > 0))) return out;
    const double from = log ? std::log(low) : low, step = ((log ? std::log(high) : high) - from) / bins;
    const auto place = [&](double v) {
        const double t = log ? (v > 0 ? std::log(v) : from - step) : v;
        return std::clamp((t - from) / step, 0.0, static_cast<double>(bins));
    };
    for (std::size_t b = 0; b < m_counts.size(); ++b) {
        if (m_counts[b] == 0) continue;
        const double begin = lower(b), end = b + 1 < m_counts.size() ? lower(b + 1) : begin;
        const double a = place(begin), z = place(end);
        // Clamped counts belong to the first and last bin: the bars always add up to all cells.
        if (z - a < 1e-9) {
            out[std::min(static_cast<std::size_t>(a), out.size() - 1)] += m_counts[b];
            continue;
        }
        for (auto i = static_cast<std::size_t>(a); i < out.size() && static_cast<double>(i) < z; ++i) {
            const double part = std::min(z, static_cast<double>(i + 1)) - std::max(a, static_cast<double>(i));
            out[i] += m_counts[b] * part / (z - a);
        }
    }
    return out;
}

MapModel::Clipped FloatHistogram::outside(double low, double high) const
{
    MapModel::Clipped out;
    out.known = true;
    const std::size_t first = bucket(static_cast<float>(low)), last = bucket(static_cast<float>(high));
    for (std::size_t b = 0; b < first; ++b) out.count += m_counts[b];
    for (std::size_t b = last + 1; b < m_counts.size(); ++b) out.count += m_counts[b];
    // Zero has a bucket of its own; any other limit lies somewhere inside one.
    const auto inside = [&](std::size_t b, double v) { return m_counts[b] > 0 && lower(b) != v; };
    out.exact = !inside(first, low) && (m_counts[last] == 0 || lower(last) == high);
    return out;
}

MapStore::MapStore(int rows, int columns, Visibility mask, int tileSide, std::size_t budgetBytes)
    : m_rows(rows), m_columns(columns), m_mask(mask), m_side(tileSide), m_budget(budgetBytes)
{
    m_tileRows = (rows + m_side - 1) / m_side;
    m_tileColumns = (columns + m_side - 1) / m_side;
    m_seen.resize(static_cast<std::size_t>(m_tileRows * m_tileColumns));
    m_rowTilesLeft.resize(static_cast<std::size_t>(m_tileRows));
    m_rowMaximum.assign(static_cast<std::size_t>(rows), kNan);
    for (int r = 0; r < m_tileRows; ++r)
        for (int c = 0; c < m_tileColumns; ++c)
            if (!empty(r, c)) {
                ++m_neededTiles;
                ++m_rowTilesLeft[static_cast<std::size_t>(r)];
            }
    while (std::max(rows, columns) > kOverviewSide * m_overviewFactor) m_overviewFactor *= 2;
}

QRect MapStore::tileRect(int tileRow, int tileColumn) const
{
    return QRect(tileColumn * m_side, tileRow * m_side, std::min(m_side, m_columns - tileColumn * m_side),
                 std::min(m_side, m_rows - tileRow * m_side));
}

bool MapStore::empty(int tileRow, int tileColumn) const
{
    const QRect rect = tileRect(tileRow, tileColumn);
    return m_mask.keysOf(rect.top(), rect.height(), m_columns).within(rect.left(), rect.left() + rect.width()).empty();
}

bool MapStore::has(int tileRow, int tileColumn) const { return m_tiles.count(index(tileRow, tileColumn)) > 0; }
bool MapStore::seen(int tileRow, int tileColumn) const { return m_seen[static_cast<std::size_t>(index(tileRow, tileColumn))]; }

MatrixF halved(const MatrixF& cells)
{
    MatrixF out((cells.rows() + 1) / 2, (cells.cols() + 1) / 2);
    for (std::ptrdiff_t r = 0; r < out.rows(); ++r) {
        const float* a = cells.row(2 * r);
        const float* b = 2 * r + 1 < cells.rows() ? cells.row(2 * r + 1) : a;
        float* to = out.row(r);
        const std::ptrdiff_t pairs = cells.cols() / 2;
        for (std::ptrdiff_t c = 0; c < pairs; ++c) to[c] = larger(larger(a[2 * c], a[2 * c + 1]), larger(b[2 * c], b[2 * c + 1]));
        if (pairs < out.cols()) to[pairs] = larger(a[2 * pairs], b[2 * pairs]);
    }
    return out;
}

void MapStore::insert(int tileRow, int tileColumn, std::shared_ptr<const MatrixF> cells)
{
    const int i = index(tileRow, tileColumn);
    Tile tile;
    tile.cells = std::move(cells);
    tile.bytes = tile.cells->bytes();
    tile.used = ++m_clock;
    if (m_seen.size() > 1) {  // a map of one tile is small: the painter reduces it itself
        const MatrixF* finest = tile.cells.get();
        for (int factor = 2; factor <= m_overviewFactor || factor <= 4; factor *= 2) {
            tile.levels.push_back(halved(*finest));
            tile.bytes += tile.levels.back().bytes();
            finest = &tile.levels.back();
        }
    }
    if (const auto old = m_tiles.find(i); old != m_tiles.end()) m_bytes -= old->second.bytes;
    if (!m_seen[static_cast<std::size_t>(i)]) {
        m_seen[static_cast<std::size_t>(i)] = true;
        ++m_seenTiles;
        --m_rowTilesLeft[static_cast<std::size_t>(tileRow)];
        survey(tileRect(tileRow, tileColumn), *tile.cells);
        if (m_seen.size() > 1) {
            if (!m_overview) {
                m_overview = std::make_shared<MatrixF>((m_rows + m_overviewFactor - 1) / m_overviewFactor,
                                                       (m_columns + m_overviewFactor - 1) / m_overviewFactor);
                std::fill_n(m_overview->data(), static_cast<std::size_t>(m_overview->rows() * m_overview->cols()), kMissing);
            } else if (m_overview.use_count() > 1) {
                m_overview = std::make_shared<MatrixF>(*m_overview);  // a painter may still read the old one
            }
            const MatrixF& level = m_overviewFactor == 1
                                       ? *tile.cells
                                       : tile.levels[static_cast<std::size_t>(std::bit_width(static_cast<unsigned>(m_overviewFactor)) - 2)];
            for (std::ptrdiff_t r = 0; r < level.rows(); ++r)
                std::copy_n(level.row(r), level.cols(),
                            m_overview->row(tileRow * m_side / m_overviewFactor + r) + tileColumn * m_side / m_overviewFactor);
        }
    }
    m_bytes += tile.bytes;
    m_tiles[i] = std::move(tile);
    trim();
}

void MapStore::survey(const QRect& rect, const MatrixF& cells)
{
    float least = kNan, most = kNan;
    for (int r = 0; r < rect.height(); ++r) {
        const float* values = cells.row(r);
        const int row = rect.top() + r;
        const KeyRange seen = m_mask.keys(row, m_columns).within(rect.left(), rect.left() + rect.width());
        float rowMost = m_rowMaximum[static_cast<std::size_t>(row)];
        for (int c = seen.first - rect.left(); c < seen.end - rect.left(); ++c) {
            const float v = values[c];
            if (!(v == v)) continue;
            ++m_unmasked;
            m_histogram.add(v);
            if (!(v <= rowMost)) rowMost = v;
            if (!(v >= least)) least = v;
        }
        m_rowMaximum[static_cast<std::size_t>(row)] = rowMost;
        if (rowMost == rowMost && !(rowMost <= most)) most = rowMost;
    }
    if (!(least == least)) return;
    m_range = m_range ? std::pair(std::min(m_range->first, least), std::max(m_range->second, most)) : std::pair(least, most);
}

void MapStore::trim()
{
    while (m_bytes > m_budget && m_tiles.size() > 1) {
        auto oldest = m_tiles.begin();
        for (auto it = m_tiles.begin(); it != m_tiles.end(); ++it)
            if (it->second.used < oldest->second.used) oldest = it;
        if (oldest->second.used == m_clock) return;
        m_bytes -= oldest->second.bytes;
        m_tiles.erase(oldest);
    }
}

void MapStore::touch(const QRect& visible)
{
    ++m_clock;
    for (auto& [i, tile] : m_tiles)
        if (tileRect(i / m_tileColumns, i % m_tileColumns).intersects(visible)) tile.used = m_clock;
}

const float* MapStore::at(int row, int column) const
{
    const auto it = m_tiles.find(index(row / m_side, column / m_side));
    return it == m_tiles.end() ? nullptr : it->second.cells->row(row % m_side) + column % m_side;
}

std::shared_ptr<const MatrixF> MapStore::whole() const
{
    return m_seen.size() == 1 && !m_tiles.empty() ? m_tiles.begin()->second.cells : nullptr;
}

MapCells MapStore::assemble(const QRect& visible, int factor, const MapCells& overview) const
{
    const int top = visible.top() / factor, left = visible.left() / factor;
    const int bottom = visible.bottom() / factor, right = visible.right() / factor;
    if (!m_scratch || m_scratch.use_count() > 1 || m_scratch->rows() != bottom - top + 1 || m_scratch->cols() != right - left + 1)
        m_scratch = std::make_shared<MatrixF>(MatrixF::uninitialised(bottom - top + 1, right - left + 1));  // written whole below
    const std::shared_ptr<MatrixF> out = m_scratch;
    const int side = m_side / factor;
    for (int tr = top / side; tr <= bottom / side; ++tr) {
        for (int tc = left / side; tc <= right / side; ++tc) {
            const int r0 = std::max(top, tr * side), r1 = std::min(bottom, (tr + 1) * side - 1);
            const int c0 = std::max(left, tc * side), c1 = std::min(right, (tc + 1) * side - 1);
            const auto it = m_tiles.find(index(tr, tc));
            const MatrixF* level = nullptr;
            if (it != m_tiles.end()) {
                const int l = std::bit_width(static_cast<unsigned>(factor)) - 2;
                level = factor == 1 ? it->second.cells.get() : &it->second.levels[static_cast<std::size_t>(l)];
            }
            for (int r = r0; r <= r1; ++r) {
                float* to = out->row(r - top) + (c0 - left);
                if (level) {
                    std::copy_n(level->row(r - tr * side) + (c0 - tc * side), c1 - c0 + 1, to);
                } else if (overview.cells && overview.factor >= factor) {
                    const float* from =
                        overview.cells->row(std::min<std::ptrdiff_t>(r * factor / overview.factor, overview.cells->rows() - 1));
                    for (int c = c0; c <= c1; ++c)
                        to[c - c0] = from[std::min<std::ptrdiff_t>(c * factor / overview.factor, overview.cells->cols() - 1)];
                } else {
                    std::fill_n(to, c1 - c0 + 1, kMissing);
                }
            }
        }
    }
    return {out, top * factor, left * factor, factor};
}

std::optional<std::pair<float, float>> MapStore::range() const { return m_range; }

float MapStore::rowMaximum(int row) const
{
    return m_rowTilesLeft[static_cast<std::size_t>(row / m_side)] == 0 ? m_rowMaximum[static_cast<std::size_t>(row)] : kNan;
}

MapCells MapStore::overview() const { return {m_overview, 0, 0, m_overviewFactor}; }

}  // namespace hs::ui
