// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/rows.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/analysis/labels/evidence.h"
#include "engine/tensor/nn.h"

namespace hs {

double retrievalScore(const std::vector<int>& argmax, const std::vector<int>& emitted, const std::vector<int>& ids, int first, int last)
{
    std::set<int> needle, copied;
    for (int j = first; j < last; ++j) needle.insert(ids[static_cast<std::size_t>(j)]);
    for (std::size_t t = 0; t < argmax.size(); ++t)
        if (argmax[t] >= first && argmax[t] < last && ids[static_cast<std::size_t>(argmax[t])] == emitted[t]) copied.insert(emitted[t]);
    return needle.empty() ? kNoValue : static_cast<double>(copied.size()) / static_cast<double>(needle.size());
}

double retrievalScore(ViewF map, const std::vector<int>& rows, const std::vector<int>& emitted, const std::vector<int>& ids, int first,
                      int last)
{
    std::vector<int> argmax;
    for (const int row : rows) argmax.push_back(static_cast<int>(argmaxOf(map.row(row), row + 1)));
    return retrievalScore(argmax, emitted, ids, first, last);
}

MarkovScore markovScore(ViewF map, const std::vector<int>& ids, int begin, Visibility mask)
{
    MarkovScore out;
    double evenness = 0;
    long evenRows = 0;
    for (int i = begin + 1; i < static_cast<int>(ids.size()); ++i) {
        double mass = 0, other = 0, entropy = 0;
        int targets = 0, others = 0;
        const KeyRange seen = mask.keys(i, static_cast<int>(map.cols));
        for (int j = std::max(begin + 1, seen.first); j <= i; ++j) {
            const double a = static_cast<double>(map(i, j));
            if (ids[static_cast<std::size_t>(j - 1)] == ids[static_cast<std::size_t>(i)]) {
                mass += a;
                ++targets;
            } else {
                other += a;
                ++others;
            }
        }
        if (targets == 0 || targets == seen.size()) continue;
        out.mass += mass;
        out.uniform += static_cast<double>(targets) / seen.size();
        out.other += others > 0 ? std::min(1.0, other * targets / others) : 0.0;
        ++out.rows;
        if (targets < 2 || mass <= 0) continue;
        for (int j = std::max(begin + 1, seen.first); j <= i; ++j) {
            const double p = static_cast<double>(map(i, j)) / mass;
            if (ids[static_cast<std::size_t>(j - 1)] == ids[static_cast<std::size_t>(i)] && p > 0) entropy -= p * std::log(p);
        }
        evenness += entropy / std::log(static_cast<double>(targets));
        ++evenRows;
    }
    const double rows = static_cast<double>(out.rows);
    out.mass = out.rows > 0 ? out.mass / rows : kNoValue;
    out.uniform = out.rows > 0 ? out.uniform / rows : kNoValue;
    out.other = out.rows > 0 ? out.other / rows : kNoValue;
    out.evenness = evenRows > 0 ? evenness / static_cast<double>(evenRows) : kNoValue;
    return out;
}

IterationScore iterationScore(ViewF map, const IterationDocument& d)
{
    IterationScore out;
    for (int t = 1; t <= d.n; ++t) out.onSeparator += static_cast<double>(map(d.separator + t, d.separator)) / d.n;
    for (int t = 0; t < d.n; ++t) out.onInput += static_cast<double>(map(d.separator + t, d.begin + t)) / d.n;
    return out;
}

double raiseShare(const std::vector<float>& logits, int attended)
{
    double mean = 0, sum = 0;
    for (const float c : logits) mean += static_cast<double>(c) / static_cast<double>(logits.size());
    for (const float c : logits) sum += std::max(0.0, static_cast<double>(c) - mean);
    return sum > 0 ? std::max(0.0, static_cast<double>(logits[static_cast<std::size_t>(attended)]) - mean) / sum : kNoValue;
}

}  // namespace hs
