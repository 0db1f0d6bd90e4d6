// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <list>
#include <map>
#include <mutex>

#include "engine/forward/row_place.h"
#include "engine/forward/row_stats.h"
#include "engine/io/dump/dump_open.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace {

constexpr std::size_t cacheBytes = std::size_t(256) << 20;
constexpr double rowTolerance = 2e-2;  // float16 maps
constexpr float maskTolerance = 1e-3f;

std::string headItem(const std::string& item, HeadId id) { return item + " " + headName(id); }

/// A row of a padded position: nothing but NaN, or nothing but zeros. It is no attention, and no mistake of the file either.
bool isEmptyRow(const MatrixF& map, std::ptrdiff_t q)
{
    const float* row = map.row(q);
    const std::ptrdiff_t m = map.cols();
    if (m == 0) return true;
    return std::isnan(row[0]) ? std::all_of(row, row + m, [](float v) { return std::isnan(v); })
                              : std::all_of(row, row + m, [](float v) { return v == 0.0f; });
}

/// Empty rows become NaN, which maps show hatched and statistics leave out. The others: finite, with a sum of one, and nothing on keys
/// that the query cannot see. Errors name head and row.
Status checkMap(MatrixF& map, const DumpSampleData& data, HeadId id, Visibility mask)
{
    for (std::ptrdiff_t q = 0; q < map.rows(); ++q) {
        if (isEmptyRow(map, q)) {
            std::fill_n(map.row(q), map.cols(), std::numeric_limits<float>::quiet_NaN());
            continue;
        }
        const auto columns = static_cast<std::size_t>(map.cols());
        if (const std::size_t bad = firstNotFinite(map.row(q), columns); bad < columns)
            return Error::in(data.file, ErrorCode::NotFinite,
                             headItem(data.item, id) + " row " + std::to_string(q) + " column " + std::to_string(bad),
                             std::isnan(map.row(q)[bad]) ? "NaN" : "infinity", "finite");
        double sum = 0;
        for (std::ptrdiff_t k = 0; k < map.cols(); ++k) sum += static_cast<double>(map(q, k));
        if (sum > 1.0 + rowTolerance || (!data.sinks && sum < 1.0 - rowTolerance))
            return Error::in(data.file, ErrorCode::RowsNotNormalised, headItem(data.item, id) + " row " + std::to_string(q),
                             std::to_string(sum), "1");
        for (int k = 0; k < static_cast<int>(map.cols()); ++k)
            if (!mask.sees(static_cast<int>(q), k) && std::abs(map(q, k)) > maskTolerance)
                return Error::in(data.file, ErrorCode::DumpInvalid, headItem(data.item, id) + " row " + std::to_string(q),
                                 "column " + std::to_string(k), "causal");
    }
    return {};
}

bool isPadding(const MatrixF& map, int q) { return map.cols() > 0 && std::isnan(map.row(q)[0]); }

/// Different texts: no row has a place among the columns.
void forgetPlaces(HeadStats& s)
{
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    std::fill(s.rowDistance.begin(), s.rowDistance.end(), none);
    s.meanDistance = s.previousMass = s.selfMass = none;
    s.offsetMass.clear();
    s.firstOffset = 0;
}

