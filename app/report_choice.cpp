// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report_choice.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>

#include "engine/forward/row_place.h"

namespace hs::app {
namespace {

/// Keys that followed an earlier occurrence of each query's token.
std::vector<std::vector<int>> followers(const AttentionSource& source)
{
    const auto& queries = source.queryTokens();
    const auto& keys = source.keyTokens();
    std::vector<std::vector<int>> out(queries.size());
    const auto offset = rowOffset(source);
    if (!offset) return out;  // another text: nothing of it came earlier
    for (std::size_t i = 0; i < queries.size(); ++i) {
        if (queries[i].special) continue;
        const std::size_t last = std::min(i + static_cast<std::size_t>(*offset), keys.size());
        for (std::size_t j = 0; j + 1 < last; ++j)
            if (keys[j].piece == queries[i].piece && keys[j].id == queries[i].id) out[i].push_back(static_cast<int>(j) + 1);
    }
    return out;
}

std::optional<float> afterRepeat(const MatrixF& map, const std::vector<std::vector<int>>& follow)
{
    double sum = 0;
    int rows = 0;
    for (std::size_t i = 0; i < follow.size(); ++i) {
        if (follow[i].empty()) continue;
        ++rows;
        for (const int key : follow[i]) sum += static_cast<double>(map(static_cast<std::ptrdiff_t>(i), key));
    }
    if (rows == 0) return std::nullopt;
    return static_cast<float>(sum / rows);
}

}  // namespace

Result<std::vector<HeadScores>> scoreHeads(const AttentionSource& source, const Progress& progress)
{
    const auto follow = followers(source);
    const bool repeats = std::any_of(follow.begin(), follow.end(), [](const auto& keys) { return !keys.empty(); });
    std::vector<HeadScores> out;
    for (int layer = 0; layer < source.layers(); ++layer) {
        progress.report(Stage::Statistics, layer, source.layers());
        for (int h = 0; h < source.heads(layer); ++h) {
            if (!progress.checkpoint()) return Error::cancelled();
            HeadScores scores;
            scores.head = {layer, h};
            const auto stats = source.stats(scores.head);
            if (!stats) return Error::argument(headName(scores.head));
            scores.previous = stats->previousMass;
            scores.first = stats->firstMass;
            scores.self = stats->selfMass;
            scores.entropy = stats->meanEntropy;
            scores.largest = stats->meanMax;
            scores.distance = stats->meanDistance;
            if (repeats) {
                const auto map = source.tile(scores.head, MapKind::Weights, 0, source.queries(), 0, source.keys());
                if (!map) return map.error();
                scores.afterRepeat = afterRepeat(*map, follow);
            }
            out.push_back(scores);
        }
    }
    return out;
}

std::vector<Chosen> chooseHeads(const std::vector<HeadScores>& scores)
{
    std::vector<Chosen> out;
    const auto take = [&](const char* why, const char* key, auto value) {
        const HeadScores* best = nullptr;
        for (const HeadScores& s : scores) {
            const bool taken = std::any_of(out.begin(), out.end(), [&](const Chosen& c) { return c.head == s.head; });
            if (taken || std::isnan(value(s))) continue;  // not a number: there is no such thing on this map
            if (!best || value(s) > value(*best)) best = &s;
        }
        if (best) out.push_back({best->head, why, key, value(*best)});
    };
    // Most specific first: a head that both copies and looks at the first token is shown for the copying.
    const bool repeats = std::any_of(scores.begin(), scores.end(), [](const HeadScores& s) { return s.afterRepeat.has_value(); });
    if (repeats)
        take(QT_TRANSLATE_NOOP("CommandLine", "largest mean weight on what followed an earlier occurrence of the same token"),
             "after-repeat", [](const HeadScores& s) { return s.afterRepeat.value_or(0); });
    else
        take(QT_TRANSLATE_NOOP("CommandLine", "largest mean distance between query and key"), "far",
             [](const HeadScores& s) { return s.distance; });
    take(QT_TRANSLATE_NOOP("CommandLine", "largest mean weight on the previous token"), "previous-token",
         [](const HeadScores& s) { return s.previous; });
    take(QT_TRANSLATE_NOOP("CommandLine", "largest mean weight on the first token"), "first-token",
         [](const HeadScores& s) { return s.first; });
    return out;
}

}  // namespace hs::app
