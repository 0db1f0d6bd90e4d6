// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/head_state.h"

#include <algorithm>
#include <cmath>

namespace hs::patterns {

void OffsetProfile::row(int query, const float* weights, KeyRange seen, const std::vector<bool>& isReference, float gate, int keys)
{
    const std::size_t most = std::max(at(query), at(query - seen.end + 1)) + 2;
    if (m_sum.size() < most) {
        m_sum.resize(most, 0.0);
        m_rows.resize(most, 0);
    }
    const double factor = static_cast<double>(keys) / static_cast<double>(gate);
    for (int j = seen.first; j < seen.end; ++j) {
        if (isReference[static_cast<std::size_t>(j)]) continue;
        const std::size_t k = at(query - j);
        m_sum[k] += static_cast<double>(weights[j]) * factor;
        ++m_rows[k];
    }
}

void OffsetProfile::finish(int rows)
{
    for (std::size_t k = 0; k < m_sum.size(); ++k) m_sum[k] = m_rows[k] < rows ? 1.0 : m_sum[k] / static_cast<double>(m_rows[k]);
}

double OffsetProfile::lift(int offset) const
{
    const std::size_t k = at(offset);
    // Never quite zero: a row whose every visible offset has lift 0 still has a null.
    return k < m_sum.size() ? m_sum[k] + 1e-9 : 1.0;
}

void HeadState::begin(const DocumentContext& context)
{
    const auto n = static_cast<std::size_t>(context.document.size());
    m_sums.assign(columns.size(), {});
    m_now = {};
    m_gates.assign(n, -1.0f);
    m_columnSum.assign(n, 0.0);
    m_rareSum.assign(context.rare.size() * n, 0.0);
    if (context.pass != PassKind::Full) return;
    m_values.assign(columns.size() * n, -1.0f);
    m_prefix.assign(n * (n + 1), 0.0f);
    m_sinkRow.assign(n, -1.0f);
    m_broadRow.assign(n, -1.0f);
    m_hasContent.assign(n, false);
}

void HeadState::row(const DocumentContext& context, const RowView& row)
{
    const auto query = static_cast<std::size_t>(row.query);
    const AnnotatedDocument& document = context.document;
    float onReferences = 0;
    for (const int r : document.references)
        if (row.seen.has(r)) onReferences += row.weights[r];
    const float gate = std::clamp(1.0f - onReferences, 0.0f, 1.0f);
    const bool counts = context.sets.rowCounts[query];
    const bool hasContent = static_cast<double>(gate) >= context.leastGate;
    if (counts && hasContent && context.pass == PassKind::Full) {
        profile.row(row.query, row.weights, row.seen, document.isReference, gate, context.sets.contentKeys[query]);
        m_hasContent[query] = true;
    }
    if (counts) m_gates[query] = gate;
    others(context, row, gate);
    if (!counts) return;

    const std::size_t n = m_gates.size();
    thread_local std::vector<float> prefixBuffer;
    float* prefix = nullptr;
    if (context.pass == PassKind::Full) prefix = m_prefix.data() + query * (n + 1);
    else {
        prefixBuffer.resize(n + 1);
        prefix = prefixBuffer.data();
    }
    m_logPrefix.resize(n + 1);
    std::fill_n(prefix, row.seen.first + 1, 0.0f);
    std::fill_n(m_logPrefix.begin(), row.seen.first + 1, 0.0f);
    const bool logs = context.pass == PassKind::Full;
    int argmax = -1;
    for (int j = row.seen.first; j < row.seen.end; ++j) {
        const float p = row.weights[j];
        prefix[j + 1] = prefix[j] + p;
        if (logs)
            m_logPrefix[static_cast<std::size_t>(j) + 1] = m_logPrefix[static_cast<std::size_t>(j)] + (p > 0 ? p * std::log(p) : 0.0f);
        if (document.isReference[static_cast<std::size_t>(j)]) continue;
        // Ties go to the smallest distance (engine/methods/patterns.md section 4.1).
        if (argmax < 0 || p > row.weights[argmax] || (p >= row.weights[argmax] && std::abs(j - row.query) < std::abs(argmax - row.query)))
            argmax = j;
    }
    massPatterns(context, row, gate, argmax, prefix, m_logPrefix.data());
}

void HeadState::massPatterns(const DocumentContext& context, const RowView& row, float gate, int argmax, const float* prefix,
                             const float* logPrefix)
{
    const auto query = static_cast<std::size_t>(row.query), n = m_gates.size();
    const bool full = context.pass == PassKind::Full, hasContent = static_cast<double>(gate) >= context.leastGate;
    const int content = context.sets.contentKeys[query];
    for (std::size_t p = 0; p < columns.size(); ++p) {
        const RowSets& sets = context.sets.sets[p];
        if (sets.count[query] == 0) continue;
        const MassPattern& pattern = context.patterns[p];
        const bool contentView = pattern.view == AttentionView::Content;
        if (contentView && !hasContent) continue;
        double mass = 0, logs = 0;
        for (int s = sets.first[query]; s < sets.first[query + 1]; ++s) {
            const Span span = sets.spans[static_cast<std::size_t>(s)];
            mass += static_cast<double>(prefix[span.end] - prefix[span.begin]);
            if (!full || !pattern.annotated()) continue;
            logs += static_cast<double>(logPrefix[span.end] - logPrefix[span.begin]);
        }
        Sums& sums = m_sums[p];
        const double value = contentView ? mass / static_cast<double>(gate) : mass;
        sums.x += value;
        ++sums.rows;
        if (!full) continue;
        sums.uniform += static_cast<double>(sets.count[query]) / (contentView ? content : row.seen.size());
        if (pattern.positional) sums.hits += argmax - row.query == pattern.offset ? 1.0 : 0.0;
        if (pattern.proof == PatternProof::Breadth && sets.count[query] > 1 && mass > 1e-6) {
            sums.breadth += (std::log(mass) - logs / mass) / std::log(static_cast<double>(sets.count[query]));
            ++sums.breadthRows;
        }
        m_values[p * n + query] = static_cast<float>(value);
    }
}

void HeadState::end(const DocumentContext& context)
{
    endPatterns(context);
    endOthers(context);
}

void HeadState::addProfile(const DocumentContext& context, const OffsetProfile& finished)
{
    const AnnotatedDocument& document = context.document;
    const int n = document.size();
    // Prefix sums of the lift by key - query + n.
    std::vector<double> prefix(2 * static_cast<std::size_t>(n), 0.0);
    for (std::size_t k = 1; k < prefix.size(); ++k) prefix[k] = prefix[k - 1] + finished.lift(n - static_cast<int>(k));
    const std::vector<bool>& hasContent = other.hasContent[static_cast<std::size_t>(document.index)];
    std::vector<double> sums(columns.size(), 0.0);
    std::vector<int> rows(columns.size(), 0);
    for (int query = 0; query < n; ++query) {
        const auto at = static_cast<std::size_t>(query);
        if (!context.sets.rowCounts[at]) continue;
        const auto liftOf = [&](int begin, int end) {
            return prefix[static_cast<std::size_t>(end - 1 - query + n)] - prefix[static_cast<std::size_t>(begin - 1 - query + n)];
        };
        const KeyRange seen = context.mask.keys(query, n);
        double all = liftOf(seen.first, seen.end);
        for (const int r : document.references)
            if (seen.has(r)) all -= liftOf(r, r + 1);
        for (std::size_t p = 0; p < columns.size(); ++p) {
            const RowSets& sets = context.sets.sets[p];
            if (!context.patterns[p].annotated() || sets.count[at] == 0) continue;
            if (context.patterns[p].view == AttentionView::Content && !hasContent[at]) continue;
            double lift = 0;
            for (int s = sets.first[at]; s < sets.first[at + 1]; ++s) {
                const Span span = sets.spans[static_cast<std::size_t>(s)];
                lift += liftOf(span.begin, span.end);
            }
            sums[p] += all > 0 ? lift / all : 0.0;
            ++rows[p];
        }
    }
    for (std::size_t p = 0; p < columns.size(); ++p)
        if (context.patterns[p].annotated()) put(columns[p].profile, document.index, rows[p] > 0 ? sums[p] / rows[p] : kNoValue, kNoValue);
}

namespace {

/// Rows with the largest, smallest and most ordinary value; the first of equals.
void pick(const float* values, std::size_t n, double mean, int document, std::vector<RowPick>& best, std::vector<RowPick>& worst,
          std::vector<RowPick>& typical)
{
    RowPick high, low, near;
    for (std::size_t i = 0; i < n; ++i) {
        const float v = values[i];
        if (v < 0) continue;
        const RowPick here{static_cast<int>(i), v};
        if (high.query < 0 || v > high.value) high = here;
        if (low.query < 0 || v < low.value) low = here;
        if (near.query < 0 || std::abs(static_cast<double>(v) - mean) < std::abs(static_cast<double>(near.value) - mean)) near = here;
    }
    put(best, document, high, {});
    put(worst, document, low, {});
    put(typical, document, near, {});
}

}  // namespace

void HeadState::endPatterns(const DocumentContext& context)
{
    const std::size_t n = m_gates.size();
    const bool full = context.pass == PassKind::Full;
    for (std::size_t p = 0; p < columns.size(); ++p) {
        PatternColumns& column = columns[p];
        const Sums& sums = m_sums[p];
        const auto mean = [&](double sum, int rows) { return rows > 0 ? sum / rows : kNoValue; };
        const int d = context.document.index;
        const double x = mean(sums.x, sums.rows);
        put(column.x, d, x, kNoValue);
        if (!full) continue;
        const MassPattern& pattern = context.patterns[p];
        put(column.rows, d, static_cast<double>(sums.rows), 0.0);
        column.events += sums.rows;
        put(column.uniform, d, mean(sums.uniform, sums.rows), kNoValue);
        if (pattern.positional) put(column.hits, d, mean(sums.hits, sums.rows), kNoValue);
        pick(m_values.data() + p * n, n, x, d, column.best, column.worst, column.typical);
        if (!pattern.annotated()) continue;
        if (pattern.proof == PatternProof::Breadth) put(column.breadth, d, mean(sums.breadth, sums.breadthRows), kNoValue);
        if (pattern.proof == PatternProof::Delta)
            put(column.delta, d,
                m_now.continuations > 0 && m_now.initials > 0 ? m_now.continuation / m_now.continuations - m_now.initial / m_now.initials
                                                              : kNoValue,
                kNoValue);
        double sum = 0;
        long rows = 0;
        bool skip = false;
        for (const ShiftedSpan& shifted : context.sets.shifted[p]) {
            const auto row = static_cast<std::size_t>(shifted.row);
            const float gate = m_gates[row];
            const bool contentView = pattern.view == AttentionView::Content;
            if (shifted.firstOfRow) {
                skip = gate < 0 || (contentView && static_cast<double>(gate) < context.leastGate);
                rows += skip ? 0 : 1;
            }
            if (skip) continue;
            const float* prefix = m_prefix.data() + row * (n + 1);
            sum += static_cast<double>((prefix[shifted.span.end] - prefix[shifted.span.begin]) / (contentView ? gate : 1.0f));
        }
        put(column.shuffled, d, rows > 0 ? sum / static_cast<double>(rows) : kNoValue, kNoValue);
    }
    if (!full) return;
    const int d = context.document.index;
    pick(m_sinkRow.data(), n, m_now.sinkRows > 0 ? m_now.sink / m_now.sinkRows : 0.0, d, other.sinkBest, other.sinkWorst,
         other.sinkTypical);
    pick(m_broadRow.data(), n, m_now.contentRows > 0 ? m_now.content / m_now.contentRows : 0.0, d, other.broadBest, other.broadWorst,
         other.broadTypical);
}

}  // namespace hs::patterns
