// SPDX-License-Identifier: GPL-3.0-or-later
// Pruning experiments: heads are cut in some order, and loss, accuracy and KL are measured on a text of their own after each step
// (engine/methods/patterns.md section 8). A curve is nothing without the random orders, magnitude, layer-drop and reverse beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/importance/importance.h"

namespace hs {

enum class OrderKind {
    Score,         ///< lowest score first
    Reverse,       ///< highest score first
    Greedy,        ///< after each step the heads whose cutting changes the calibration loss least, measured exactly
    HardConcrete,  ///< lowest P(open) of gates trained on frozen weights first (Voita et al. 2019)
    Random,        ///< one for each seed
    Magnitude,     ///< smallest ||W_O of the head|| first
    LayerDrop,     ///< whole layers, in the order of their summed score
};
/// "score", "reverse", "greedy", "hard-concrete", "random", "magnitude", "layer-drop".
const char* orderName(OrderKind kind);
std::optional<OrderKind> parseOrder(std::string_view name);

struct PruningSpec {
    ImportanceKind score = ImportanceKind::Gate;
    bool recompute = true;  ///< Score, Reverse: measured again after each step with the cut heads cut; false: one-shot
    std::vector<OrderKind> orders = {OrderKind::Score, OrderKind::Magnitude, OrderKind::LayerDrop, OrderKind::Reverse, OrderKind::Random};
    int randomSeeds = 20;    ///< orders of kind Random
    std::uint64_t seed = 1;  ///< first of them; also of bootstrap, donors, gate training
    double stepShare = 0.1;  ///< of all heads in each step, at least one head
    int stepHeads = 0;       ///< not 0: this many instead
    AblationKind ablation = AblationKind::Mean;
    int draws = 4;         ///< Resample
    int resamples = 1000;  ///< bootstrap over test documents for the band of single orders
    int keepAtLeast = 0;   ///< the curve ends with this many heads left
    bool operator==(const PruningSpec&) const = default;
};

/// After some heads are cut.
struct PruningPoint {
    int step = 0;  ///< 0: nothing cut
    int headsLeft = 0;
    double loss = 0, accuracy = 0, kl = 0;  ///< means over test prompts
    /// 5 and 95 % of the loss. Random: over the seeds, the same in each of them. Others: bootstrap over test documents.
    double low = 0, high = 0;
    std::vector<float> losses;  ///< [test prompts]
    double seconds = 0;
};

/// One order and its curve.
struct PruningSeries {
    OrderKind order = OrderKind::Score;
    std::uint64_t seed = 0;   ///< Random; 0 otherwise
    std::vector<HeadId> cut;  ///< in the order of cutting, as far as decided
    std::vector<PruningPoint> points;
    bool complete = false;
    /// Heads cut at a step.
    std::vector<HeadId> cutAt(std::size_t point) const;
};

struct PruningBand {
    int headsLeft = 0;
    double low = 0, median = 0, high = 0;  ///< 5, 50, 95 % over random orders
    int seeds = 0;
};

/// State and result of an experiment in one: publish it, save it, hand it back to go on.
struct PruningCurve {
    PruningSpec spec;
    int layers = 0, heads = 0;  ///< heads: of the whole model
    std::vector<PruningSeries> series;
    ImportanceTablePtr score;         ///< of the uncut model, on the calibration text; null until measured, or after loading
    std::vector<double> scoreValues;  ///< its values, layer by layer: saved
    ImportanceData data;              ///< text = test text; calibration = name of the calibration text
    std::string calibrationHash;
    std::string calibrationTargetsHash;  ///< of the targets that scores are measured against; empty: next tokens
    bool complete = false;
    double seconds = 0;

    double baseLoss() const;  ///< NaN before the first point
    const PruningSeries* find(OrderKind order, std::uint64_t seed = 0) const;
    /// Random orders at each number of heads that all finished ones have.
    std::vector<PruningBand> randomBand() const;
};
using PruningCurvePtr = std::shared_ptr<const PruningCurve>;
using PruningStage = std::function<void(const PruningCurvePtr&)>;

/// Runs an experiment, or goes on with one: points that `resume` has are not measured again (its spec, model and text hashes must
/// be those given, InvalidArgument otherwise, item = what differs). Publishes after each point. When stopped the error is
/// Cancelled, and the last stage published is the state to resume from.
Result<PruningCurvePtr> runPruning(const std::shared_ptr<const Model>& model, const ImportanceText& calibration, const ImportanceText& test,
                                   const PruningSpec& spec, const std::string& modelHash, const PruningCurvePtr& resume = {},
                                   const Progress& progress = {}, const PruningStage& onStage = {});

/// The budget: fewest heads left at a point of the series whose loss, and that of every point before it, is at most
/// (1 + percent/100) times the uncut loss. Nothing when the series has no points.
struct BudgetChoice {
    std::size_t point = 0;
    int headsLeft = 0;
    double loss = 0, change = 0;  ///< change: share of the uncut loss (.02: 2 % more)
    std::vector<HeadId> cut;
};
std::optional<BudgetChoice> withinBudget(const PruningSeries& series, double percent);

/// Where a series lies against the random band: the claim that a score helps, and where it fails.
struct BandReport {
    int below = 0, inside = 0, above = 0;  ///< points with some but not all heads cut: below 5 %, within, above 95 %
    std::vector<int> notBelow;             ///< heads left at the points that are not below the band
};
BandReport againstRandom(const PruningCurve& curve, const PruningSeries& series);

/// CSV with the columns step, heads_left, order, seed, loss, accuracy, kl, lo, hi. Full precision, "." as decimal point.
std::string pruningCsv(const PruningCurve& curve);

}  // namespace hs