/// Row q stands at column q + offset: everything that counts from the row's own place, again.
void countFrom(HeadStats& s, const MatrixF& map, int offset)
{
    const int n = static_cast<int>(map.rows()), m = static_cast<int>(map.cols());
    s.offsetMass.assign(static_cast<std::size_t>(m), 0.0f);
    s.firstOffset = 0;
    std::vector<int> having(static_cast<std::size_t>(m));
    double distance = 0, previous = 0, self = 0;
    int rows = 0, later = 0;
    for (int q = 0; q < n; ++q) {
        if (isPadding(map, q)) continue;
        const int place = q + offset;
        double far = 0;
        for (int k = 0; k < m; ++k) {
            const double weight = static_cast<double>(map(q, k));
            far += weight * std::abs(place - k);
            if (k > place) continue;
            s.offsetMass[static_cast<std::size_t>(place - k)] += static_cast<float>(weight);
            ++having[static_cast<std::size_t>(place - k)];
        }
        s.rowDistance[static_cast<std::size_t>(q)] = static_cast<float>(far);
        distance += far;
        self += static_cast<double>(map(q, place));
        ++rows;
        if (place == 0) continue;
        previous += static_cast<double>(map(q, place - 1));
        ++later;
    }
    for (std::size_t d = 0; d < having.size(); ++d)
        if (having[d] > 0) s.offsetMass[d] /= static_cast<float>(having[d]);
    s.meanDistance = rows > 0 ? static_cast<float>(distance / rows) : 0;
    s.selfMass = rows > 0 ? static_cast<float>(self / rows) : 0;
    s.previousMass = later > 0 ? static_cast<float>(previous / later) : 0;
}

int headsOf(const DumpSampleData& data, int layer)
{
    return data.headsPerLayer.empty() ? data.heads : data.headsPerLayer[static_cast<std::size_t>(layer)];
}

bool looksCausal(const MatrixF& map)
{
    if (map.rows() != map.cols() || map.rows() < 2) return false;
    for (std::ptrdiff_t q = 0; q < map.rows(); ++q)
        for (std::ptrdiff_t k = q + 1; k < map.cols(); ++k)
            if (std::abs(map(q, k)) > maskTolerance) return false;
    return true;
}

Visibility maskOf(const DumpSampleData& data, bool causal, int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    return {causal ? MaskKind::Causal : MaskKind::Bidirectional, at < data.windows.size() ? data.windows[at] : 0,
            at < data.chunks.size() ? data.chunks[at] : 0};
}

class CachedSample final : public DumpSample {
public:
    CachedSample(DumpSampleData data, bool causal) : m_data(std::move(data)), m_causal(causal) {}

    int layers() const override { return m_data.layers; }
    int heads(int layer) const override { return headsOf(m_data, layer); }
    int queries() const override { return m_data.queries; }
    int keys() const override { return m_data.keys; }
    bool hasSinks() const override { return m_data.sinks; }
    Visibility visibility(int layer) const override { return maskOf(m_data, m_causal, layer); }
    const std::vector<Token>& queryTokens() const override { return m_data.queryTokens; }
    const std::vector<Token>& keyTokens() const override { return m_data.keyTokens; }
    int readyLayers() const override { return m_data.layers; }
    bool has(MapKind kind) const override { return kind == MapKind::Weights; }
    const std::string& text() const override { return m_data.text; }
    std::vector<int> ids() const override { return m_data.ids; }
    Result<MatrixF> logits() const override { return m_data.logits ? m_data.logits() : Result<MatrixF>(MatrixF()); }

    Result<MatrixF> tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const override
    {
        if (!has(kind)) return Error::in(m_data.file, ErrorCode::NeedsWeights, headItem(m_data.item, head));
        if (q0 < 0 || k0 < 0 || nq < 0 || nk < 0 || q0 + nq > queries() || k0 + nk > keys())
            return Error::in(m_data.file, ErrorCode::InvalidArgument, headItem(m_data.item, head));
        const auto whole = map(head);
        if (!whole) return whole.error();
        MatrixF out(nq, nk);
        for (int q = 0; q < nq; ++q) std::copy_n((*whole)->row(q0 + q) + k0, nk, out.row(q));
        for (int q = 0; q < nq; ++q) {  // rounding noise on keys out of sight is no attention
            const KeyRange seen = visible(head.layer, q0 + q).within(k0, k0 + nk);
            std::fill(out.row(q), out.row(q) + (seen.first - k0), 0.0f);
            std::fill(out.row(q) + (seen.end - k0), out.row(q) + nk, 0.0f);
        }
        return out;
    }

