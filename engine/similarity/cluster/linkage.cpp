// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/cluster/linkage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include "engine/base/at.h"

namespace hs {
namespace {

/// A merge as the chain finds it: two slots of the matrix, named by their smallest leaf.
struct RawMerge {
    int a = 0, b = 0;
    double height = 0;
};

/// Nearest-neighbour chain. Slots of `d` hold clusters; the one with the smaller leaf survives.
Result<std::vector<RawMerge>> chain(std::vector<double> d, int n, const Progress& progress)
{
    const auto distance = [&](int i, int j) -> double& { return d[at(i) * at(n) + at(j)]; };
    std::vector<int> size(at(n), 1), path;
    std::vector<bool> alive(at(n), true);
    std::vector<RawMerge> out;
    int first = 0;
    while (static_cast<int>(out.size()) < n - 1) {
        if ((out.size() & 15u) == 0) {
            if (progress.stopped()) return Error::cancelled();
            progress.report(Stage::Clustering, static_cast<std::int64_t>(out.size()), n - 1);
        }
        if (path.empty()) {
            while (!alive[at(first)]) ++first;
            path.push_back(first);
        }
        for (;;) {
            const int last = path.back(), before = path.size() > 1 ? path[path.size() - 2] : -1;
            // The previous element wins ties, so the chain ends.
            int nearest = before;
            double best = before >= 0 ? distance(last, before) : std::numeric_limits<double>::infinity();
            for (int j = 0; j < n; ++j) {
                if (!alive[at(j)] || j == last) continue;
                if (distance(last, j) < best) {
                    best = distance(last, j);
                    nearest = j;
                }
            }
            if (nearest == before) break;
            path.push_back(nearest);
        }
        const int x = path.back(), y = path[path.size() - 2];
        path.resize(path.size() - 2);
        const int keep = std::min(x, y), gone = std::max(x, y);
        out.push_back({keep, gone, distance(x, y)});
        const double wk = size[at(keep)], wg = size[at(gone)];
        for (int j = 0; j < n; ++j) {
            if (!alive[at(j)] || j == keep || j == gone) continue;
            const double mean = (wk * distance(keep, j) + wg * distance(gone, j)) / (wk + wg);
            distance(keep, j) = mean;
            distance(j, keep) = mean;
        }
        size[at(keep)] += size[at(gone)];
        alive[at(gone)] = false;
    }
    return out;
}

/// Leaves of every cluster joined so that near ends touch: of the four ways to put two runs together, the one with the smallest
/// distance across the joint.
std::vector<int> leafOrder(const Dendrogram& tree, const DistanceMatrix& d)
{
    std::vector<std::vector<int>> runs(at(tree.leaves) + tree.merges.size());
    for (int i = 0; i < tree.leaves; ++i) runs[at(i)] = {i};
    for (std::size_t k = 0; k < tree.merges.size(); ++k) {
        std::vector<int> a = std::move(runs[at(tree.merges[k].left)]), b = std::move(runs[at(tree.merges[k].right)]);
        const double ends[4] = {d(a.back(), b.front()), d(a.front(), b.front()), d(a.back(), b.back()), d(a.front(), b.back())};
        const auto way = std::min_element(ends, ends + 4) - ends;
        if (way & 1) std::reverse(a.begin(), a.end());
        if (way & 2) std::reverse(b.begin(), b.end());
        a.insert(a.end(), b.begin(), b.end());
        runs[at(tree.leaves) + k] = std::move(a);
    }
    std::vector<int> order = std::move(runs.back());
    if (order.front() > order.back()) std::reverse(order.begin(), order.end());
    return order;
}

/// Cluster of each leaf after the first `done` merges, numbered along the order.
std::vector<int> cutAfter(const Dendrogram& tree, std::size_t done)
{
    std::vector<int> parent(at(tree.leaves) + tree.merges.size());
    std::iota(parent.begin(), parent.end(), 0);
    for (std::size_t k = done; k-- > 0;) {
        const int self = tree.leaves + static_cast<int>(k);
        // Later merges were seen first, so the parent of this one is final.
        parent[at(tree.merges[k].left)] = parent[at(self)];
        parent[at(tree.merges[k].right)] = parent[at(self)];
    }
    std::vector<int> number(parent.size(), -1), out(at(tree.leaves));
    int next = 0;
    for (const int leaf : tree.order) {
        int& n = number[at(parent[at(leaf)])];
        if (n < 0) n = next++;
        out[at(leaf)] = n;
    }
    return out;
}

}  // namespace

Result<Dendrogram> averageLinkage(const DistanceMatrix& distances, const Progress& progress)
{
    if (Status status = checkDistances(distances); !status) return status.error();
    const int n = distances.n;
    if (static_cast<int>(distances.present().size()) != n) return Error::argument("distances", "NaN", "numbers");
    Dendrogram out;
    out.leaves = n;
    if (n <= 1) {
        if (n == 1) out.order = {0};
        return out;
    }
    auto raw = chain(distances.values, n, progress);
    if (!raw) return raw.error();
    // The chain finds merges out of order; average linkage has no inversions, so sorting by height gives the tree.
    std::stable_sort(raw->begin(), raw->end(), [](const RawMerge& a, const RawMerge& b) { return a.height < b.height; });

    std::vector<int> id(at(n)), size(at(n), 1);  // by smallest leaf
    std::iota(id.begin(), id.end(), 0);
    std::vector<int> root(at(n));
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](int leaf) {
        while (root[at(leaf)] != leaf) leaf = root[at(leaf)] = root[at(root[at(leaf)])];
        return leaf;
    };
    for (const RawMerge& m : *raw) {
        const int x = find(m.a), y = find(m.b), a = std::min(x, y), b = std::max(x, y);
        size[at(a)] += size[at(b)];
        const double height = out.merges.empty() ? m.height : std::max(m.height, out.merges.back().height);
        out.merges.push_back({id[at(a)], id[at(b)], height, size[at(a)]});
        id[at(a)] = n + static_cast<int>(out.merges.size()) - 1;
        root[at(b)] = a;
    }
    out.order = leafOrder(out, distances);
    std::vector<int> place(at(n) + out.merges.size());
    for (int i = 0; i < n; ++i) place[at(out.order[at(i)])] = i;
    for (std::size_t k = 0; k < out.merges.size(); ++k) {
        Merge& m = out.merges[k];
        if (place[at(m.left)] > place[at(m.right)]) std::swap(m.left, m.right);
        place[at(n) + k] = place[at(m.left)];
    }
    return out;
}

std::vector<int> cutAtHeight(const Dendrogram& tree, double height)
{
    std::size_t done = 0;
    while (done < tree.merges.size() && tree.merges[done].height <= height) ++done;
    return cutAfter(tree, done);
}

std::vector<int> cutInto(const Dendrogram& tree, int clusters)
{
    if (tree.leaves == 0) return {};
    return cutAfter(tree, static_cast<std::size_t>(tree.leaves - std::clamp(clusters, 1, tree.leaves)));
}

}  // namespace hs
