// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/pattern_distance.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <random>

#include "engine/base/at.h"
#include "engine/base/parallel.h"
#include "engine/similarity/behaviour/js_kernel.h"
#include "engine/tensor/reduce.h"

namespace hs {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<bool> referenceTokens(const std::vector<Token>& tokens, bool causal)
{
    std::vector<bool> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) out.push_back(tokens[i].special || (causal && i == 0));
    return out;
}

/// One row from each of `count` equal stretches of [0, n).
std::vector<int> sampleRows(int n, int count, std::uint64_t seed)
{
    std::vector<int> out;
    if (count <= 0 || count >= n) {
        for (int i = 0; i < n; ++i) out.push_back(i);
        return out;
    }
    std::mt19937_64 random(seed);
    for (int k = 0; k < count; ++k) {
        const int first = static_cast<int>(static_cast<std::int64_t>(n) * k / count),
                  end = static_cast<int>(static_cast<std::int64_t>(n) * (k + 1) / count);
        out.push_back(first + static_cast<int>(random() % static_cast<std::uint64_t>(std::max(1, end - first))));
    }
    return out;
}

}  // namespace

/// Some rows of all heads. Row r of head h is cells[(r * heads + h) * width ...]: the keys [0, visible[r]) that any of them sees.
struct PatternDistance::Panel {
    std::vector<int> rows, visible;
    std::size_t width = 0;
    std::vector<float> cells;
    std::vector<char> counts;  ///< [rows, heads] the head keeps enough mass in this row
};

/// What is asked of one document again and again.
struct PatternDistance::Document {
    const AttentionSource& source;
    const Progress& progress;
    int keys = 0;
    std::vector<Visibility> masks;  ///< of every head
    std::vector<bool> keyIsReference;
    std::vector<int> contentKeys;  ///< before each key

    int contentIn(KeyRange seen) const { return contentKeys[at(seen.end)] - contentKeys[at(seen.first)]; }
};

/// What one document adds up; nothing of it stays when the document ends early.
struct PatternDistance::Sums {
    std::vector<double> pairs, reference, diversity;
    std::vector<int> count;                    ///< [pairs] rows in common
    std::vector<std::optional<Error>> errors;  ///< [heads] of tile()
    std::atomic<bool> failed{false};
};

PatternDistance::PatternDistance(std::vector<HeadId> heads, PatternDistanceOptions options) : m_heads(std::move(heads)), m_options(options)
{
    if (m_heads.size() > 1) {
        m_sum.resize(pairs());
        m_count.resize(pairs());
    }
    m_reference.resize(m_heads.size());
    int layers = 0;
    for (const HeadId& h : m_heads) layers = std::max(layers, h.layer + 1);
    m_diversity.resize(at(layers));
    m_diversityCount.resize(at(layers));
}