    std::shared_ptr<const HeadStats> stats(HeadId head) const override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto it = m_stats.find(head); it != m_stats.end()) return it->second;
        }
        const auto whole = map(head);
        if (!whole) return nullptr;
        RowStatsAccumulator rows(queries(), keys(), visibility(head.layer));
        for (int q = 0; q < queries(); ++q) {
            const KeyRange seen = visible(head.layer, q);
            if (!isPadding(**whole, q)) rows.row(q, seen, (*whole)->row(q) + seen.first);
        }
        HeadStats counted = rows.finish();
        const auto offset = rowOffset(*this);
        if (!offset) forgetPlaces(counted);
        else if (*offset > 0) countFrom(counted, **whole, *offset);
        auto made = std::make_shared<const HeadStats>(std::move(counted));
        const std::lock_guard lock(m_mutex);
        return m_stats.emplace(head, std::move(made)).first->second;
    }

private:
    Result<std::shared_ptr<const MatrixF>> map(HeadId id) const
    {
        if (id.layer < 0 || id.layer >= layers() || id.head < 0 || id.head >= heads(id.layer))
            return Error::in(m_data.file, ErrorCode::HeadOutOfRange, headName(id));
        {
            const std::lock_guard lock(m_mutex);
            for (auto it = m_maps.begin(); it != m_maps.end(); ++it) {
                if (it->first != id) continue;
                m_maps.splice(m_maps.end(), m_maps, it);
                return it->second;
            }
        }
        auto read = m_data.map(id);
        if (!read) return read.error();
        if (const Status s = checkMap(*read, m_data, id, visibility(id.layer)); !s) return s.error();
        auto whole = std::make_shared<const MatrixF>(std::move(*read));
        const std::lock_guard lock(m_mutex);
        m_used += whole->bytes();
        m_maps.emplace_back(id, whole);
        while (m_used > cacheBytes && m_maps.size() > 1) {
            m_used -= m_maps.front().second->bytes();
            m_maps.pop_front();
        }
        return whole;
    }

    DumpSampleData m_data;
    bool m_causal;
    mutable std::mutex m_mutex;
    mutable std::list<std::pair<HeadId, std::shared_ptr<const MatrixF>>> m_maps;  ///< least recently used first
    mutable std::size_t m_used = 0;
    mutable std::map<HeadId, std::shared_ptr<const HeadStats>> m_stats;
};

}  // namespace

Result<std::shared_ptr<const DumpSample>> makeDumpSample(DumpSampleData data)
{
    const auto tokenProblem = [&](const char* what, std::size_t found, int expected) {
        return Error::in(data.file, ErrorCode::DumpInvalid, data.item + what, std::to_string(found), std::to_string(expected));
    };
    if (static_cast<int>(data.queryTokens.size()) != data.queries) return tokenProblem("/tokens", data.queryTokens.size(), data.queries);
    if (static_cast<int>(data.keyTokens.size()) != data.keys) return tokenProblem("/tokens_key", data.keyTokens.size(), data.keys);
    if (!data.ids.empty() && static_cast<int>(data.ids.size()) != data.queries) return tokenProblem("/ids", data.ids.size(), data.queries);
    bool causal = data.causal.value_or(true);
    for (const HeadId id : {HeadId{0, 0}, HeadId{data.layers - 1, headsOf(data, data.layers - 1) - 1}}) {
        if (id.head < 0 || id.head >= headsOf(data, id.layer)) continue;  // a layer without heads
        auto map = data.map(id);
        if (!map) return map.error();
        if (!data.causal) causal = causal && looksCausal(*map);
        if (const Status s = checkMap(*map, data, id, maskOf(data, data.causal.value_or(false), id.layer)); !s) return s.error();
    }
    return std::shared_ptr<const DumpSample>(std::make_shared<CachedSample>(std::move(data), causal));
}

}  // namespace hs
