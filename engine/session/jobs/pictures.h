// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles and overviews of attention maps, through the cache.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/forward/attention_source.h"
#include "engine/session/work.h"

namespace hs {

struct TileResult;
struct OverviewResult;

/// One rectangle of one map. Interactive. `tag` comes back untouched.
struct TileJob {
    using Answer = TileResult;

    std::shared_ptr<const AttentionSource> source;
    HeadId head;
    MapKind kind = MapKind::Weights;
    int q0 = 0, nq = 0, k0 = 0, nk = 0;
    std::uint64_t tag = 0;

    std::string subject() const { return headName(head); }
    bool interactive() const { return true; }
};
namespace session {
Status runJob(const TileJob& job, const ContextOf<TileJob>& context);
}

struct TileResult {
    TileJob request;
    std::shared_ptr<const MatrixF> cells;
};

/// Reduced maps of several heads (thumbnails, overview), published one head at a time. Interactive when it is one head.
struct OverviewJob {
    using Answer = OverviewResult;

    std::shared_ptr<const AttentionSource> source;
    std::vector<HeadId> heads;
    MapKind kind = MapKind::Weights;
    int maxSide = 64;
    std::uint64_t tag = 0;

    std::string subject() const { return heads.size() == 1 ? headName(heads.front()) : std::string(); }
    bool interactive() const { return heads.size() <= 1; }
};
namespace session {
Status runJob(const OverviewJob& job, const ContextOf<OverviewJob>& context);
}

struct OverviewResult {
    std::shared_ptr<const AttentionSource> source;
    HeadId head;
    MapKind kind;
    int maxSide;
    std::uint64_t tag;
    std::shared_ptr<const MapOverview> map;
};

}  // namespace hs
