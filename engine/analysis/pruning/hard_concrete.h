// SPDX-License-Identifier: GPL-3.0-or-later
// Stochastic gates on heads (Louizos, Welling & Kingma 2018; Voita et al. 2019, section 5): only the gates are trained, weights are
// frozen. Voita et al. fine-tune the model as well.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/analysis/importance/importance.h"

namespace hs {

inline constexpr double kHardConcreteBeta = 0.33, kHardConcreteGamma = -0.1, kHardConcreteZeta = 1.1;

/// P(gate > 0) = sigmoid(log a - beta ln(-gamma / zeta)).
double hardConcreteOpen(double logA);
/// Gate used after training: clip(sigmoid(log a) (zeta - gamma) + gamma, 0, 1).
double hardConcreteGate(double logA);
/// A sample from u in (0, 1), and its derivative with respect to log a (0 where it is clipped).
struct HardConcreteSample {
    double gate = 0, slope = 0;
};
HardConcreteSample hardConcreteSample(double logA, double u);

struct HardConcreteOptions {
    double lambda = 0.02;  ///< nats for each open head
    int steps = 200;
    int promptsPerStep = 4;
    double rate = 0.1;   ///< of Adam (Kingma & Ba 2015)
    double start = 2.0;  ///< log a at the beginning: gates start open
    std::uint64_t seed = 1;
    AblationKind ablation = AblationKind::Zero;  ///< Zero or Mean: what a closed gate leaves
};

struct HardConcreteResult {
    std::vector<HeadId> heads;
    std::vector<double> logA, open, gate;  ///< [heads]
    std::vector<double> history;           ///< [steps] loss + penalty of the step's prompts
    int steps = 0;
    bool complete = false;
};
using HardConcreteStage = std::function<void(const std::shared_ptr<const HardConcreteResult>&)>;

/// InvalidArgument for Resample and Uniform (item "ablation"); TextEmpty; errors of forward and backward; Cancelled.
Result<std::shared_ptr<const HardConcreteResult>> trainHardConcrete(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                                                    const AblationValues& values, const HardConcreteOptions& options,
                                                                    const Progress& progress = {}, const HardConcreteStage& onStage = {});

}  // namespace hs
