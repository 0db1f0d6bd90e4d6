// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/targets.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace hs {
namespace {

/// Rows that look almost only at reference tokens say nothing about content.
constexpr double kLeastContent = 0.05;

bool isIn(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

}  // namespace

std::vector<std::vector<int>> earlierOccurrences(const std::vector<int>& ids, int begin)
{
    std::vector<std::vector<int>> out(ids.size());
    std::unordered_map<int, std::vector<int>> seen;
    for (std::size_t i = static_cast<std::size_t>(begin); i < ids.size(); ++i) {
        std::vector<int>& before = seen[ids[i]];
        out[i] = before;
        before.push_back(static_cast<int>(i));
    }
    return out;
}

TargetList duplicateTargets(const std::vector<int>& ids, int begin, Visibility mask)
{
    TargetList out;
    if (!mask.looksAhead()) {
        std::vector<std::vector<int>> earlier = earlierOccurrences(ids, begin);
        for (std::size_t i = 0; i < earlier.size(); ++i)
            if (!earlier[i].empty()) out.push_back({static_cast<int>(i), std::move(earlier[i])});
        return out;
    }
    std::unordered_map<int, std::vector<int>> all;
    for (std::size_t i = static_cast<std::size_t>(begin); i < ids.size(); ++i) all[ids[i]].push_back(static_cast<int>(i));
    for (std::size_t i = static_cast<std::size_t>(begin); i < ids.size(); ++i) {
        std::vector<int> keys;
        for (const int j : all[ids[i]])
            if (j != static_cast<int>(i)) keys.push_back(j);
        if (!keys.empty()) out.push_back({static_cast<int>(i), std::move(keys)});
    }
    return out;
}

TargetList inductionTargets(const std::vector<int>& ids, int begin)
{
    TargetList out = duplicateTargets(ids, begin);
    for (RowTargets& row : out)
        for (int& key : row.keys) ++key;
    return out;
}

TargetList pointerTargets(const std::vector<int>& ids, int begin)
{
    TargetList out;
    std::unordered_map<int, std::vector<int>> seen;
    for (std::size_t i = static_cast<std::size_t>(begin); i + 1 < ids.size(); ++i) {
        seen[ids[i]].push_back(static_cast<int>(i));
        if (const auto next = seen.find(ids[i + 1]); next != seen.end()) out.push_back({static_cast<int>(i), next->second});
    }
    return out;
}

TargetList offsetTargets(int n, int offset, int first)
{
    TargetList out;
    for (int i = first; i < n; ++i)
        if (i + offset >= 0 && i + offset < n) out.push_back({i, {i + offset}});
    return out;
}

TargetMass targetMass(ViewF map, const TargetList& targets, const MapReading& reading)
{
    const std::vector<int>& references = reading.references;
    TargetMass out;
    double mass = 0, uniform = 0, gate = 0;
    long gates = 0;
    for (const RowTargets& row : targets) {
        const KeyRange seen = reading.mask.keys(row.query, static_cast<int>(map.cols));
        if (isIn(references, row.query)) continue;
        const float* weights = map.row(row.query);
        double content = 1;
        int keys = seen.size();
        for (const int r : references)
            if (seen.has(r)) {
                content -= static_cast<double>(weights[r]);
                --keys;
            }
        gate += content;
        ++gates;
        if (keys <= 0 || (!references.empty() && content < kLeastContent)) continue;
        double sum = 0;
        int inside = 0;
        for (const int key : row.keys) {
            if (!seen.has(key) || isIn(references, key)) continue;
            sum += static_cast<double>(weights[key]);
            ++inside;
        }
        if (inside == 0) continue;
        mass += sum / content;
        uniform += static_cast<double>(inside) / keys;
        ++out.rows;
    }
    const double none = std::numeric_limits<double>::quiet_NaN();
    out.mass = out.rows > 0 ? mass / static_cast<double>(out.rows) : none;
    out.uniform = out.rows > 0 ? uniform / static_cast<double>(out.rows) : none;
    out.gate = gates > 0 ? gate / static_cast<double>(gates) : none;
    return out;
}

}  // namespace hs
