// SPDX-License-Identifier: GPL-3.0-or-later
// Backward of norms and activations, sixteen values at a time (formulas: engine/methods/circuits.md section 8).
#include <algorithm>
#include <cmath>

#include "engine/base/parallel.h"
#include "engine/forward/backward/parts.h"
#include "engine/forward/nonlinearity.h"
#include "engine/tensor/simd.h"

namespace hs::back {

using simd::F16;
using simd::kLanes;

namespace {

constexpr std::ptrdiff_t kRowsPerTask = 32;

/// Sums over a row that its norm's backward needs; `w` may be null. centre: mean of x taken off first.
struct Sums {
    float gradient = 0;  ///< of dy * w
    float product = 0;   ///< of dy * w * (x - centre)
};

HS_CLONES float plainSum(const float* x, std::ptrdiff_t n)
{
    F16 sum{};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        sum += v;
    }
    float out = simd::sum(sum);
    for (; i < n; ++i) out += x[i];
    return out;
}

HS_CLONES float squares(const float* x, std::ptrdiff_t n, float centre)
{
    F16 sum{};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        v -= centre;
        sum += v * v;
    }
    float out = simd::sum(sum);
    for (; i < n; ++i) out += (x[i] - centre) * (x[i] - centre);
    return out;
}

HS_CLONES Sums sums(const float* dy, const float* w, const float* x, std::ptrdiff_t n, float centre)
{
    F16 gradient{}, product{};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 g, v;
        simd::load(g, dy + i);
        simd::load(v, x + i);
        if (w) {
            F16 gain;
            simd::load(gain, w + i);
            g *= gain;
        }
        gradient += g;
        product += g * (v - centre);
    }
    Sums out{simd::sum(gradient), simd::sum(product)};
    for (; i < n; ++i) {
        const float g = w ? dy[i] * w[i] : dy[i];
        out.gradient += g;
        out.product += g * (x[i] - centre);
    }
    return out;
}

/// dx (+)= (dy * w - meanGradient - (x - centre) * slope) * factor.
HS_CLONES void spread(float* dx, const float* dy, const float* w, const float* x, std::ptrdiff_t n, float centre, float meanGradient,
                      float slope, float factor, bool add)
{
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        const float g = w ? dy[i] * w[i] : dy[i];
        const float value = (g - meanGradient - (x[i] - centre) * slope) * factor;
        dx[i] = add ? dx[i] + value : value;
    }
}

/// 1 / (1 + e^-g), g kept where e^-g is a number.
HS_INLINE void sigmoid(F16& g)
{
    g = -g;
    g = g > 87.0f ? F16{} + 87.0f : g;
    simd::exp(g);
    g = 1.0f / (g + 1.0f);
}

/// value = act(u), slope = act'(u).
HS_INLINE void siluBoth(const F16& u, F16& value, F16& slope)
{
    F16 s = u;
    sigmoid(s);
    value = u * s;
    slope = s * (1.0f + u * (1.0f - s));
}

HS_INLINE void geluTanhBoth(const F16& u, F16& value, F16& slope)
{
    F16 s = u * (1.5957691216057308f + 0.07135481282636f * u * u);
    sigmoid(s);
    value = u * s;
    slope = s + u * s * (1.0f - s) * (1.5957691216057308f + 0.21406443847908f * u * u);
}

HS_INLINE void reluBoth(const F16& u, F16& value, F16& slope)
{
    value = u < 0.0f ? F16{} : u;
    slope = u > 0.0f ? F16{} + 1.0f : F16{};
}

HS_INLINE void geluExactBoth(const F16& u, F16& value, F16& slope)
{
    for (int i = 0; i < kLanes; ++i) {
        const float x = u[i];
        const float phi = 0.5f * std::erfc(-x * 0.70710678118654752f);
        value[i] = x * phi;
        slope[i] = phi + x * 0.39894228040143268f * std::exp(-0.5f * x * x);
    }
}

#define HS_EACH(n, body)                     \
    std::ptrdiff_t i = 0;                    \
    for (; i + kLanes <= (n); i += kLanes) { \
        const std::ptrdiff_t width = kLanes; \
        body                                 \
    }                                        \
    if (i < (n)) {                           \
        const std::ptrdiff_t width = (n)-i;  \
        body                                 \
    }

HS_INLINE void loadPart(F16& v, const float* p, std::ptrdiff_t width)
{
    float tail[kLanes] = {};
    if (width == kLanes) {
        simd::load(v, p);
    } else {
        for (std::ptrdiff_t k = 0; k < width; ++k) tail[k] = p[k];
        simd::load(v, tail);
    }
}

HS_INLINE void storePart(float* p, const F16& v, std::ptrdiff_t width)
{
    if (width == kLanes) {
        simd::store(p, v);
    } else {
        for (std::ptrdiff_t k = 0; k < width; ++k) p[k] = v[k];
    }
}

