// SPDX-License-Identifier: GPL-3.0-or-later
// A small model with a run, and slopes of the double-precision forward pass, for tests of the backward pass.
#pragma once

#include <QTest>

#include <functional>

#include "engine/forward/backward/backward.h"
#include "engine/forward/forward.h"
#include "tests/support/forward_cases.h"
#include "tests/support/oracle_metric.h"

namespace hs::test {

inline constexpr int kTokens = 7;
inline constexpr double kStep = 1e-6;

/// Configurations of the forward pass's tests that can predict, BERT with an output layer, and a gated MLP of each activation.
inline std::vector<ForwardCase> backwardCases()
{
    std::vector<ForwardCase> cases = forwardCases();
    for (ForwardCase& c : cases)
        if (c.config.output == OutputKind::None) c.config.output = OutputKind::Tied;
    for (const Activation activation : {Activation::Relu, Activation::GeluExact, Activation::GeluTanh}) {
        ForwardCase c{"gated " + std::to_string(static_cast<int>(activation)), smallConfig(), {}};
        c.config.gatedMlp = true;
        c.config.activation = activation;
        c.config.norm = NormKind::RmsNorm;
        c.options.seed = 70 + static_cast<std::uint64_t>(activation);
        cases.push_back(c);
    }
    return cases;
}

/// Of the forward pass's cases: "window on every layer", "both soft caps, window on alternate layers".
inline constexpr std::size_t kWindow = 10, kCapsAndWindow = 15;

struct Setup {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> prompt;
    Interventions interventions;
    std::vector<bool> padding;
    Metric metric;
    std::shared_ptr<const Run> run;
    std::shared_ptr<OracleRun> reference;

    void forwardPass()
    {
        ForwardOptions options;
        options.interventions = interventions;
        options.padding = padding;
        auto made = forward(model, prompt, options);
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().item.c_str());
        run = *made;
    }
    double oracle(const std::function<void(OracleForward&)>& prepare) const
    {
        OracleForward pass(*model, interventions, padding);
        prepare(pass);
        return oracleMetric(pass.run(prompt->ids()), metric, *prompt, padding, reference.get());
    }
    double slope(const std::function<void(OracleForward&, double)>& change) const
    {
        return (oracle([&](OracleForward& f) { change(f, kStep); }) - oracle([&](OracleForward& f) { change(f, -kStep); })) / (2 * kStep);
    }
    double slopeAt(Site site, int layer, std::ptrdiff_t row, std::ptrdiff_t column) const
    {
        return slope([&](OracleForward& f, double by) {
            f.touch = [=](Site s, int l, int, Rows& x) {
                if (s == site && l == layer) x[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] += by;
            };
        });
    }
    double slopeOfGate(HeadId head, int position = -1) const
    {
        const auto dh = static_cast<std::size_t>(model->config().dHead);
        return slope([&](OracleForward& f, double by) {
            f.touch = [=](Site s, int l, int, Rows& x) {
                if (s != Site::Z || l != head.layer) return;
                for (std::size_t r = 0; r < x.size(); ++r)
                    for (std::size_t i = 0; i < dh; ++i)
                        if (position < 0 || static_cast<std::size_t>(position) == r)
                            x[r][static_cast<std::size_t>(head.head) * dh + i] *= 1 + by;
            };
        });
    }
};

/// The engine's gradient is made in float, the slope in double.
inline bool near(double got, double expected)
{
    if (std::abs(got - expected) <= 4e-6 * std::max(1.0, std::abs(expected))) return true;
    qWarning("got %.9g expected %.9g", got, expected);
    return false;
}

inline Setup setup(const ForwardCase& c, const Metric& metric = {}, std::uint64_t seed = 5)
{
    Setup s;
    s.model = randomModel(c.config, c.options);
    s.prompt = randomPrompt(kTokens, c.config.dVocab, seed);
    s.metric = metric;
    return s;
}

}  // namespace hs::test
