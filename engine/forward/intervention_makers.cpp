// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/intervention.h"

namespace hs {
namespace {

Intervention made(InterventionKind kind, HeadId head)
{
    Intervention v;
    v.kind = kind;
    v.head = head;
    return v;
}

}  // namespace

Intervention zeroHead(HeadId head, std::vector<int> positions)
{
    Intervention v = made(InterventionKind::ZeroHead, head);
    v.positions = std::move(positions);
    return v;
}

Intervention scaleHead(HeadId head, float factor, std::vector<int> positions)
{
    Intervention v = made(InterventionKind::ScaleHead, head);
    v.value = factor;
    v.positions = std::move(positions);
    return v;
}

Intervention meanHead(HeadId head, std::vector<float> vector, std::vector<int> positions)
{
    Intervention v = made(InterventionKind::MeanHead, head);
    v.vector = std::move(vector);
    v.positions = std::move(positions);
    return v;
}

Intervention addToHead(HeadId head, std::vector<float> vector, std::vector<int> positions)
{
    Intervention v = made(InterventionKind::AddToHead, head);
    v.vector = std::move(vector);
    v.positions = std::move(positions);
    return v;
}

Intervention knockOut(HeadId head, std::vector<std::pair<int, int>> edges)
{
    Intervention v = made(InterventionKind::KnockOutEdges, head);
    v.edges = std::move(edges);
    return v;
}

Intervention clampEdges(HeadId head, std::vector<std::pair<int, int>> edges, float weight)
{
    Intervention v = made(InterventionKind::ClampEdges, head);
    v.edges = std::move(edges);
    v.value = weight;
    return v;
}

Intervention forceRow(HeadId head, int query, std::vector<float> row)
{
    Intervention v = made(InterventionKind::ForceRow, head);
    v.positions = {query};
    v.vector = std::move(row);
    return v;
}

Intervention patchIn(Site site, HeadId head, std::shared_ptr<const MatrixF> stored, std::vector<int> positions)
{
    Intervention v = made(InterventionKind::Replace, head);
    v.site = site;
    v.stored = std::move(stored);
    v.positions = std::move(positions);
    return v;
}

}  // namespace hs
