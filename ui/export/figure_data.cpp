// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/views/compare_math.h"

namespace hs::ui {

namespace {

constexpr int kThumbnailSide = 96;
constexpr int kLargestTile = 6144;   // 6144 x 6144 floats = 144 MiB: the most one figure may hold

bool thumbnails(FigureKind kind) { return kind == FigureKind::Atlas || kind == FigureKind::Grid; }

/// The look that a map is collected with: thumbnails show token cells.
Grain grainOf(const FigureSpec& spec)
{
    return spec.kind == FigureKind::Atlas || spec.kind == FigureKind::Grid ? Grain::Tokens : spec.look.grain;
}

}  // namespace

std::vector<AxisLabel> figureLabels(const std::vector<Token>& tokens, Grain grain)
{
    std::vector<AxisLabel> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& t = tokens[i];
        const bool joins = grain == Grain::Words && !out.empty() && t.word >= 0 && !t.special && tokens[i - 1].word == t.word;
        if (joins) {
            out.back().text += QString::fromStdString(t.text);
            ++out.back().tokens;
            continue;
        }
        AxisLabel label;
        label.text = QString::fromStdString(t.text);
        label.token = static_cast<int>(i);
        label.special = t.special;
        out.push_back(label);
    }
    if (grain == Grain::Words) {
        for (AxisLabel& label : out) {
            const QString bare = label.text.trimmed();
            if (!bare.isEmpty()) label.text = bare;
        }
    }
    return out;
}

MatrixF figureCells(const MatrixF& tokens, const MapLook& look, const std::vector<AxisLabel>& rows, const std::vector<AxisLabel>& columns)
{
    MatrixF out(static_cast<std::ptrdiff_t>(rows.size()), static_cast<std::ptrdiff_t>(columns.size()));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const bool scores = look.kind == MapKind::Scores;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            // Scores are no masses: their mean over the visible cells. Weights: sum over keys, mean over queries.
            double sum = 0;
            int seen = 0;
            for (int q = rows[r].token; q < rows[r].token + rows[r].tokens; ++q) {
                double scale = 1;
                if (look.hideSink && !scores) {
                    const double rest = 1.0 - static_cast<double>(tokens(q, 0));
                    scale = look.kind == MapKind::Weights ? (rest > 1e-9 ? 1 / rest : 0) : 1;
                }
                for (int k = columns[c].token; k < columns[c].token + columns[c].tokens; ++k) {
                    const float v = tokens(q, k);
                    if (std::isnan(v) || (look.hideSink && k == 0)) continue;
                    sum += static_cast<double>(v) * scale;
                    ++seen;
                }
            }
            const auto at = [&]() -> float& { return out(static_cast<std::ptrdiff_t>(r), static_cast<std::ptrdiff_t>(c)); };
            if (scores) at() = seen ? static_cast<float>(sum / seen) : nan;
            else at() = static_cast<float>(sum / rows[r].tokens);
        }
    }
    return out;
}

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
    if (heads.empty()) return Error{ErrorCode::InvalidArgument, {}, "head", "none", "at least one"};
    std::vector<FigureRequest> out;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const bool second = spec.kind == FigureKind::Compare && i == 1;
        const AttentionSource& source = second ? b : a;
        const HeadId h = heads[i];
        if (h.layer < 0 || h.layer >= source.readyLayers() || h.head < 0 || h.head >= source.heads(h.layer))
            return Error{ErrorCode::HeadOutOfRange, {}, headName(h), std::to_string(source.readyLayers()) + " layers",
                         h.layer >= 0 && h.layer < source.layers() ? std::to_string(source.heads(h.layer)) + " heads" : std::string()};
        if (!source.has(spec.look.kind)) return Error{ErrorCode::NeedsWeights, {}, headName(h), {}, {}};
        if (spec.kind == FigureKind::Chart) continue;
        const int side = std::max(source.queries(), source.keys());
        FigureRequest request{second, h, 0};
        if (thumbnails(spec.kind)) request.maxSide = kThumbnailSide;
        else if (spec.kind == FigureKind::Text || grainOf(spec) == Grain::Words || spec.look.hideSink || spec.kind == FigureKind::Compare) {
            if (side > kLargestTile)
                return Error{ErrorCode::TextTooLong, {}, headName(h), std::to_string(side), std::to_string(kLargestTile)};
        } else if (side > kExactSide) request.maxSide = kExactSide;
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
        m.mask = a.mask();
        data.maps.push_back(std::move(m));
    }
    if (spec.kind == FigureKind::Compare) {
        const TokenAlignment queries = alignTokens(a.queryTokens(), b.queryTokens());
        const TokenAlignment keys = alignTokens(a.keyTokens(), b.keyTokens());
        if (queries.kind == TokenAlignment::Kind::Apart || keys.kind == TokenAlignment::Kind::Apart)
            return Error{ErrorCode::PromptsDiffer, {}, "tokens", std::to_string(b.queries()), std::to_string(a.queries())};
    }
    return data;
}

FigureMap figureMap(const FigureSpec& spec, const AttentionSource& source, HeadId head, const MatrixF& tile)
{
    FigureMap m;
    m.head = head;
    m.name = headTitle(source, head);
    m.mask = source.mask();
    m.rows = figureLabels(source.queryTokens(), grainOf(spec));
    m.columns = figureLabels(source.keyTokens(), grainOf(spec));
    m.cells = std::make_shared<const MatrixF>(figureCells(tile, spec.look, m.rows, m.columns));
    return m;
}

FigureMap figureMap(const FigureSpec&, const AttentionSource& source, HeadId head, const MapOverview& overview)
{
    FigureMap m;
    m.head = head;
    m.name = headTitle(source, head);
    m.mask = source.mask();
    m.rows = figureLabels(source.queryTokens(), Grain::Tokens);
    m.columns = figureLabels(source.keyTokens(), Grain::Tokens);
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
    for (const FigureRequest& request : *requests) {
        if (progress.stopped()) return Error{ErrorCode::Cancelled, {}, {}, {}, {}};
        const AttentionSource& source = request.second ? second : *a;
        if (request.maxSide > 0) {
            auto overview = source.overview(request.head, spec.look.kind, request.maxSide, progress);
            if (!overview) return overview.error();
            data->maps.push_back(figureMap(spec, source, request.head, **overview));
        } else {
            auto tile = source.tile(request.head, spec.look.kind, 0, source.queries(), 0, source.keys());
            if (!tile) return tile.error();
            data->maps.push_back(figureMap(spec, source, request.head, *tile));
        }
        progress.report(Stage::Overview, static_cast<std::int64_t>(data->maps.size()), static_cast<std::int64_t>(requests->size()));
    }
    if (spec.kind == FigureKind::Compare) trimToCommon(*data);
    return data;
}

}  // namespace hs::ui
