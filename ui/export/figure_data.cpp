// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_data.h"

#include <algorithm>

#include "ui/map/compare_math.h"
#include "ui/map/map_geometry.h"

namespace hs::ui {

namespace {

constexpr int kThumbnailSide = 96;
constexpr int kLargestTile = 6144;  // 6144 x 6144 floats = 144 MiB: the most one figure may hold

bool thumbnails(FigureKind kind) { return kind == FigureKind::Atlas || kind == FigureKind::Grid; }

/// The look that a map is collected with: thumbnails show token cells.
Grain grainOf(const FigureSpec& spec)
{
    return spec.kind == FigureKind::Atlas || spec.kind == FigureKind::Grid ? Grain::Tokens : spec.look.grain;
}

/// Words stand without their space; a token that is nothing but space keeps it.
void trimWords(std::vector<AxisLabel>& labels)
{
    for (AxisLabel& label : labels) {
        const QString bare = label.text.trimmed();
        if (!bare.isEmpty()) label.text = bare;
    }
}

}  // namespace

std::vector<HeadId> figureHeads(const FigureSpec& spec, const AttentionSource& source)
{
    if (spec.kind == FigureKind::Compare && spec.heads.size() == 1) return {spec.heads.front(), spec.heads.front()};
    if (!spec.heads.empty() || (spec.kind != FigureKind::Atlas && spec.kind != FigureKind::Grid)) return spec.heads;
    std::vector<HeadId> all;
    for (int layer = 0; layer < source.layers(); ++layer)
        for (int head = 0; head < source.heads(layer); ++head) all.push_back({layer, head});
    return all;
}

QString headTitle(const AttentionSource& source, HeadId head)
{
    return QStringLiteral("L%1 H%2").arg(head.layer).arg(source.originalHead(head.layer, head.head));
}

Result<std::vector<FigureRequest>> figureRequests(const FigureSpec& spec, const AttentionSource& a, const AttentionSource& b)
{
    const std::vector<HeadId> heads = figureHeads(spec, a);
    if (heads.empty()) return Error::argument("head", "none", "at least one");
    std::vector<FigureRequest> out;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const bool second = spec.kind == FigureKind::Compare && i == 1;
        const AttentionSource& source = second ? b : a;
        const HeadId h = heads[i];
        if (h.layer < 0 || h.layer >= source.readyLayers() || h.head < 0 || h.head >= source.heads(h.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(h), std::to_string(source.readyLayers()) + " layers",
                             h.layer >= 0 && h.layer < source.layers() ? std::to_string(source.heads(h.layer)) + " heads" : std::string());
        if (!source.has(spec.look.kind)) return Error::of(ErrorCode::NeedsWeights, headName(h));
        if (spec.kind == FigureKind::Chart) continue;
        const int side = std::max(source.queries(), source.keys());
        FigureRequest request{second, h, 0, false};
        if (thumbnails(spec.kind)) request.maxSide = kThumbnailSide;
        else if (spec.kind == FigureKind::Text || grainOf(spec) == Grain::Words || spec.look.hideSink || spec.kind == FigureKind::Compare) {
            if (side > kLargestTile)
                return Error::of(ErrorCode::TextTooLong, headName(h), std::to_string(side), std::to_string(kLargestTile));
        } else if (side > kExactSide) request.maxSide = kExactSide;
        if (spec.look.hideSink && spec.look.kind == MapKind::ValueWeighted && request.maxSide == 0) out.push_back({second, h, 0, true});
        out.push_back(request);
        if (spec.kind == FigureKind::Compare && i == 1) break;
    }
    return out;
}

Result<FigureData> emptyFigure(const FigureSpec& spec, const AttentionSource& a, const AttentionSource& b, const Provenance& origin)
{
    FigureData data;
    data.origin = origin;
    data.layers = a.layers();
    for (int layer = 0; layer < a.layers(); ++layer) data.headsPerLayer = std::max(data.headsPerLayer, a.heads(layer));
    data.originalQueries = a.queries();
    data.originalKeys = a.keys();
    if (spec.kind == FigureKind::Chart && !spec.heads.empty()) {
        data.stats = a.stats(spec.heads.front());
        FigureMap m;
        m.head = spec.heads.front();
        m.name = headTitle(a, m.head);
        m.mask = a.visibility(m.head.layer);
        data.maps.push_back(std::move(m));
    }
    if (spec.kind == FigureKind::Compare) {
        const TokenAlignment queries = alignTokens(a.queryTokens(), b.queryTokens());
        const TokenAlignment keys = alignTokens(a.keyTokens(), b.keyTokens());
        if (queries.kind == TokenAlignment::Kind::Apart || keys.kind == TokenAlignment::Kind::Apart)
            return Error::of(ErrorCode::PromptsDiffer, "tokens", std::to_string(b.queries()), std::to_string(a.queries()));
    }
    return data;
}

FigureMap figureMap(const FigureSpec& spec, const AttentionSource& source, HeadId head, const MatrixF& tile, const MatrixF* firstKey)
{
    MapGeometry geometry = MapGeometry::of(source, head.layer, grainOf(spec));
    MatrixF cells = tile;
    if (spec.look.hideSink) {
        std::vector<double> rest(static_cast<std::size_t>(tile.rows()), 1.0);
        for (std::ptrdiff_t q = 0; q < tile.rows(); ++q) {
            double& left = rest[static_cast<std::size_t>(q)];
            if (spec.look.kind == MapKind::Weights) {
                left = 0;  // the sum of the others: 1 - first would cancel for strong sinks
                for (std::ptrdiff_t k = 1; k < tile.cols(); ++k) left += static_cast<double>(tile(q, k));
            } else if (firstKey) {
                left = 1.0 - static_cast<double>((*firstKey)(q, 0));
            }
        }
        hideFirstKey(cells, 0, 0, rest, spec.look.kind);
    }
    FigureMap m;
    m.head = head;
    m.name = headTitle(source, head);
    m.mask = geometry.cellMask();
    const QRect all(0, 0, static_cast<int>(geometry.columns.size()), static_cast<int>(geometry.rows.size()));
    MatrixF shown = toGrain(cells, all, geometry, spec.look.kind);
    if (grainOf(spec) == Grain::Words) hideUnseen(shown, all, geometry);  // tokens have their mask
    m.cells = std::make_shared<const MatrixF>(std::move(shown));
    m.rows = std::move(geometry.rows);
    m.columns = std::move(geometry.columns);
    if (grainOf(spec) == Grain::Words) {
        trimWords(m.rows);
        trimWords(m.columns);
    }
    return m;
}

FigureMap figureMap(const FigureSpec&, const AttentionSource& source, HeadId head, const MapOverview& overview)
{
    FigureMap m;
    m.head = head;
    m.name = headTitle(source, head);
    m.mask = source.visibility(head.layer);
    MapGeometry geometry = MapGeometry::of(source, head.layer, Grain::Tokens);
    m.rows = std::move(geometry.rows);
    m.columns = std::move(geometry.columns);
    m.cells = std::make_shared<const MatrixF>(overview.maximum);
    m.factor = overview.factor;
    return m;
}

void trimToCommon(FigureData& data)
{
    if (data.maps.size() != 2) return;
    const auto cut = [](FigureMap& m, std::size_t rows, std::size_t columns) {
        if (m.rows.size() == rows && m.columns.size() == columns) return;
        MatrixF smaller(static_cast<std::ptrdiff_t>(rows), static_cast<std::ptrdiff_t>(columns));
        for (std::ptrdiff_t r = 0; r < smaller.rows(); ++r) std::copy_n(m.cells->row(r), smaller.cols(), smaller.row(r));
        m.cells = std::make_shared<const MatrixF>(std::move(smaller));
        m.rows.resize(rows);
        m.columns.resize(columns);
    };
    const std::size_t rows = std::min(data.maps[0].rows.size(), data.maps[1].rows.size());
    const std::size_t columns = std::min(data.maps[0].columns.size(), data.maps[1].columns.size());
    for (FigureMap& m : data.maps) cut(m, rows, columns);
}

Result<FigureData> collectFigure(const FigureSpec& spec, const std::shared_ptr<const AttentionSource>& a,
                                 const std::shared_ptr<const AttentionSource>& b, const Provenance& origin, const Progress& progress)
{
    const AttentionSource& second = b ? *b : *a;
    auto requests = figureRequests(spec, *a, second);
    if (!requests) return requests.error();
    auto data = emptyFigure(spec, *a, second, origin);
    if (!data) return data.error();
    MatrixF firstKey;
    for (const FigureRequest& request : *requests) {
        if (progress.stopped()) return Error::cancelled();
        const AttentionSource& source = request.second ? second : *a;
        if (request.firstKey) {
            auto column = source.tile(request.head, MapKind::Weights, 0, source.queries(), 0, 1);
            if (!column) return column.error();
            firstKey = std::move(*column);
        } else if (request.maxSide > 0) {
            auto overview = source.overview(request.head, spec.look.kind, request.maxSide, progress);
            if (!overview) return overview.error();
            data->maps.push_back(figureMap(spec, source, request.head, **overview));
        } else {
            auto tile = source.tile(request.head, spec.look.kind, 0, source.queries(), 0, source.keys());
            if (!tile) return tile.error();
            data->maps.push_back(figureMap(spec, source, request.head, *tile, firstKey.empty() ? nullptr : &firstKey));
        }
        progress.report(Stage::Overview, static_cast<std::int64_t>(data->maps.size()), static_cast<std::int64_t>(requests->size()));
    }
    if (spec.kind == FigureKind::Compare) trimToCommon(*data);
    return data;
}

}  // namespace hs::ui
