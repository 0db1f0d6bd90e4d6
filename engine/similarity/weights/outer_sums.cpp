// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/outer_sums.h"

#include <algorithm>
#include <numeric>

#include "engine/base/parallel.h"
#include "engine/tensor/gemm.h"

namespace hs {

namespace {

constexpr std::ptrdiff_t kTile = 128;  // side of a tile of A A^T
constexpr std::size_t kScratch = std::size_t(256) << 20;
constexpr std::size_t kSide = 256;          // rows of a block of pairs
constexpr std::size_t kFewItems = 640;      // heads of all roles that make one block
constexpr std::ptrdiff_t kShortSum = 4096;  // terms of one product when there is one block

/// First item of each layer, and one past the last.
std::vector<std::size_t> layerStarts(const ColumnStack& s)
{
    std::vector<std::size_t> starts(s.heads.size() + 1, 0);
    for (std::size_t l = 0; l < s.heads.size(); ++l) starts[l + 1] = starts[l] + static_cast<std::size_t>(s.heads[l]);
    return starts;
}

struct Item {
    ViewF columns;
};

std::vector<Item> itemsOf(const ColumnStack& s)
{
    std::vector<Item> items;
    for (std::size_t l = 0; l < s.layers.size(); ++l)
        for (int h = 0; h < s.heads[l]; ++h) items.push_back({s.layers[l].view().block(0, std::ptrdiff_t(h) * s.width, s.d, s.width)});
    return items;
}

/// A rectangle of one product: rows [i0, i0 + ni), columns [j0, j0 + nj).
struct Block {
    std::size_t product = 0;
    std::size_t i0 = 0, ni = 0, j0 = 0, nj = 0;
};

double pairCount(const OuterProduct& p)
{
    const auto a = layerStarts(*p.a), b = layerStarts(*p.b);
    if (p.a == p.b) return static_cast<double>(p.a->size()) * static_cast<double>(p.a->size() + 1) / 2.0;
    double count = 0;
    for (std::size_t l = 0; l + 1 < a.size() && l + 1 < b.size(); ++l)
        count += static_cast<double>(a[l + 1] - a[l]) * static_cast<double>(b.back() - b[l + 1]);
    return count;
}

/// Stacks used by the products, each once.
std::vector<const ColumnStack*> stacksOf(const std::vector<OuterProduct>& products)
{
    std::vector<const ColumnStack*> out;
    for (const OuterProduct& p : products)
        for (const ColumnStack* s : {p.a, p.b})
            if (std::find(out.begin(), out.end(), s) == out.end()) out.push_back(s);
    return out;
}

/// Cuts the needed pairs into blocks of about `side` rows: wide enough for the library's kernels, narrow enough to skip what is not needed.
std::vector<Block> gramBlocks(const std::vector<OuterProduct>& products, std::size_t side)
{
    std::vector<Block> blocks;
    for (std::size_t p = 0; p < products.size(); ++p) {
        const ColumnStack &a = *products[p].a, &b = *products[p].b;
        const bool same = products[p].a == products[p].b;
        const auto aStart = layerStarts(a), bStart = layerStarts(b);
        const std::size_t rows = a.size(), cols = b.size();
        for (std::size_t i0 = 0; i0 < rows; i0 += side) {
            const std::size_t ni = std::min(side, rows - i0);
            const auto layer = static_cast<std::size_t>(std::upper_bound(aStart.begin(), aStart.end(), i0) - aStart.begin() - 1);
            const std::size_t from = same ? i0 : layer + 1 < bStart.size() ? bStart[layer + 1] : cols;
            for (std::size_t j0 = from; j0 < cols;) {
                // The first block of a symmetric product ends where its rows do, so that only it is computed whole.
                const std::size_t nj = std::min(same && j0 == from ? ni : 2 * side, cols - j0);
                blocks.push_back({p, i0, ni, j0, nj});
                j0 += nj;
            }
        }
    }
    std::stable_sort(blocks.begin(), blocks.end(), [](const Block& x, const Block& y) { return x.ni * x.nj > y.ni * y.nj; });
    return blocks;
}

/// Adds weight * sums to the block's place. Blocks of one product do not overlap.
void addBlock(const std::vector<OuterProduct>& products, const Block& block, const MatrixF& sums, double weight)
{
    const OuterProduct& product = products[block.product];
    const std::size_t cols = product.b->size();
    for (std::size_t i = 0; i < block.ni; ++i) {
        double* out = product.out + (block.i0 + i) * cols + block.j0;
        const float* from = sums.row(static_cast<std::ptrdiff_t>(i));
        for (std::size_t j = 0; j < block.nj; ++j) out[j] += weight * static_cast<double>(from[j]);
    }
}

/// Only the upper half of a symmetric product was summed.
void mirror(const OuterProduct& product)
{
    const std::size_t n = product.a->size();
    for (std::size_t row = 0; row < n; ++row)
        for (std::size_t col = row + 1; col < n; ++col) product.out[col * n + row] = product.out[row * n + col];
}

bool projectorGram(const std::vector<OuterProduct>& products, const Progress& progress, const OuterProgress& report)
{
    const std::vector<const ColumnStack*> stacks = stacksOf(products);
    std::vector<Item> items;
    std::vector<std::size_t> offset;
    for (const ColumnStack* s : stacks) {
        offset.push_back(items.size());
        const std::vector<Item> more = itemsOf(*s);
        items.insert(items.end(), more.begin(), more.end());
    }
    const auto offsetOf = [&](const ColumnStack* s) {
        return offset[static_cast<std::size_t>(std::find(stacks.begin(), stacks.end(), s) - stacks.begin())];
    };

    const std::ptrdiff_t d = stacks.front()->d;
    const auto count = static_cast<std::ptrdiff_t>(items.size());
    std::ptrdiff_t tileRows = std::min(kTile, d);
    while (tileRows > 16 && static_cast<std::size_t>(count * tileRows * kTile) * sizeof(float) > kScratch) tileRows /= 2;
    const std::ptrdiff_t tileCols = std::min(kTile, d);
    // [items, tileRows * tileCols]: row i is a tile of A_i A_i^T.
    MatrixF x = MatrixF::uninitialised(count, tileRows * tileCols);

    // Small problems are cut along the sum instead of across the pairs: the library is slow on short sides, and the half that is not
    // needed costs less than that. The cut depends on sizes only, so results do not depend on the number of threads.
    const bool few = items.size() <= kFewItems;
    const std::vector<Block> blocks = gramBlocks(products, few ? kFewItems : kSide);
    const std::ptrdiff_t part = few ? kShortSum : tileRows * tileCols;
    std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>> tiles;
    for (std::ptrdiff_t c0 = 0; c0 < d; c0 += tileCols)
        for (std::ptrdiff_t r0 = 0; r0 < c0 + tileCols && r0 < d; r0 += tileRows) tiles.emplace_back(r0, c0);

    for (std::size_t t = 0; t < tiles.size(); ++t) {
        if (report) report(static_cast<std::int64_t>(t), static_cast<std::int64_t>(tiles.size()));
        if (!progress.checkpoint()) return false;
        const std::ptrdiff_t r0 = tiles[t].first, c0 = tiles[t].second;
        const std::ptrdiff_t nr = std::min(tileRows, d - r0), nc = std::min(tileCols, d - c0), length = nr * nc;
        const double weight = r0 < c0 ? 2.0 : 1.0;  // the tile mirrored at the diagonal of A A^T counts too
        constexpr std::ptrdiff_t group = 8;
        parallelFor(static_cast<std::size_t>((count + group - 1) / group), [&](std::size_t g) {
            const auto first = static_cast<std::ptrdiff_t>(g) * group;
            for (std::ptrdiff_t i = first; i < std::min(count, first + group); ++i) {
                const ViewF u = items[static_cast<std::size_t>(i)].columns;
                gemm(false, true, 1.0f, u.block(r0, 0, nr, u.cols), u.block(c0, 0, nc, u.cols), 0.0f, {x.row(i), nr, nc, nc});
            }
        });
        const auto parts = static_cast<std::size_t>((length + part - 1) / part);
        std::vector<MatrixF> sums(blocks.size() * parts);
        parallelFor(sums.size(), [&](std::size_t n) {
            if (progress.stopped()) return;
            const Block& block = blocks[n / parts];
            const OuterProduct& product = products[block.product];
            const std::ptrdiff_t from = static_cast<std::ptrdiff_t>(n % parts) * part, terms = std::min(part, length - from);
            const auto rowsOf = [&](const ColumnStack* stack, std::size_t first, std::size_t rows) {
                return ViewF{x.row(static_cast<std::ptrdiff_t>(offsetOf(stack) + first)) + from, static_cast<std::ptrdiff_t>(rows), terms,
                             x.cols()};
            };
            sums[n] = MatrixF::uninitialised(static_cast<std::ptrdiff_t>(block.ni), static_cast<std::ptrdiff_t>(block.nj));
            gemm(false, true, 1.0f, rowsOf(product.a, block.i0, block.ni), rowsOf(product.b, block.j0, block.nj), 0.0f, sums[n].view());
        });
        if (progress.stopped()) return false;
        parallelFor(blocks.size(), [&](std::size_t n) {
            for (std::size_t k = 0; k < parts; ++k) addBlock(products, blocks[n], sums[n * parts + k], weight);
        });
    }
    for (const OuterProduct& product : products)
        if (product.a == product.b) mirror(product);
    return !progress.stopped();
}

bool stackedGemm(const std::vector<OuterProduct>& products, const Progress& progress, const OuterProgress& report)
{
    struct Task {
        std::size_t product, la, lb;
    };
    std::vector<Task> tasks;
    for (std::size_t p = 0; p < products.size(); ++p) {
        const bool same = products[p].a == products[p].b;
        for (std::size_t la = 0; la < products[p].a->layers.size(); ++la)
            for (std::size_t lb = same ? la : la + 1; lb < products[p].b->layers.size(); ++lb) tasks.push_back({p, la, lb});
    }
    constexpr std::size_t step = 64;  // layer pairs between two looks at the queue
    for (std::size_t first = 0; first < tasks.size(); first += step) {
        if (report) report(static_cast<std::int64_t>(first), static_cast<std::int64_t>(tasks.size()));
        if (!progress.checkpoint()) return false;
        parallelFor(std::min(step, tasks.size() - first), [&](std::size_t n) {
            if (progress.stopped()) return;
            const Task& task = tasks[first + n];
            const OuterProduct& product = products[task.product];
            const ColumnStack &a = *product.a, &b = *product.b;
            const std::size_t i0 = layerStarts(a)[task.la], j0 = layerStarts(b)[task.lb], cols = b.size();
            const ViewF right = b.layers[task.lb].view();
            MatrixF g = MatrixF::uninitialised(a.width, right.cols);
            for (int ha = 0; ha < a.heads[task.la]; ++ha) {
                const ViewF left = a.layers[task.la].view().block(0, std::ptrdiff_t(ha) * a.width, a.d, a.width);
                gemm(true, false, 1.0f, left, right, 0.0f, g.view());
                for (int hb = 0; hb < b.heads[task.lb]; ++hb) {
                    double sum = 0;
                    for (std::ptrdiff_t r = 0; r < a.width; ++r) {
                        const float* row = g.row(r) + std::ptrdiff_t(hb) * b.width;
                        for (int c = 0; c < b.width; ++c) sum += static_cast<double>(row[c]) * static_cast<double>(row[c]);
                    }
                    const std::size_t i = i0 + static_cast<std::size_t>(ha), j = j0 + static_cast<std::size_t>(hb);
                    product.out[i * cols + j] = sum;
                    if (product.a == product.b) product.out[j * cols + i] = sum;
                }
            }
        });
    }
    return !progress.stopped();
}

}  // namespace

std::size_t ColumnStack::size() const { return static_cast<std::size_t>(std::accumulate(heads.begin(), heads.end(), 0)); }

double outerCost(const std::vector<OuterProduct>& products, OuterMethod method)
{
    if (products.empty()) return 0;
    double cost = 0;
    for (const OuterProduct& p : products) {
        const double d = p.a->d;
        cost += pairCount(p) * (method == OuterMethod::StackedGemm ? 2.0 * d * p.a->width * p.b->width : d * d);
    }
    if (method == OuterMethod::ProjectorGram)
        for (const ColumnStack* s : stacksOf(products)) cost += static_cast<double>(s->size()) * s->d * s->d * s->width;
    return cost;
}

bool outerSums(const std::vector<OuterProduct>& products, OuterMethod method, const Progress& progress, const OuterProgress& report)
{
    std::vector<OuterProduct> work;
    for (const OuterProduct& p : products) {
        if (p.a->size() == 0 || p.b->size() == 0) continue;
        std::fill_n(p.out, p.a->size() * p.b->size(), 0.0);
        work.push_back(p);
    }
    if (work.empty()) return !progress.stopped();
    if (method == OuterMethod::Auto)
        method = outerCost(work, OuterMethod::ProjectorGram) < outerCost(work, OuterMethod::StackedGemm) ? OuterMethod::ProjectorGram
                                                                                                         : OuterMethod::StackedGemm;
    return method == OuterMethod::ProjectorGram ? projectorGram(work, progress, report) : stackedGemm(work, progress, report);
}

}  // namespace hs
