// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/pruning/hard_concrete.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/importance/parts.h"
#include "engine/base/random.h"
#include "engine/forward/backward/backward.h"

namespace hs {
namespace {

double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// Adam (Kingma & Ba 2015) with its usual constants.
class Adam {
public:
    Adam(std::size_t size, double rate) : m_rate(rate), m_first(size, 0.0), m_second(size, 0.0) {}
    void step(std::vector<double>& x, const std::vector<double>& gradient)
    {
        ++m_steps;
        const double one = 1.0 - std::pow(0.9, m_steps), two = 1.0 - std::pow(0.999, m_steps);
        for (std::size_t i = 0; i < x.size(); ++i) {
            m_first[i] = 0.9 * m_first[i] + 0.1 * gradient[i];
            m_second[i] = 0.999 * m_second[i] + 0.001 * gradient[i] * gradient[i];
            x[i] -= m_rate * (m_first[i] / one) / (std::sqrt(m_second[i] / two) + 1e-8);
        }
    }

private:
    double m_rate;
    int m_steps = 0;
    std::vector<double> m_first, m_second;
};

/// dLoss/dgate of every head under sampled gates, and the loss.
struct GateGradient {
    double loss = 0;
    std::vector<double> gradient;
};
Result<GateGradient> gradientAt(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt,
                                const std::vector<HeadId>& heads, const std::vector<HardConcreteSample>& gates,
                                const AblationValues& values, const Progress& progress)
{
    const ModelConfig& config = model->config();
    Interventions list;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        // Written out even for gates at 0 and 1: their derivative is asked for.
        list.push_back(scaleHead(heads[i], static_cast<float>(gates[i].gate)));
        if (values.kind != AblationKind::Mean) continue;
        std::vector<float> rest;
        const float* mean = values.means[static_cast<std::size_t>(heads[i].layer)].data() + heads[i].head * config.dHead;
        for (int c = 0; c < config.dHead; ++c) rest.push_back(static_cast<float>(1.0 - gates[i].gate) * mean[c]);
        list.push_back(addToHead(heads[i], std::move(rest)));
    }
    GradientRequest request;
    if (values.kind == AblationKind::Mean) request.sites = {Site::Z};
    const auto gradients = gradientsOf(model, prompt, list, Metric{}, request, progress);
    if (!gradients) return gradients.error();
    GateGradient out;
    out.loss = gradients->value;
    for (const HeadId head : heads) {
        const auto l = static_cast<std::size_t>(head.layer);
        double g = gradients->scaleGates[l][static_cast<std::size_t>(head.head)];
        if (values.kind == AblationKind::Mean) {
            // z' = g z + (1 - g) mean: the mean falls as the gate opens.
            const MatrixF& dz = gradients->layers[l].z;
            const float* mean = values.means[l].data() + head.head * config.dHead;
            for (std::ptrdiff_t r = 0; r < dz.rows(); ++r)
                for (int c = 0; c < config.dHead; ++c)
                    g -= static_cast<double>(dz(r, head.head * config.dHead + c)) * static_cast<double>(mean[c]);
        }
        out.gradient.push_back(g);
    }
    return out;
}

}  // namespace

double hardConcreteOpen(double logA) { return sigmoid(logA - kHardConcreteBeta * std::log(-kHardConcreteGamma / kHardConcreteZeta)); }

double hardConcreteGate(double logA)
{
    return std::clamp(sigmoid(logA) * (kHardConcreteZeta - kHardConcreteGamma) + kHardConcreteGamma, 0.0, 1.0);
}

HardConcreteSample hardConcreteSample(double logA, double u)
{
    const double s = sigmoid((std::log(u) - std::log(1.0 - u) + logA) / kHardConcreteBeta);
    const double stretched = s * (kHardConcreteZeta - kHardConcreteGamma) + kHardConcreteGamma;
    if (stretched <= 0.0) return {0.0, 0.0};
    if (stretched >= 1.0) return {1.0, 0.0};
    return {stretched, s * (1.0 - s) / kHardConcreteBeta * (kHardConcreteZeta - kHardConcreteGamma)};
}

Result<std::shared_ptr<const HardConcreteResult>> trainHardConcrete(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                                                    const AblationValues& values, const HardConcreteOptions& options,
                                                                    const Progress& progress, const HardConcreteStage& onStage)
{
    if (values.kind == AblationKind::Resample || values.kind == AblationKind::Uniform)
        return Error::argument("ablation", ablationName(values.kind), "zero, mean");
    if (text.prompts.empty()) return Error::of(ErrorCode::TextEmpty);
    auto result = std::make_shared<HardConcreteResult>();
    result->heads = importance::headsOf(model->config());
    const std::size_t count = result->heads.size();
    result->logA.assign(count, options.start);
    const auto summarise = [&] {
        result->open.clear();
        result->gate.clear();
        for (const double a : result->logA) {
            result->open.push_back(hardConcreteOpen(a));
            result->gate.push_back(hardConcreteGate(a));
        }
    };
    SeededRandom random(options.seed);
    Adam adam(count, options.rate);
    std::vector<std::size_t> order(text.prompts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::size_t at = order.size();
    const auto nextPrompt = [&] {
        if (at >= order.size()) {
            random.shuffle(order);
            at = 0;
        }
        return text.prompts[order[at++]];
    };
    const int each = std::max(1, options.promptsPerStep);
    for (int step = 0; step < options.steps; ++step) {
        std::vector<double> gradient(count, 0.0);
        double loss = 0, penalty = 0;
        for (int k = 0; k < each; ++k) {
            progress.report(Stage::Ablation, static_cast<std::int64_t>(step) * each + k, static_cast<std::int64_t>(options.steps) * each);
            if (!progress.checkpoint()) return Error::cancelled();
            std::vector<HardConcreteSample> gates;
            for (const double a : result->logA) gates.push_back(hardConcreteSample(a, std::clamp(random.uniform(), 1e-6, 1.0 - 1e-6)));
            const auto one = gradientAt(model, nextPrompt(), result->heads, gates, values, Progress(progress.token(), {}));
            if (!one) return one.error();
            loss += one->loss / each;
            for (std::size_t i = 0; i < count; ++i) gradient[i] += one->gradient[i] * gates[i].slope / each;
        }
        for (std::size_t i = 0; i < count; ++i) {
            const double open = hardConcreteOpen(result->logA[i]);
            penalty += options.lambda * open;
            gradient[i] += options.lambda * open * (1.0 - open);
        }
        adam.step(result->logA, gradient);
        result->history.push_back(loss + penalty);
        result->steps = step + 1;
        if (onStage && step % 10 == 9 && step + 1 < options.steps) {
            summarise();
            onStage(std::make_shared<const HardConcreteResult>(*result));
        }
    }
    summarise();
    result->complete = true;
    if (onStage) onStage(std::make_shared<const HardConcreteResult>(*result));
    return std::shared_ptr<const HardConcreteResult>(std::move(result));
}

}  // namespace hs
