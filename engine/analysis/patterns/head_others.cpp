// SPDX-License-Identifier: GPL-3.0-or-later
// Rows and documents of the measures that are no mass on a set: entropy, distance, confidence, sink, columns, rare words, no-op.
#include <algorithm>
#include <cmath>

#include "engine/analysis/patterns/head_state.h"

namespace hs::patterns {
namespace {

/// Queries that must see a column before its mean is compared with others.
constexpr int kColumnRows = 16;

}  // namespace

void HeadState::others(const DocumentContext& context, const RowView& row, float gate)
{
    const float* norms = row.norms;
    const AnnotatedDocument& document = context.document;
    const auto query = static_cast<std::size_t>(row.query);
    const bool full = context.pass == PassKind::Full, hasContent = static_cast<double>(gate) >= context.leastGate;
    for (int j = row.seen.first; j < row.seen.end; ++j) m_columnSum[static_cast<std::size_t>(j)] += static_cast<double>(row.weights[j]);

    const bool inSink = row.seen.has(0) && (context.mask.looksAhead() || row.query < context.sinkRows);
    if (inSink) {
        m_now.sink += static_cast<double>(row.weights[0]);
        m_now.sinkNull += 1.0 / row.seen.size();
        ++m_now.sinkRows;
        if (full && row.query > 0) m_sinkRow[query] = row.weights[0];
    }
    for (std::size_t s = 0; s < context.rare.size(); ++s) {
        const RareSentence& sentence = context.rare[s];
        if (row.query < sentence.rows.front() || row.query > sentence.rows.back() || !hasContent || document.isReference[query]) continue;
        for (const int candidate : sentence.candidates)
            if (row.seen.has(candidate) && candidate != row.query)
                m_rareSum[s * m_gates.size() + static_cast<std::size_t>(candidate)] += static_cast<double>(row.weights[candidate] / gate);
    }

    double entropy = 0, contentLogs = 0, distance = 0, contentDistance = 0, contentMass = 0;
    float most = 0, contentMost = 0;
    for (int j = row.seen.first; j < row.seen.end; ++j) {
        const float p = row.weights[j];
        const double logs = p > 0 ? static_cast<double>(p) * static_cast<double>(std::log(p)) : 0.0;
        const double far = static_cast<double>(p) * std::abs(row.query - j);
        entropy -= logs;
        distance += far;
        most = std::max(most, p);
        if (document.isReference[static_cast<std::size_t>(j)]) continue;
        contentLogs -= logs;
        contentDistance += far;
        contentMass += static_cast<double>(p);
        contentMost = std::max(contentMost, p);
    }
    const int content = context.sets.contentKeys[query];
    if (context.sets.rowCounts[query] && hasContent && content > 1) {
        const double normalised = (contentLogs / contentMass + std::log(contentMass)) / std::log(static_cast<double>(content));
        m_now.content += normalised;
        ++m_now.contentRows;
        if (full) m_broadRow[query] = static_cast<float>(std::max(0.0, normalised));
    }
    if (!full) return;

    other.distanceSum += distance;
    other.distanceMass += 1.0;
    // The first row of a causal map sees itself alone and has no choice.
    if (row.query > 0) m_now.distance += std::isnan(row.distance) ? distance : row.distance;
    if (context.sets.rowCounts[query] && hasContent) {
        other.contentDistanceSum += contentDistance / static_cast<double>(gate);
        other.contentDistanceMass += 1.0;
    }
    if (row.seen.size() > 1) {
        m_now.entropy += entropy;
        m_now.effective += std::exp(entropy);
        m_now.normalised += entropy / std::log(static_cast<double>(row.seen.size()));
        m_now.confidence += static_cast<double>(most);
        m_now.contentConfidence += static_cast<double>(contentMost);
        m_now.gate += static_cast<double>(gate);
        m_now.first += row.seen.has(0) ? static_cast<double>(row.weights[0]) : 0.0;
        ++m_now.rows;
    }
    if (row.seen.has(row.query - 1)) {
        const double previous = static_cast<double>(row.weights[row.query - 1]);
        m_now.previous += previous;
        ++m_now.previousRows;
        if (context.sets.rowCounts[query] && document.word[query] >= 0) {
            const bool continues = document.word[query] == document.word[query - 1];
            (continues ? m_now.continuation : m_now.initial) += previous;
            ++(continues ? m_now.continuations : m_now.initials);
        }
    }
    if (norms && context.sets.rowCounts[query]) {
        // What is written, in units of an average content value (engine/methods/patterns.md section 4.8).
        double all = 0, onReferences = 0, contentNorm = 0;
        for (int j = row.seen.first; j < row.seen.end; ++j) {
            const double norm = static_cast<double>(norms[j]), share = static_cast<double>(row.weights[j]) * norm;
            all += share;
            if (document.isReference[static_cast<std::size_t>(j)]) onReferences += share;
            else contentNorm += norm;
        }
        if (all > 0 && contentNorm > 0) {
            m_now.referenceShare += onReferences / all;
            m_now.unwritten += std::max(0.0, 1.0 - (all - onReferences) / (contentNorm / content));
            m_now.unwrittenNull += 1.0 - static_cast<double>(content) / row.seen.size();
            ++m_now.normRows;
        }
    }
}

void HeadState::endOthers(const DocumentContext& context)
{
    const AnnotatedDocument& document = context.document;
    const int n = document.size(), d = document.index;
    const auto mean = [](double sum, int rows) { return rows > 0 ? sum / rows : kNoValue; };

    const auto keep = [d](PerDocument& column, double value) { put(column, d, value, kNoValue); };

    const bool longEnough = n >= context.sinkShortest;
    keep(other.sink, longEnough ? mean(m_now.sink, m_now.sinkRows) : kNoValue);
    keep(other.contentEntropy, mean(m_now.content, m_now.contentRows));

    // Generic column: mean over the rows that see it, less the mean of 1 / |V| over them.
    double best = kNoValue, bestNull = 0;
    int at = -1;
    double harmonic = 0;  // sum of 1 / |V| over the rows that see key k: they move on with k
    const auto share = [&](int query) { return 1.0 / context.mask.keys(query, n).size(); };
    KeyRange summed{n, n};
    for (int k = n - 1; k >= 0; --k) {
        const KeyRange seeing = context.mask.queries(k, n);
        while (summed.first > seeing.first) harmonic += share(--summed.first);
        while (summed.end > seeing.end) harmonic -= share(--summed.end);
        const int rows = seeing.size();
        if (rows < kColumnRows || document.isReference[static_cast<std::size_t>(k)]) continue;
        const double alpha = m_columnSum[static_cast<std::size_t>(k)] / rows;
        const double null = harmonic / rows;
        if (at < 0 || alpha - null >= best - bestNull) {
            best = alpha;
            bestNull = null;
            at = k;
        }
    }
    keep(other.column, best);

    double hits = 0, null = 0;
    for (std::size_t s = 0; s < context.rare.size(); ++s) {
        const RareSentence& sentence = context.rare[s];
        int top = -1;
        double topMean = 0;
        for (const int candidate : sentence.candidates) {
            const int rows = context.mask.looksAhead() ? static_cast<int>(sentence.rows.size()) - 1
                                                       : context.mask.queries(candidate, sentence.rows.back() + 1).size() - 1;
            const double value = m_rareSum[s * m_gates.size() + static_cast<std::size_t>(candidate)] / rows;
            if (top < 0 || value > topMean) {
                top = candidate;
                topMean = value;
            }
        }
        hits += top == sentence.rarest ? 1.0 : 0.0;
        null += 1.0 / static_cast<double>(sentence.candidates.size());
    }
    const auto sentences = static_cast<int>(context.rare.size());
    keep(other.rareHits, mean(hits, sentences));

    keep(other.unwritten, mean(m_now.unwritten, m_now.normRows));
    if (context.pass != PassKind::Full) return;
    keep(other.sinkNull, longEnough ? mean(m_now.sinkNull, m_now.sinkRows) : kNoValue);
    if (longEnough) other.sinkEvents += m_now.sinkRows;
    keep(other.columnNull, at >= 0 ? bestNull : kNoValue);
    put(other.columnAt, d, at, -1);
    put(other.columnClass, d, at >= 0 ? document.classes[static_cast<std::size_t>(at)] : TokenClass::Word, TokenClass::Word);
    keep(other.rareNull, mean(null, sentences));
    other.rareSentences += sentences;
    keep(other.unwrittenNull, mean(m_now.unwrittenNull, m_now.normRows));
    keep(other.referenceShare, mean(m_now.referenceShare, m_now.normRows));
    keep(other.entropy, mean(m_now.entropy, m_now.rows));
    keep(other.entropyNormalised, mean(m_now.normalised, m_now.rows));
    keep(other.effectiveKeys, mean(m_now.effective, m_now.rows));
    keep(other.confidence, mean(m_now.confidence, m_now.rows));
    keep(other.contentConfidence, mean(m_now.contentConfidence, m_now.rows));
    keep(other.gate, mean(m_now.gate, m_now.rows));
    keep(other.first, mean(m_now.first, m_now.rows));
    keep(other.previous, mean(m_now.previous, m_now.previousRows));
    put(other.rows, d, static_cast<double>(m_now.contentRows), 0.0);
    put(other.rawRows, d, static_cast<double>(m_now.rows), 0.0);
    put(other.distance, d, m_now.distance, 0.0);
    put(other.hasContent, d, m_hasContent, {});
    other.broadEvents += m_now.contentRows;
}

}  // namespace hs::patterns
