// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/nonlinearity.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/tensor/nn.h"

namespace hs {
namespace {

double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

ValueAndSlope gelu(double x)
{
    const double share = 0.5 * std::erfc(-x / std::numbers::sqrt2);
    return {x * share, share + x * std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi)};
}

ValueAndSlope geluTanh(double x)
{
    const double u = std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x), t = std::tanh(u);
    return {0.5 * x * (1 + t), 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * std::sqrt(2 / std::numbers::pi) * (1 + 3 * 0.044715 * x * x)};
}

/// x s(k x) with the logistic s.
ValueAndSlope gated(double x, double k)
{
    const double s = sigmoid(k * x);
    return {x * s, s + k * x * s * (1 - s)};
}

ValueAndSlope mish(double x)
{
    const double t = std::tanh(x > 30 ? x : std::log1p(std::exp(x)));
    return {x * t, t + x * (1 - t * t) * sigmoid(x)};
}

ValueAndSlope laplace(double x)
{
    constexpr double mean = 0.707107, deviation = 0.282095;
    const double u = (x - mean) / (deviation * std::numbers::sqrt2);
    return {0.5 * (1 + std::erf(u)), std::exp(-u * u) / (deviation * std::sqrt(2 * std::numbers::pi))};
}

}  // namespace

ValueAndSlope activationAt(Activation activation, double x)
{
    switch (activation) {
    case Activation::Relu: return {std::max(0.0, x), x > 0 ? 1.0 : 0.0};
    case Activation::GeluExact: return gelu(x);
    case Activation::GeluTanh: return geluTanh(x);
    case Activation::Silu: return gated(x, 1);
    case Activation::QuickGelu: return gated(x, 1.702);
    case Activation::Gelu10: {
        const ValueAndSlope y = gelu(x);
        return {std::clamp(y.value, -10.0, 10.0), y.value < 10 ? y.slope : 0.0};
    }
    case Activation::Relu2: return {x > 0 ? x * x : 0.0, x > 0 ? 2 * x : 0.0};
    case Activation::Relu6: return {std::clamp(x, 0.0, 6.0), x > 0 && x < 6 ? 1.0 : 0.0};
    case Activation::Tanh: return {std::tanh(x), 1 - std::tanh(x) * std::tanh(x)};
    case Activation::Sigmoid: return {sigmoid(x), sigmoid(x) * (1 - sigmoid(x))};
    case Activation::Linear: return {x, 1};
    case Activation::Mish: return mish(x);
    case Activation::LeakyRelu: return {x < 0 ? 0.01 * x : x, x < 0 ? 0.01 : 1.0};
    case Activation::HardSwish: return {x * std::clamp(x + 3, 0.0, 6.0) / 6, x < -3 ? 0.0 : x > 3 ? 1.0 : (2 * x + 3) / 6};
    case Activation::Laplace: return laplace(x);
    case Activation::Solu: break;
    }
    return {x, 1};
}

void activateInPlace(Activation activation, float* x, std::ptrdiff_t n)
{
    switch (activation) {
    case Activation::Relu: return reluInPlace(x, n);
    case Activation::GeluExact: return geluExactInPlace(x, n);
    case Activation::GeluTanh: return geluTanhInPlace(x, n);
    case Activation::Silu: return siluInPlace(x, n);
    case Activation::Solu: {
        thread_local std::vector<float> share;
        share.assign(x, x + n);
        softmaxRow(share.data(), n);
        return multiplyBy(x, share.data(), n);
    }
    default: break;  // seldom met: one by one
    }
    for (std::ptrdiff_t i = 0; i < n; ++i) x[i] = static_cast<float>(activationAt(activation, static_cast<double>(x[i])).value);
}

void soluBack(float* g, const float* u, std::ptrdiff_t n)
{
    thread_local std::vector<float> share;
    share.assign(u, u + n);
    softmaxRow(share.data(), n);
    double mean = 0;  // of g x under the softmax
    for (std::ptrdiff_t i = 0; i < n; ++i)
        mean += static_cast<double>(share[static_cast<std::size_t>(i)]) * static_cast<double>(g[i] * u[i]);
    for (std::ptrdiff_t i = 0; i < n; ++i) g[i] = share[static_cast<std::size_t>(i)] * (g[i] + g[i] * u[i] - static_cast<float>(mean));
}

}  // namespace hs
