// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/head_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hs {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <typename T>
std::optional<T> byName(std::string_view name, std::initializer_list<T> all, const char* (*nameOf)(T))
{
    for (const T value : all)
        if (name == nameOf(value)) return value;
    return std::nullopt;
}

}  // namespace

const char* weightProcessingName(WeightProcessing weights)
{
    switch (weights) {
    case WeightProcessing::Raw: return "raw";
    case WeightProcessing::Folded: return "folded";
    case WeightProcessing::FoldedCentred: return "folded-centred";
    }
    return "";
}

std::optional<WeightProcessing> parseWeightProcessing(std::string_view name)
{
    return byName(name, {WeightProcessing::Raw, WeightProcessing::Folded, WeightProcessing::FoldedCentred}, weightProcessingName);
}

NoValue HeadMatrix::reason(std::size_t row, std::size_t col) const
{
    if (!std::isnan(value(row, col))) return NoValue::None;
    if (rows.heads[row].fault != NoValue::None) return rows.heads[row].fault;
    if (cols.heads[col].fault != NoValue::None) return cols.heads[col].fault;
    if (needsCorpus(measure)) return NoValue::TooFewSamples;
    const bool ordered = pairing && !pairing->sameRole();
    return ordered && rows.heads[row].id.layer >= cols.heads[col].id.layer ? NoValue::LayerOrder : NoValue::NotFinite;
}

double HeadMatrix::normalised(std::size_t row, std::size_t col) const
{
    const auto normalise = measureInfo(measure).normalised;
    return normalise ? normalise(*this, row, col) : value(row, col);
}

std::optional<NullMoments> nullMoments(const HeadMatrix& matrix, std::size_t row, std::size_t col)
{
    const auto chance = measureInfo(matrix.measure).chance;
    if (!chance || std::isnan(matrix.value(row, col)) || matrix.dNull < 2) return std::nullopt;
    return chance(matrix, row, col);
}

void fillCorrected(HeadMatrix& matrix)
{
    matrix.corrected.clear();
    const MeasureInfo& measure = measureInfo(matrix.measure);
    if (!measure.chance) return;
    matrix.corrected.assign(matrix.values.size(), kNaN);
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        for (std::size_t col = 0; col < matrix.cols.size(); ++col) {
            const auto null = nullMoments(matrix, row, col);
            if (!null) continue;
            const double room = (measure.largest ? measure.largest(matrix, row, col) : 1.0) - null->mean;
            if (room > 1e-12) matrix.corrected[matrix.at(row, col)] = (matrix.value(row, col) - null->mean) / room;
        }
}

}  // namespace hs
