// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tensor/reduce.h"

#include <cmath>

#include "engine/tensor/simd.h"

namespace hs {

using simd::F16;
using simd::kLanes;

HS_CLONES float meanDistance(const float* p, std::ptrdiff_t n, std::ptrdiff_t query)
{
    // The distance itself, not query minus the mean key: no cancellation at large positions.
    F16 distance = {}, total = {};
    for (int k = 0; k < kLanes; ++k) distance[k] = static_cast<float>(query - k);
    std::ptrdiff_t j = 0;
    for (; j + kLanes <= n; j += kLanes) {
        F16 v;
        simd::load(v, p + j);
        const F16 absolute = distance < 0.0f ? -distance : distance;
        total += v * absolute;
        distance -= static_cast<float>(kLanes);
    }
    float sum = simd::sum(total);
    for (; j < n; ++j) sum += p[j] * static_cast<float>(query > j ? query - j : j - query);
    return sum;
}

float entropyOf(const float* p, std::ptrdiff_t n)
{
    double h = 0.0;
    for (std::ptrdiff_t j = 0; j < n; ++j)
        if (p[j] > 0.0f) h -= static_cast<double>(p[j]) * static_cast<double>(std::log(p[j]));
    return static_cast<float>(h > 0.0 ? h : 0.0);
}

HS_CLONES float accumulateRow(float* column, float* offset, const float* p, std::ptrdiff_t n, std::ptrdiff_t query)
{
    F16 distance = {}, total = {};
    for (int k = 0; k < kLanes; ++k) distance[k] = static_cast<float>(query - k);
    std::ptrdiff_t j = 0;
    for (; j + kLanes <= n; j += kLanes) {
        F16 v, c, o;
        simd::load(v, p + j);
        simd::load(c, column + j);
        simd::load(o, offset + j);
        simd::store(column + j, c + v);
        simd::store(offset + j, o + v);
        const F16 absolute = distance < 0.0f ? -distance : distance;
        total += v * absolute;
        distance -= static_cast<float>(kLanes);
    }
    float sum = simd::sum(total);
    for (; j < n; ++j) {
        column[j] += p[j];
        offset[j] += p[j];
        sum += p[j] * static_cast<float>(query > j ? query - j : j - query);
    }
    return sum;
}

}  // namespace hs
