// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <list>
#include <map>
#include <mutex>

#include "engine/forward/row_stats.h"
#include "engine/io/dump/dump_open.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace {

constexpr std::size_t cacheBytes = std::size_t(256) << 20;
constexpr double rowTolerance = 2e-2;  // float16 maps
constexpr float maskTolerance = 1e-3f;

std::string headItem(const std::string& item, HeadId id) { return item + " " + headName(id); }

/// Finite, rows sum to one, nothing on keys that the query cannot see.
Status checkMap(const MatrixF& map, const DumpSampleData& data, HeadId id, Visibility mask)
{
    const auto count = static_cast<std::size_t>(map.rows() * map.cols());
    if (const std::size_t bad = firstNotFinite(map.data(), count); bad < count)
        return Error::in(data.file, ErrorCode::NotFinite, headItem(data.item, id), std::to_string(bad), "finite");
    for (std::ptrdiff_t q = 0; q < map.rows(); ++q) {
        double sum = 0;
        for (std::ptrdiff_t k = 0; k < map.cols(); ++k) sum += static_cast<double>(map(q, k));
        if (std::abs(sum - 1.0) > rowTolerance)
            return Error::in(data.file, ErrorCode::RowsNotNormalised, headItem(data.item, id) + " row " + std::to_string(q),
                             std::to_string(sum), "1");
        for (int k = 0; k < static_cast<int>(map.cols()); ++k)
            if (!mask.sees(static_cast<int>(q), k) && std::abs(map(q, k)) > maskTolerance)
                return Error::in(data.file, ErrorCode::DumpInvalid, headItem(data.item, id), std::to_string(q) + ", " + std::to_string(k),
                                 "causal");
    }
    return {};
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
    return {causal ? MaskKind::Causal : MaskKind::Bidirectional, at < data.windows.size() ? data.windows[at] : 0};
}

class CachedSample final : public DumpSample {
public:
    CachedSample(DumpSampleData data, bool causal) : m_data(std::move(data)), m_causal(causal) {}

    int layers() const override { return m_data.layers; }
    int heads(int layer) const override { return headsOf(m_data, layer); }
    int queries() const override { return m_data.queries; }
    int keys() const override { return m_data.keys; }
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
            rows.row(q, seen, (*whole)->row(q) + seen.first);
        }
        auto made = std::make_shared<const HeadStats>(rows.finish());
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
        const auto map = data.map(id);
        if (!map) return map.error();
        if (!data.causal) causal = causal && looksCausal(*map);
        if (const Status s = checkMap(*map, data, id, maskOf(data, data.causal.value_or(false), id.layer)); !s) return s.error();
    }
    return std::shared_ptr<const DumpSample>(std::make_shared<CachedSample>(std::move(data), causal));
}

}  // namespace hs