#define HS_BACK(name, both)                                                              \
    HS_CLONES void name(float* g, const float* u, std::ptrdiff_t n){HS_EACH(n, {         \
        F16 x;                                                                           \
        F16 d;                                                                           \
        F16 value;                                                                       \
        F16 slope;                                                                       \
        loadPart(x, u + i, width);                                                       \
        loadPart(d, g + i, width);                                                       \
        both(x, value, slope);                                                           \
        d *= slope;                                                                      \
        storePart(g + i, d, width);                                                      \
    })} HS_CLONES void name##Gated(const float* g, float* a, float* c, std::ptrdiff_t n) \
    {                                                                                    \
        HS_EACH(n, {                                                                     \
            F16 x;                                                                       \
            F16 d;                                                                       \
            F16 linear;                                                                  \
            F16 value;                                                                   \
            F16 slope;                                                                   \
            loadPart(x, a + i, width);                                                   \
            loadPart(d, g + i, width);                                                   \
            loadPart(linear, c + i, width);                                              \
            both(x, value, slope);                                                       \
            x = d * linear * slope;                                                      \
            linear = d * value;                                                          \
            storePart(a + i, x, width);                                                  \
            storePart(c + i, linear, width);                                             \
        })                                                                               \
    }

HS_BACK(reluBack, reluBoth)
HS_BACK(geluExactBack, geluExactBoth)
HS_BACK(geluTanhBack, geluTanhBoth)
HS_BACK(siluBack, siluBoth)

}  // namespace

void activationBack(Activation activation, float* g, const float* u, std::ptrdiff_t n)
{
    switch (activation) {
    case Activation::Relu: reluBack(g, u, n); break;
    case Activation::GeluExact: geluExactBack(g, u, n); break;
    case Activation::GeluTanh: geluTanhBack(g, u, n); break;
    case Activation::Silu: siluBack(g, u, n); break;
    case Activation::Solu: soluBack(g, u, n); break;
    default:
        for (std::ptrdiff_t i = 0; i < n; ++i)
            g[i] = static_cast<float>(static_cast<double>(g[i]) * activationAt(activation, static_cast<double>(u[i])).slope);
    }
}

void gatedBack(Activation activation, const float* g, float* a, float* c, std::ptrdiff_t n)
{
    switch (activation) {
    case Activation::Relu: reluBackGated(g, a, c, n); break;
    case Activation::GeluExact: geluExactBackGated(g, a, c, n); break;
    case Activation::GeluTanh: geluTanhBackGated(g, a, c, n); break;
    case Activation::Silu: siluBackGated(g, a, c, n); break;
    case Activation::Solu: {
        std::vector<float> value(a, a + n), back(static_cast<std::size_t>(n));
        activateInPlace(activation, value.data(), n);
        for (std::ptrdiff_t i = 0; i < n; ++i) back[static_cast<std::size_t>(i)] = g[i] * c[i];
        soluBack(back.data(), a, n);
        for (std::ptrdiff_t i = 0; i < n; ++i) {
            c[i] = g[i] * value[static_cast<std::size_t>(i)];
            a[i] = back[static_cast<std::size_t>(i)];
        }
        break;
    }
    default:
        for (std::ptrdiff_t i = 0; i < n; ++i) {
            const ValueAndSlope at = activationAt(activation, static_cast<double>(a[i]));
            a[i] = g[i] * c[i] * static_cast<float>(at.slope);
            c[i] = g[i] * static_cast<float>(at.value);
        }
    }
}

void normBack(const ModelConfig& config, const NormWeights& norm, ViewF x, ViewF dy, MutViewF dx, bool add)
{
    const float* w = norm.w.empty() ? nullptr : norm.w.data();
    const std::ptrdiff_t d = x.cols;
    const auto tasks = static_cast<std::size_t>((x.rows + kRowsPerTask - 1) / kRowsPerTask);
    parallelFor(tasks, [&](std::size_t task) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(task) * kRowsPerTask;
        for (std::ptrdiff_t r = first; r < std::min(first + kRowsPerTask, x.rows); ++r) {
            if (config.norm == NormKind::None || norm.none) {
                if (add) addTo(dx.row(r), dy.row(r), d);
                else if (dx.row(r) != dy.row(r)) std::copy_n(dy.row(r), d, dx.row(r));
                continue;
            }
            const bool centred = config.norm == NormKind::LayerNorm;
            const auto size = static_cast<float>(d);
            const float centre = centred ? plainSum(x.row(r), d) / size : 0.0f;
            const double variance = static_cast<double>(squares(x.row(r), d, centre)) / static_cast<double>(d) + config.eps;
            const Sums s = sums(dy.row(r), w, x.row(r), d, centre);
            // x' = (g - mean g - xh mean(g xh)) / s with xh = (x - centre) / s.
            spread(dx.row(r), dy.row(r), w, x.row(r), d, centre, centred ? s.gradient / size : 0.0f,
                   static_cast<float>(static_cast<double>(s.product) / static_cast<double>(d) / variance),
                   static_cast<float>(1.0 / std::sqrt(variance)), add);
        }
    });
}

void qkNormBack(const block::Context& c, const NormWeights& norm, ViewF x, MutViewF d)
{
    ModelConfig config = c.config;
    config.norm = config.qkNorm == QkNorm::LnHeads ? NormKind::LayerNorm : NormKind::RmsNorm;
    const std::ptrdiff_t width = config.qkNorm == QkNorm::RmsWidth ? x.cols : config.dHead;
    for (std::ptrdiff_t at = 0; at < x.cols; at += width) {
        NormWeights own;
        if (!norm.w.empty()) own.w.assign(norm.w.begin() + at, norm.w.begin() + at + width);
        const MutViewF part = d.block(0, at, d.rows, width);
        normBack(config, own, x.block(0, at, x.rows, width), ViewF(part), part, false);
    }
}

}  // namespace hs::back
