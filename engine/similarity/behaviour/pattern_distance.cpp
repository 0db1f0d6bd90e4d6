// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/pattern_distance.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/similarity/behaviour/js_kernel.h"
#include "engine/tensor/reduce.h"

namespace hs {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int i) { return static_cast<std::size_t>(i); }
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
    SeededRandom random(seed);
    for (int k = 0; k < count; ++k) {
        const int first = static_cast<int>(static_cast<std::int64_t>(n) * k / count), end = static_cast<int>(static_cast<std::int64_t>(n) * (k + 1) / count);
        out.push_back(first + static_cast<int>(random.below(static_cast<std::uint64_t>(std::max(1, end - first)))));
    }
    return out;
}

}  // namespace

/// One document: what its tokens say, its sums so far, and some rows of all heads at a time.
/// Row r of head h is cells[(r * heads + h) * width ...], as long as `visible[r]`.
struct PatternDistance::Document {
    bool causal = false;
    int keys = 0;
    std::vector<bool> keyIsReference;
    std::vector<int> contentKeys;   ///< [keys + 1] before each key
    std::vector<int> rows;          ///< that count

    std::vector<double> sum, reference, diversity;
    std::vector<int> count;

    std::vector<int> panelRows, visible;
    std::size_t width = 0;
    std::vector<float> cells;
    std::vector<char> counts;   ///< [rows, heads] the head keeps enough mass in this row
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
    Document d = begin(source);
    const std::size_t perRow = H * at(d.keys) * sizeof(float);
    const std::size_t panelRows = std::clamp<std::size_t>(m_options.panelBytes / std::max<std::size_t>(perRow, 1), 1, 32);
    for (std::size_t first = 0; first < d.rows.size(); first += panelRows) {
        if (!progress.checkpoint()) return Error::cancelled();
        d.panelRows.assign(d.rows.begin() + static_cast<std::ptrdiff_t>(first),
                           d.rows.begin() + static_cast<std::ptrdiff_t>(std::min(d.rows.size(), first + panelRows)));
        if (Status status = fillPanel(d, source, progress); !status) return status;
        // Head `a` owns its pairs with all before it: every sum is added up by one task, row after row, on any number of threads.
        parallelFor(H, [&](std::size_t task) {
            if (!progress.stopped()) comparePairs(d, H - 1 - task, progress);   // long tasks first
        });
        if (progress.stopped()) return Error::cancelled();
        parallelFor(d.diversity.size(), [&](std::size_t layer) { addDiversity(d, layer); });
    }
    if (d.rows.empty()) return {};

    ++m_documents;
    m_rows += static_cast<std::int64_t>(d.rows.size());
    for (std::size_t p = 0; p < d.sum.size(); ++p) {
        if (d.count[p] == 0) continue;
        m_sum[p] += d.sum[p] / d.count[p];
        ++m_count[p];
    }
    const auto rowCount = static_cast<double>(d.rows.size());
    for (std::size_t h = 0; h < H; ++h) m_reference[h] += d.reference[h] / rowCount;
    for (const HeadId& h : m_heads) m_diversityCount[at(h.layer)] = m_documents;
    for (std::size_t l = 0; l < d.diversity.size(); ++l) m_diversity[l] += d.diversity[l] / rowCount;
    return {};
}

PatternDistance::Document PatternDistance::begin(const AttentionSource& source) const
{
    Document d;
    d.causal = source.mask() == MaskKind::Causal;
    d.keys = source.keys();
    d.keyIsReference = referenceTokens(source.keyTokens(), d.causal);
    d.contentKeys.resize(at(d.keys) + 1);
    for (int j = 0; j < d.keys; ++j) d.contentKeys[at(j) + 1] = d.contentKeys[at(j)] + (d.keyIsReference[at(j)] ? 0 : 1);
    const std::vector<bool> queryIsReference = referenceTokens(source.queryTokens(), d.causal);
    for (const int i : sampleRows(source.queries(), m_options.rowsPerDocument, m_options.seed)) {
        const int visible = d.causal ? std::min(i + 1, d.keys) : d.keys;
        if (d.contentKeys[at(visible)] < m_options.minimumKeys || (m_options.content && queryIsReference[at(i)])) continue;
        d.rows.push_back(i);
    }
    d.sum.resize(m_sum.size());
    d.count.resize(m_count.size());
    d.reference.resize(m_heads.size());
    d.diversity.resize(m_diversity.size());
    return d;
}

