// SPDX-License-Identifier: GPL-3.0-or-later
// Metrics of an oracle run in double precision, and derivatives by central differences.
#pragma once

#include "engine/forward/metric.h"
#include "tests/support/oracle_forward.h"

namespace hs::test {

inline double oracleMetric(const OracleRun& run, const Metric& metric, const Prompt& prompt, const std::vector<bool>& padding,
                           const OracleRun* reference = nullptr)
{
    const auto lse = [](const std::vector<double>& row) {
        double sum = 0;
        for (double x : row) sum += std::exp(x);
        return std::log(sum);
    };
    double total = 0;
    if (metric.kind == MetricKind::Loss && !prompt.targets.empty()) {
        for (const Target& t : prompt.targets) {
            const std::vector<double>& row = run.logits[static_cast<std::size_t>(t.position)];
            total += lse(row) - row[static_cast<std::size_t>(t.id)];
        }
        return total / static_cast<double>(prompt.targets.size());
    }
    const std::vector<int> positions = metricPositions(metric, prompt, padding);
    for (const int p : positions) {
        const auto at = static_cast<std::size_t>(p);
        const std::vector<double>& row = run.logits[at];
        const auto logit = [&](int id) { return row[static_cast<std::size_t>(id)]; };
        switch (metric.kind) {
        case MetricKind::Loss: total += lse(row) - logit(prompt.tokens[at + 1].id); break;
        case MetricKind::LogProb: total += logit(metric.answer >= 0 ? metric.answer : prompt.tokens[at + 1].id) - lse(row); break;
        case MetricKind::LogitDifference: total += logit(metric.answer) - (metric.wrong >= 0 ? logit(metric.wrong) : 0.0); break;
        case MetricKind::Kl: {
            const std::vector<double>& other = reference->logits[at];
            for (std::size_t i = 0; i < row.size(); ++i) {
                const double log0 = other[i] - lse(other);
                total += std::exp(log0) * (log0 - row[i] + lse(row));
            }
            break;
        }
        }
    }
    return total / static_cast<double>(positions.size());
}

}  // namespace hs::test
