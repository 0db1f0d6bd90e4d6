// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/head_detector.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace hs {

MatrixF detectionPattern(DetectionPattern pattern, const std::vector<int>& ids)
{
    const auto n = static_cast<std::ptrdiff_t>(ids.size());
    MatrixF out(n, n);
    for (std::ptrdiff_t i = 0; i < n; ++i)
        for (std::ptrdiff_t j = 0; j < i; ++j) {
            const bool same = ids[static_cast<std::size_t>(i)] == ids[static_cast<std::size_t>(j)];
            switch (pattern) {
            case DetectionPattern::PreviousToken: out(i, j) = j == i - 1 ? 1.0f : 0.0f; break;
            case DetectionPattern::DuplicateToken: out(i, j) = same ? 1.0f : 0.0f; break;
            case DetectionPattern::Induction:
                if (same) out(i, j + 1) = 1.0f;  // j + 1 <= i: still in the lower triangle
                break;
            }
        }
    return out;
}

Result<double> detectHead(ViewF attention, ViewF pattern, const DetectionOptions& options)
{
    const std::ptrdiff_t n = attention.rows;
    const auto shape = [](ViewF m) { return std::to_string(m.rows).append(" x ").append(std::to_string(m.cols)); };
    if (attention.cols != n || pattern.rows != n || pattern.cols != n) return Error::shape("pattern", shape(pattern), shape(attention));
    if (n < 2) return Error::argument("tokens", std::to_string(n), ">= 2");
    for (std::ptrdiff_t i = 0; i < n; ++i)
        for (std::ptrdiff_t j = i + 1; j < n; ++j)
            if (pattern(i, j) != 0.0f)
                return Error::argument("pattern", std::to_string(i).append(", ").append(std::to_string(j)), "lower triangular");
    double hit = 0, all = 0, differences = 0;
    for (std::ptrdiff_t i = 0; i < n; ++i)
        for (std::ptrdiff_t j = 0; j < n; ++j) {
            if ((options.excludeBos && j == 0) || (options.excludeCurrentToken && i == j)) continue;
            const double a = static_cast<double>(attention(i, j)), d = static_cast<double>(pattern(i, j));
            hit += a * d;
            all += a;
            differences += std::abs(a - d);
        }
    if (options.error == DetectionError::Mul) return hit / all;
    const double score = 1.0 - differences / static_cast<double>(n);
    return options.roundAbs ? std::round(score * 1000.0) / 1000.0 : score;
}

Result<double> detectUniform(ViewF pattern, const DetectionOptions& options, Visibility mask)
{
    MatrixF uniform(pattern.rows, pattern.rows);
    const int n = static_cast<int>(pattern.rows);
    for (int i = 0; i < n; ++i) {
        const KeyRange seen = mask.keys(i, n);
        std::fill_n(uniform.row(i) + seen.first, seen.size(), 1.0f / static_cast<float>(seen.size()));
    }
    return detectHead(uniform.view(), pattern, options);
}

}  // namespace hs
