// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "engine/analysis/importance/importance.h"

namespace hs {
namespace {

struct Entry {
    ImportanceKind kind;
    const char* name;
    bool text;
    std::optional<AblationKind> ablation;
};
const std::array<Entry, 10> kEntries{{
    {ImportanceKind::Gate, "gate", true, std::nullopt},
    {ImportanceKind::AblationZero, "ablation-zero", true, AblationKind::Zero},
    {ImportanceKind::AblationMean, "ablation-mean", true, AblationKind::Mean},
    {ImportanceKind::AblationResample, "ablation-resample", true, AblationKind::Resample},
    {ImportanceKind::AblationUniform, "ablation-uniform", true, AblationKind::Uniform},
    {ImportanceKind::WeightOut, "weight-out", false, std::nullopt},
    {ImportanceKind::WeightValueOut, "weight-ov", false, std::nullopt},
    {ImportanceKind::WeightQueryKey, "weight-qk", false, std::nullopt},
    {ImportanceKind::Confidence, "confidence", true, std::nullopt},
    {ImportanceKind::Depth, "depth", false, std::nullopt},
}};

const Entry& entryOf(ImportanceKind kind) { return kEntries[static_cast<std::size_t>(kind)]; }

}  // namespace

const char* importanceName(ImportanceKind kind) { return entryOf(kind).name; }

std::optional<ImportanceKind> parseImportance(std::string_view name)
{
    for (const Entry& e : kEntries)
        if (name == e.name) return e.kind;
    return std::nullopt;
}

const std::vector<ImportanceKind>& importanceKinds()
{
    static const std::vector<ImportanceKind> kinds = [] {
        std::vector<ImportanceKind> out;
        for (const Entry& e : kEntries) out.push_back(e.kind);
        return out;
    }();
    return kinds;
}

std::optional<AblationKind> ablationOf(ImportanceKind kind) { return entryOf(kind).ablation; }

ImportanceKind exactKind(AblationKind kind)
{
    for (const Entry& e : kEntries)
        if (e.ablation == kind) return e.kind;
    return ImportanceKind::AblationZero;
}

bool needsText(ImportanceKind kind) { return entryOf(kind).text; }

const ImportanceEntry* ImportanceTable::find(HeadId head) const
{
    for (const ImportanceEntry& e : heads)
        if (e.head == head) return &e;
    return nullptr;
}

std::vector<double> ImportanceTable::values() const
{
    std::vector<double> out;
    for (const ImportanceEntry& e : heads) out.push_back(e.value);
    return out;
}

}  // namespace hs
