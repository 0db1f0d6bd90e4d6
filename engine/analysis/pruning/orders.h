// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/analysis/pruning: which heads go next.
#pragma once

#include <memory>

#include "engine/analysis/pruning/pruning.h"

namespace hs::pruning {

/// Decides orders on the calibration text. Scores of the uncut model and trained gates are measured once and shared by all orders.
class Orders {
public:
    Orders(std::shared_ptr<const Model> model, const ImportanceText& calibration, const PruningSpec& spec,
           std::shared_ptr<const AblationValues> values);

    /// The order is one list from the start: all of its points can be measured together.
    bool isFixed(OrderKind order) const;
    /// Extends `cut` to `count` heads.
    Status extend(OrderKind order, std::uint64_t seed, std::vector<HeadId>& cut, std::size_t count, const Progress& progress);
    /// Scores of the uncut model, measured at the first need.
    Result<ImportanceTablePtr> score(const Progress& progress);
    /// The same from a saved state: they are not measured again.
    void setScore(std::vector<double> values) { m_scoreValues = std::move(values); }
    bool hasScore() const { return m_score != nullptr; }
    const std::vector<HeadId>& heads() const { return m_heads; }

private:
    Result<std::vector<double>> fixedScores(OrderKind order, const Progress& progress);
    Result<std::vector<HeadId>> fixedOrder(OrderKind order, std::uint64_t seed, const Progress& progress);

    std::shared_ptr<const Model> m_model;
    const ImportanceText& m_calibration;
    const PruningSpec& m_spec;
    std::shared_ptr<const AblationValues> m_values;
    std::vector<HeadId> m_heads;
    ImportanceTablePtr m_score;
    std::vector<double> m_scoreValues, m_open;
};

}  // namespace hs::pruning