Status PatternDistance::add(const AttentionSource& source, const Progress& progress)
{
    const std::size_t H = m_heads.size();
    for (const HeadId& h : m_heads)
        if (h.layer < 0 || h.layer >= source.readyLayers() || h.head < 0 || h.head >= source.heads(h.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(h), {}, std::to_string(source.readyLayers()));
    const Document document = describe(source, progress);
    const std::vector<int> rows = rowsToCompare(document);

    Sums sums;
    sums.pairs.resize(m_sum.size());
    sums.count.resize(m_count.size());
    sums.reference.resize(H);
    sums.diversity.resize(m_diversity.size());
    sums.errors.resize(H);
    const std::size_t perRow = H * at(document.keys) * sizeof(float);
    const std::size_t panelRows = std::clamp<std::size_t>(m_options.panelBytes / std::max<std::size_t>(perRow, 1), 1, 32);
    for (std::size_t first = 0; first < rows.size(); first += panelRows) {
        if (!progress.checkpoint()) return Error::cancelled();
        Panel panel = emptyPanel(document, rows, first, std::min(rows.size(), first + panelRows));
        parallelFor(H, [&](std::size_t h) { readHead(document, h, panel, sums); });
        if (sums.failed)
            for (const auto& e : sums.errors)
                if (e) return *e;
        if (progress.stopped()) return Error::cancelled();

        parallelFor(H, [&](std::size_t task) { addPairsOf(H - 1 - task, panel, progress, sums); });  // long tasks first
        if (progress.stopped()) return Error::cancelled();

        parallelFor(sums.diversity.size(), [&](std::size_t layer) { addDiversityOf(layer, panel, sums); });
    }
    if (!rows.empty()) keep(sums, rows.size());
    return {};
}

PatternDistance::Document PatternDistance::describe(const AttentionSource& source, const Progress& progress) const
{
    Document out{source, progress, source.keys(), {}, referenceTokens(source.keyTokens(), !source.looksAhead()), {}};
    for (const HeadId& h : m_heads) out.masks.push_back(source.visibility(h.layer));
    out.contentKeys.resize(at(out.keys) + 1);
    for (int j = 0; j < out.keys; ++j) out.contentKeys[at(j) + 1] = out.contentKeys[at(j)] + (out.keyIsReference[at(j)] ? 0 : 1);
    return out;
}

std::vector<int> PatternDistance::rowsToCompare(const Document& document) const
{
    const std::vector<bool> queryIsReference = referenceTokens(document.source.queryTokens(), !document.source.looksAhead());
    std::vector<int> rows;
    for (const int i : sampleRows(document.source.queries(), m_options.rowsPerDocument, m_options.seed)) {
        const auto enough = [&](Visibility mask) { return document.contentIn(mask.keys(i, document.keys)) >= m_options.minimumKeys; };
        if (std::none_of(document.masks.begin(), document.masks.end(), enough)) continue;
        if (m_options.content && queryIsReference[at(i)]) continue;
        rows.push_back(i);
    }
    return rows;
}

PatternDistance::Panel PatternDistance::emptyPanel(const Document& document, const std::vector<int>& rows, std::size_t first,
                                                   std::size_t end) const
{
    Panel panel;
    panel.rows.assign(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.begin() + static_cast<std::ptrdiff_t>(end));
    for (const int i : panel.rows) {
        int& visible = panel.visible.emplace_back(0);
        for (const Visibility mask : document.masks) visible = std::max(visible, mask.keys(i, document.keys).end);
    }
    panel.width = at(*std::max_element(panel.visible.begin(), panel.visible.end()));
    panel.cells.resize(panel.rows.size() * m_heads.size() * panel.width);
    panel.counts.assign(panel.rows.size() * m_heads.size(), 1);
    return panel;
}

void PatternDistance::readHead(const Document& document, std::size_t h, Panel& panel, Sums& sums) const
{
    const std::size_t H = m_heads.size();
    const std::vector<bool>& keyIsReference = document.keyIsReference;
    for (std::size_t r = 0; r < panel.rows.size(); ++r) {
        if (document.progress.stopped() || sums.failed.load(std::memory_order_relaxed)) return;
        const int visible = panel.visible[r];
        const KeyRange seen = document.masks[h].keys(panel.rows[r], document.keys);
        panel.counts[r * H + h] = document.contentIn(seen) >= m_options.minimumKeys;
        const auto cells = document.source.tile(m_heads[h], MapKind::Weights, panel.rows[r], 1, 0, visible);
        if (!cells) {
            sums.errors[h] = cells.error();
            sums.failed = true;
            return;
        }
        float* row = panel.cells.data() + (r * H + h) * panel.width;
        std::copy_n(cells->row(0), visible, row);
        double mass = 0, kept = 0;
        for (int j = 0; j < visible; ++j) (keyIsReference[at(j)] ? mass : kept) += static_cast<double>(row[j]);
        sums.reference[h] += mass;
        if (m_options.content) {
            if (kept < m_options.minimumGate || !(kept > 0)) panel.counts[r * H + h] = 0;
            const float scale = kept > 0 ? static_cast<float>(1.0 / kept) : 0.0f;
            for (int j = 0; j < visible; ++j) row[j] = keyIsReference[at(j)] ? 0.0f : row[j] * scale;
        }
        if (m_options.smoothing > 0) {
            const int over = m_options.content ? document.contentIn(seen) : seen.size();
            const auto s = static_cast<float>(m_options.smoothing);
            for (int j = seen.first; j < seen.end; ++j)
                if (!m_options.content || !keyIsReference[at(j)]) row[j] = (1 - s) * row[j] + s / static_cast<float>(over);
        }
    }
}

void PatternDistance::addPairsOf(std::size_t a, const Panel& panel, const Progress& progress, Sums& sums) const
{
    const std::size_t H = m_heads.size();
    for (std::size_t r = 0; r < panel.rows.size(); ++r) {
        if (progress.stopped()) return;
        if (!panel.counts[r * H + a]) continue;
        const float* pa = panel.cells.data() + (r * H + a) * panel.width;
        for (std::size_t b = 0; b < a; ++b) {
            if (!panel.counts[r * H + b]) continue;
            sums.pairs[pairIndex(a, b)] +=
                static_cast<double>(jsDivergence(pa, panel.cells.data() + (r * H + b) * panel.width, panel.visible[r]));
            ++sums.count[pairIndex(a, b)];
        }
    }
}

void PatternDistance::addDiversityOf(std::size_t layer, const Panel& panel, Sums& sums) const
{
    const std::size_t H = m_heads.size();
    std::vector<float> mean;
    for (std::size_t r = 0; r < panel.rows.size(); ++r) {
        mean.assign(at(panel.visible[r]), 0.0f);
        double entropies = 0;
        int heads = 0;
        for (std::size_t h = 0; h < H; ++h) {
            if (at(m_heads[h].layer) != layer || !panel.counts[r * H + h]) continue;
            const float* row = panel.cells.data() + (r * H + h) * panel.width;
            for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += row[j];
            entropies += static_cast<double>(entropyOf(row, panel.visible[r]));
            ++heads;
        }
        if (heads == 0) continue;
        for (float& x : mean) x /= static_cast<float>(heads);
        sums.diversity[layer] += static_cast<double>(entropyOf(mean.data(), panel.visible[r])) - entropies / heads;
    }
}

void PatternDistance::keep(const Sums& sums, std::size_t rows)
{
    ++m_documents;
    m_rows += static_cast<std::int64_t>(rows);
    for (std::size_t p = 0; p < m_sum.size(); ++p) {
        if (sums.count[p] == 0) continue;
        m_sum[p] += sums.pairs[p] / sums.count[p];
        ++m_count[p];
    }
    const auto rowCount = static_cast<double>(rows);
    for (std::size_t h = 0; h < m_heads.size(); ++h) m_reference[h] += sums.reference[h] / rowCount;
    for (const HeadId& h : m_heads) m_diversityCount[at(h.layer)] = m_documents;
    for (std::size_t l = 0; l < m_diversity.size(); ++l) m_diversity[l] += sums.diversity[l] / rowCount;
}

DistanceMatrix PatternDistance::divergences() const
{
    DistanceMatrix out(static_cast<int>(m_heads.size()));
    for (int a = 1; a < out.n; ++a) {
        for (int b = 0; b < a; ++b) {
            const std::size_t p = pairIndex(at(a), at(b));
            out.set(a, b, m_count[p] > 0 ? std::max(0.0, m_sum[p] / m_count[p]) : kNan);
        }
    }
    return out;
}

DistanceMatrix PatternDistance::distances() const
{
    DistanceMatrix out = divergences();
    for (double& x : out.values) x = std::min(1.0, std::sqrt(x / std::numbers::ln2));  // NaN stays: min(1, NaN) is 1, so it is asked for
    for (int a = 0; a < out.n; ++a)
        for (int b = 0; b < a; ++b)
            if (m_count[pairIndex(at(a), at(b))] == 0) out.set(a, b, kNan);
    return out;
}

std::vector<double> PatternDistance::referenceMass() const
{
    std::vector<double> out;
    for (const double x : m_reference) out.push_back(m_documents > 0 ? x / m_documents : kNan);
    return out;
}

std::vector<double> PatternDistance::layerDiversity() const
{
    std::vector<double> out;
    for (std::size_t l = 0; l < m_diversity.size(); ++l)
        out.push_back(m_diversityCount[l] > 0 ? m_diversity[l] / m_diversityCount[l] : kNan);
    return out;
}

}  // namespace hs
