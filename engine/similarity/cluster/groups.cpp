// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/cluster/groups.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include "engine/base/at.h"

namespace hs {
namespace {

/// s(i) from the sums of distances to every cluster.
double silhouetteOf(const double* sums, const std::vector<int>& size, const std::vector<int>& clusters, int own)
{
    if (size[at(own)] <= 1) return 0;
    const double a = sums[own] / (size[at(own)] - 1);
    double b = std::numeric_limits<double>::infinity();
    for (const int c : clusters)
        if (c != own) b = std::min(b, sums[c] / size[at(c)]);
    const double largest = std::max(a, b);
    return largest > 0 ? (b - a) / largest : 0;
}

}  // namespace

std::vector<double> silhouette(const DistanceMatrix& d, const std::vector<int>& labels)
{
    const int n = d.n, count = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1;
    std::vector<double> out(at(n));
    if (count < 2) return out;
    std::vector<int> size(at(count)), clusters(at(count));
    std::iota(clusters.begin(), clusters.end(), 0);
    for (const int label : labels) ++size[at(label)];
    std::vector<double> sums(at(count));
    for (int i = 0; i < n; ++i) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (int j = 0; j < n; ++j) sums[at(labels[at(j)])] += d(i, j);
        out[at(i)] = silhouetteOf(sums.data(), size, clusters, labels[at(i)]);
    }
    return out;
}

Result<SilhouetteCut> bestSilhouetteCut(const DistanceMatrix& d, const Dendrogram& tree, const Progress& progress)
{
    const int n = tree.leaves;
    SilhouetteCut out;
    out.meanByClusters.assign(at(n) + 1, 0.0);
    out.height = tree.merges.empty() ? 0 : tree.merges.back().height;
    if (d.n != n) return Error::shape("distances", std::to_string(d.n), std::to_string(n));
    if (n < 3) return out;

    // Clusters live in the slot of one of their leaves; a merge adds one column of sums to another.
    std::vector<double> sums = d.values;
    std::vector<int> size(at(n), 1), slot(at(n) + tree.merges.size()), own(at(n)), clusters(at(n));
    std::iota(slot.begin(), slot.begin() + n, 0);
    std::iota(own.begin(), own.end(), 0);
    std::iota(clusters.begin(), clusters.end(), 0);
    double best = 0;
    for (std::size_t k = 0; k + 1 < tree.merges.size(); ++k) {
        if (progress.stopped()) return Error::cancelled();
        progress.report(Stage::Clustering, static_cast<std::int64_t>(k), static_cast<std::int64_t>(tree.merges.size()));
        const int a = slot[at(tree.merges[k].left)], b = slot[at(tree.merges[k].right)];
        slot[at(n) + k] = a;
        size[at(a)] += size[at(b)];
        clusters.erase(std::find(clusters.begin(), clusters.end(), b));
        double total = 0;
        for (int i = 0; i < n; ++i) {
            double* row = sums.data() + at(i) * at(n);
            row[a] += row[b];
            if (own[at(i)] == b) own[at(i)] = a;
            total += silhouetteOf(row, size, clusters, own[at(i)]);
        }
        const int count = n - static_cast<int>(k) - 1;
        const double mean = total / n;
        out.meanByClusters[at(count)] = mean;
        if (mean > 0 && mean >= best) {  // later cuts have fewer clusters
            best = mean;
            out.clusters = count;
            out.mean = mean;
            out.height = tree.merges[k].height;
        }
    }
    return out;
}

std::vector<HeadGroup> groupsOf(const DistanceMatrix& d, const std::vector<int>& labels, const std::vector<double>& sinkMass,
                                double sinkLevel)
{
    std::vector<HeadGroup> out(labels.empty() ? 0 : at(*std::max_element(labels.begin(), labels.end()) + 1));
    for (std::size_t i = 0; i < labels.size(); ++i) out[at(labels[i])].members.push_back(static_cast<int>(i));
    for (HeadGroup& g : out) {
        double least = std::numeric_limits<double>::infinity(), total = 0;
        for (const int i : g.members) {
            double sum = 0;
            for (const int j : g.members) {
                sum += d(i, j);
                g.diameter = std::max(g.diameter, d(i, j));
            }
            total += sum;
            if (sum < least) {
                least = sum;
                g.medoid = i;
            }
        }
        const auto count = static_cast<double>(g.members.size());
        if (count > 1) g.meanDistance = total / (count * (count - 1));
        g.allSinks = count > 1 && sinkMass.size() == labels.size()
                     && std::all_of(g.members.begin(), g.members.end(), [&](int i) { return sinkMass[at(i)] >= sinkLevel; });
    }
    return out;
}

}  // namespace hs
