// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/evidence_parts.h"

#include <algorithm>
#include <cmath>

namespace hs::synthetic {

HeadEvidence evidenceFor(HeadId head, LabelId label, std::string analysis, std::string variant)
{
    HeadEvidence e;
    e.head = head;
    e.label = std::move(label);
    e.analysis = std::move(analysis);
    e.variant = std::move(variant);
    e.data = DataKind::Synthetic;
    e.view = AttentionView::Raw;
    return e;
}

void addNull(HeadEvidence& evidence, NullKind kind, const PerDocument& u)
{
    if (std::any_of(u.begin(), u.end(), [](double x) { return !std::isnan(x); })) evidence.nulls.push_back({kind, u});
}

void addExamples(HeadEvidence& evidence, const std::vector<std::vector<float>>& values, const std::vector<TargetList>& targets,
                 const std::vector<int>& lengths)
{
    constexpr int window = 12;  // tokens to each side that are worth showing
    std::vector<ExampleRow> rows;
    double sum = 0;
    for (std::size_t s = 0; s < values.size(); ++s)
        for (std::size_t k = 0; k < values[s].size(); ++k) {
            const RowTargets& t = targets[s][k];
            ExampleRow row{static_cast<int>(s), t.query, t.keys, values[s][k], 0, 0};
            row.first = std::max(0, std::min(t.query, t.keys.front()) - window);
            row.last = std::min(lengths[s], std::max(t.query, t.keys.back()) + 1 + window);
            sum += static_cast<double>(row.value);
            rows.push_back(std::move(row));
        }
    if (rows.empty()) return;
    const auto count = std::min<std::size_t>(kExamples, rows.size());
    const auto take = [&](auto before) {
        std::stable_sort(rows.begin(), rows.end(), before);
        return std::vector<ExampleRow>(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count));
    };
    const double mean = sum / static_cast<double>(rows.size());
    const auto offMean = [mean](const ExampleRow& r) { return std::abs(static_cast<double>(r.value) - mean); };
    const auto place = [](const ExampleRow& r) { return std::pair(r.document, r.query); };
    evidence.best =
        take([&](const ExampleRow& a, const ExampleRow& b) { return a.value != b.value ? a.value > b.value : place(a) < place(b); });
    evidence.worst =
        take([&](const ExampleRow& a, const ExampleRow& b) { return a.value != b.value ? a.value < b.value : place(a) < place(b); });
    evidence.typical = take(
        [&](const ExampleRow& a, const ExampleRow& b) { return offMean(a) != offMean(b) ? offMean(a) < offMean(b) : place(a) < place(b); });
}

ExampleDocument exampleDocument(const SyntheticDocument& document, int number)
{
    return {number, DataKind::Synthetic, document.kind, document.ids};
}

double meanOf(const PerDocument& column)
{
    double sum = 0;
    int n = 0;
    for (const double x : column)
        if (!std::isnan(x)) {
            sum += x;
            ++n;
        }
    return n > 0 ? sum / n : kNoValue;
}

double deviationOf(const PerDocument& column)
{
    const double mean = meanOf(column);
    double sum = 0;
    int n = 0;
    for (const double x : column)
        if (!std::isnan(x)) {
            sum += (x - mean) * (x - mean);
            ++n;
        }
    return n > 1 ? std::sqrt(sum / (n - 1)) : kNoValue;
}

}  // namespace hs::synthetic
