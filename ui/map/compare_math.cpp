// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/compare_math.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hs::ui {

TokenAlignment alignTokens(const std::vector<Token>& a, const std::vector<Token>& b)
{
    TokenAlignment out;
    const int common = static_cast<int>(std::min(a.size(), b.size()));
    for (int i = 0; i < common; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (a[at].text == b[at].text) continue;
        if (out.firstDifference < 0) out.firstDifference = i;
        ++out.differing;
    }
    const bool sameLength = a.size() == b.size();
    if (out.differing == 0) out.kind = sameLength ? TokenAlignment::Kind::Equal : TokenAlignment::Kind::Prefix;
    else out.kind = sameLength ? TokenAlignment::Kind::SameLength : TokenAlignment::Kind::Apart;
    out.common = out.kind == TokenAlignment::Kind::Apart ? 0 : common;
    return out;
}

std::vector<int> matchTokens(const std::vector<Token>& a, const std::vector<Token>& b)
{
    constexpr std::size_t kLargestTable = std::size_t(1) << 24;  // bytes; beyond, a middle that differs is left unmatched
    std::vector<int> out(a.size(), -1);
    std::size_t first = 0, endA = a.size(), endB = b.size();
    for (; first < std::min(endA, endB) && a[first].text == b[first].text; ++first) out[first] = int(first);
    for (; endA > first && endB > first && a[endA - 1].text == b[endB - 1].text; --endA, --endB) out[endA - 1] = int(endB - 1);
    const std::size_t rows = endA - first, columns = endB - first;
    if (rows == 0 || columns == 0 || rows > kLargestTable / columns) return out;
    // Lengths of the longest common subsequence from the end; which way each came from is kept.
    enum Way : char { Both, SkipA, SkipB };
    std::vector<char> way(rows * columns);
    std::vector<int> below(columns + 1), here(columns + 1);
    for (std::size_t i = rows; i-- > 0; std::swap(below, here))
        for (std::size_t j = columns; j-- > 0;) {
            const bool same = a[first + i].text == b[first + j].text;
            here[columns] = 0;
            here[j] = same ? below[j + 1] + 1 : std::max(below[j], here[j + 1]);
            way[i * columns + j] = same ? Both : below[j] >= here[j + 1] ? SkipA : SkipB;
        }
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
        const char step = way[i * columns + j];
        if (step == Both) out[first + i] = int(first + j);
        i += step != SkipB;
        j += step != SkipA;
    }
    return out;
}

double jsDivergence(const float* a, const float* b, int n)
{
    double sumA = 0, sumB = 0;
    for (int i = 0; i < n; ++i) {
        if (a[i] > 0) sumA += static_cast<double>(a[i]);
        if (b[i] > 0) sumB += static_cast<double>(b[i]);
    }
    if (!(sumA > 0) || !(sumB > 0)) return 0;
    double js = 0;
    for (int i = 0; i < n; ++i) {
        const double p = a[i] > 0 ? static_cast<double>(a[i]) / sumA : 0;
        const double q = b[i] > 0 ? static_cast<double>(b[i]) / sumB : 0;
        const double m = (p + q) / 2;
        if (p > 0) js += p * std::log(p / m) / 2;
        if (q > 0) js += q * std::log(q / m) / 2;
    }
    return std::max(0.0, js);
}

MapComparison compareMaps(const MatrixF& a, const MatrixF& b)
{
    MapComparison out;
    const auto rows = std::min(a.rows(), b.rows()), cols = std::min(a.cols(), b.cols());
    double js = 0, moved = 0;
    std::vector<float> rowA(static_cast<std::size_t>(cols)), rowB(rowA.size());
    for (std::ptrdiff_t r = 0; r < rows; ++r) {
        double sumA = 0, sumB = 0, apart = 0;
        std::fill(rowA.begin(), rowA.end(), 0.0f);
        std::fill(rowB.begin(), rowB.end(), 0.0f);
        for (std::ptrdiff_t c = 0; c < cols; ++c) {
            const double x = static_cast<double>(a(r, c)), y = static_cast<double>(b(r, c));
            if (!std::isfinite(x) || !std::isfinite(y)) continue;
            sumA += x;
            sumB += y;
            apart += std::abs(x - y);
            rowA[std::size_t(c)] = a(r, c);
            rowB[std::size_t(c)] = b(r, c);
        }
        if (!(sumA > 0) || !(sumB > 0)) continue;
        js += jsDivergence(rowA.data(), rowB.data(), static_cast<int>(cols));
        moved += apart / 2;
        ++out.rows;
    }
    if (out.rows == 0) return out;
    out.jsDivergence = js / out.rows;
    out.jsDistance = std::sqrt(std::min(1.0, out.jsDivergence / std::numbers::ln2));
    out.movedPerRow = moved / out.rows;
    return out;
}

std::vector<CellDifference> largestDifferences(const MatrixF& a, const MatrixF& b, int k)
{
    // A heap of the k best so far keeps one pass over large maps cheap.
    const auto before = [](const CellDifference& x, const CellDifference& y) {
        const float dx = std::abs(x.difference()), dy = std::abs(y.difference());
        if (dx != dy) return dx > dy;
        return x.row != y.row ? x.row < y.row : x.column < y.column;
    };
    std::vector<CellDifference> heap;
    const auto rows = std::min(a.rows(), b.rows()), cols = std::min(a.cols(), b.cols());
    for (std::ptrdiff_t r = 0; r < rows; ++r) {
        for (std::ptrdiff_t c = 0; c < cols; ++c) {
            const CellDifference d{static_cast<int>(r), static_cast<int>(c), a(r, c), b(r, c)};
            if (!std::isfinite(d.difference()) || d.difference() == 0) continue;
            if (static_cast<int>(heap.size()) == k) {
                if (k == 0 || !before(d, heap.front())) continue;
                std::pop_heap(heap.begin(), heap.end(), before);
                heap.back() = d;
            } else {
                heap.push_back(d);
            }
            std::push_heap(heap.begin(), heap.end(), before);
        }
    }
    std::sort(heap.begin(), heap.end(), before);
    return heap;
}

MatrixF differenceOf(const MatrixF& a, const MatrixF& b)
{
    MatrixF out(std::min(a.rows(), b.rows()), std::min(a.cols(), b.cols()));
    for (std::ptrdiff_t r = 0; r < out.rows(); ++r)
        for (std::ptrdiff_t c = 0; c < out.cols(); ++c) out(r, c) = a(r, c) - b(r, c);
    return out;
}

}  // namespace hs::ui
