// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_geometry.h"

namespace hs::ui {

namespace {

std::vector<AxisLabel> labelsOf(const std::vector<Token>& tokens, Grain grain)
{
    std::vector<AxisLabel> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        const bool joins = grain == Grain::Words && i > 0 && token.word >= 0 && token.word == tokens[i - 1].word && !token.special;
        if (joins) {
            out.back().text += QString::fromStdString(token.text);
            ++out.back().tokens;
        } else {
            out.push_back({QString::fromStdString(token.text), static_cast<int>(i), 1, token.special});
        }
    }
    return out;
}

std::vector<int> indexOf(const std::vector<AxisLabel>& labels, int tokens)
{
    std::vector<int> out(static_cast<std::size_t>(tokens), -1);
    for (std::size_t l = 0; l < labels.size(); ++l)
        for (int t = 0; t < labels[l].tokens; ++t) out[static_cast<std::size_t>(labels[l].token + t)] = static_cast<int>(l);
    return out;
}

// A source may know fewer tokens than its maps have rows (a dump without text): such rows are labelled by their number.
std::vector<Token> padded(const std::vector<Token>& tokens, int count)
{
    std::vector<Token> out(tokens.begin(), tokens.begin() + std::min<std::ptrdiff_t>(count, static_cast<std::ptrdiff_t>(tokens.size())));
    for (int i = static_cast<int>(out.size()); i < count; ++i) {
        Token token;
        token.text = std::to_string(i);
        out.push_back(token);
    }
    return out;
}

bool sameLabels(const std::vector<AxisLabel>& a, const std::vector<AxisLabel>& b)
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].text != b[i].text || a[i].tokens != b[i].tokens) return false;
    return true;
}

}  // namespace

MapGeometry MapGeometry::of(const AttentionSource& source, int layer, Grain grain)
{
    MapGeometry g;
    g.mask = source.visibility(layer);
    g.grain = grain;
    g.queries = source.queries();
    g.keys = source.keys();
    g.rows = labelsOf(padded(source.queryTokens(), g.queries), grain);
    g.columns = labelsOf(padded(source.keyTokens(), g.keys), grain);
    g.rowOfQuery = indexOf(g.rows, g.queries);
    g.columnOfKey = indexOf(g.columns, g.keys);
    return g;
}

Visibility MapGeometry::cellMask() const { return grain == Grain::Tokens ? mask : mask.withoutWindow(); }

bool MapGeometry::sees(int row, int column) const
{
    const AxisLabel &from = rows[static_cast<std::size_t>(row)], &to = columns[static_cast<std::size_t>(column)];
    return !mask.keysOf(from.token, from.tokens, keys).within(to.token, to.token + to.tokens).empty();
}

bool MapGeometry::sameShape(const MapGeometry& other) const
{
    return mask == other.mask && grain == other.grain && sameLabels(rows, other.rows) && sameLabels(columns, other.columns);
}

QRect MapGeometry::tokensOf(const QRect& cells) const
{
    const AxisLabel& top = rows[static_cast<std::size_t>(cells.top())];
    const AxisLabel& bottom = rows[static_cast<std::size_t>(cells.bottom())];
    const AxisLabel& left = columns[static_cast<std::size_t>(cells.left())];
    const AxisLabel& right = columns[static_cast<std::size_t>(cells.right())];
    return QRect(QPoint(left.token, top.token), QPoint(right.token + right.tokens - 1, bottom.token + bottom.tokens - 1));
}

MatrixF toGrain(const MatrixF& tokens, const QRect& cells, const MapGeometry& g, MapKind kind)
{
    if (g.grain == Grain::Tokens) return tokens;
    const QRect from = g.tokensOf(cells);
    MatrixF out(cells.height(), cells.width());
    std::vector<double> sum(static_cast<std::size_t>(cells.width()));
    std::vector<int> seen(sum.size());
    for (int r = 0; r < cells.height(); ++r) {
        const AxisLabel& row = g.rows[static_cast<std::size_t>(cells.top() + r)];
        std::fill(sum.begin(), sum.end(), 0.0);
        std::fill(seen.begin(), seen.end(), 0);
        int queries = 0;  // queries of the word that see anything at all (a hidden first key can leave one with nothing)
        for (int q = row.token; q < row.token + row.tokens; ++q) {
            const float* values = tokens.row(q - from.top());
            bool any = false;
            for (int k = from.left(); k <= from.right(); ++k) {
                const float v = values[k - from.left()];
                if (!(v == v)) continue;
                any = true;
                const auto c = static_cast<std::size_t>(g.columnOfKey[static_cast<std::size_t>(k)] - cells.left());
                sum[c] += static_cast<double>(v);
                ++seen[c];
            }
            queries += any ? 1 : 0;
        }
        for (int c = 0; c < cells.width(); ++c) {
            const auto i = static_cast<std::size_t>(c);
            const int share = kind == MapKind::Scores ? seen[i] : queries;
            out(r, c) = seen[i] == 0 ? kNan : static_cast<float>(sum[i] / share);
        }
    }
    return out;
}

void hideUnseen(MatrixF& values, const QRect& cells, const MapGeometry& g)
{
    if (g.mask.window() == 0) return;
    for (int r = 0; r < cells.height(); ++r)
        for (int c = 0; c < cells.width() && !g.sees(cells.top() + r, cells.left() + c); ++c) values(r, c) = kNan;
}

void hideFirstKey(MatrixF& tokens, int q0, int k0, const std::vector<double>& rest, MapKind kind)
{
    for (std::ptrdiff_t r = 0; r < tokens.rows(); ++r) {
        float* values = tokens.row(r);
        if (kind != MapKind::Scores) {
            const double left = rest[static_cast<std::size_t>(q0 + r)];
            const double factor = left > 0 ? 1 / left : std::numeric_limits<double>::quiet_NaN();
            for (std::ptrdiff_t c = 0; c < tokens.cols(); ++c) values[c] = static_cast<float>(static_cast<double>(values[c]) * factor);
        }
        if (k0 == 0 && tokens.cols() > 0) values[0] = kNan;
    }
}

}  // namespace hs::ui