Status PatternDistance::fillPanel(Document& d, const AttentionSource& source, const Progress& progress) const
{
    const std::size_t H = m_heads.size();
    d.visible.clear();
    for (const int i : d.panelRows) d.visible.push_back(d.causal ? std::min(i + 1, d.keys) : d.keys);
    d.width = at(*std::max_element(d.visible.begin(), d.visible.end()));
    d.cells.resize(d.panelRows.size() * H * d.width);
    d.counts.assign(d.panelRows.size() * H, 1);
    std::atomic<bool> failed{false};
    std::vector<std::optional<Error>> errors(H);
    parallelFor(H, [&](std::size_t h) {
        for (std::size_t r = 0; r < d.panelRows.size(); ++r) {
            if (progress.stopped() || failed.load(std::memory_order_relaxed)) return;
            const auto cells = source.tile(m_heads[h], MapKind::Weights, d.panelRows[r], 1, 0, d.visible[r]);
            if (!cells) {
                errors[h] = cells.error();
                failed = true;
                return;
            }
            float* row = d.cells.data() + (r * H + h) * d.width;
            std::copy_n(cells->row(0), d.visible[r], row);
            d.counts[r * H + h] = prepareRow(d, h, row, d.visible[r]);
        }
    });
    if (failed)
        for (const auto& e : errors)
            if (e) return *e;
    if (progress.stopped()) return Error::cancelled();
    return {};
}

bool PatternDistance::prepareRow(Document& d, std::size_t h, float* row, int visible) const
{
    double mass = 0, kept = 0;
    for (int j = 0; j < visible; ++j) (d.keyIsReference[at(j)] ? mass : kept) += static_cast<double>(row[j]);
    d.reference[h] += mass;
    bool counts = true;
    if (m_options.content) {
        counts = kept >= m_options.minimumGate && kept > 0;
        const float scale = kept > 0 ? static_cast<float>(1.0 / kept) : 0.0f;
        for (int j = 0; j < visible; ++j) row[j] = d.keyIsReference[at(j)] ? 0.0f : row[j] * scale;
    }
    if (m_options.smoothing > 0) {
        const int over = m_options.content ? d.contentKeys[at(visible)] : visible;
        const auto s = static_cast<float>(m_options.smoothing);
        for (int j = 0; j < visible; ++j)
            if (!m_options.content || !d.keyIsReference[at(j)]) row[j] = (1 - s) * row[j] + s / static_cast<float>(over);
    }
    return counts;
}

void PatternDistance::comparePairs(Document& d, std::size_t a, const Progress& progress) const
{
    const std::size_t H = m_heads.size();
    for (std::size_t r = 0; r < d.panelRows.size(); ++r) {
        if (progress.stopped()) return;
        if (!d.counts[r * H + a]) continue;
        const float* pa = d.cells.data() + (r * H + a) * d.width;
        for (std::size_t b = 0; b < a; ++b) {
            if (!d.counts[r * H + b]) continue;
            d.sum[pairIndex(a, b)] += static_cast<double>(jsDivergence(pa, d.cells.data() + (r * H + b) * d.width, d.visible[r]));
            ++d.count[pairIndex(a, b)];
        }
    }
}

void PatternDistance::addDiversity(Document& d, std::size_t layer) const
{
    const std::size_t H = m_heads.size();
    std::vector<float> mean;
    for (std::size_t r = 0; r < d.panelRows.size(); ++r) {
        mean.assign(at(d.visible[r]), 0.0f);
        double entropies = 0;
        int heads = 0;
        for (std::size_t h = 0; h < H; ++h) {
            if (at(m_heads[h].layer) != layer || !d.counts[r * H + h]) continue;
            const float* row = d.cells.data() + (r * H + h) * d.width;
            for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += row[j];
            entropies += static_cast<double>(entropyOf(row, d.visible[r]));
            ++heads;
        }
        if (heads == 0) continue;
        for (float& x : mean) x /= static_cast<float>(heads);
        d.diversity[layer] += static_cast<double>(entropyOf(mean.data(), d.visible[r])) - entropies / heads;
    }
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
    for (double& x : out.values) x = std::min(1.0, std::sqrt(x / std::numbers::ln2));   // NaN stays: min(1, NaN) is 1, so it is asked for
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
    for (std::size_t l = 0; l < m_diversity.size(); ++l) out.push_back(m_diversityCount[l] > 0 ? m_diversity[l] / m_diversityCount[l] : kNan);
    return out;
}

}  // namespace hs
