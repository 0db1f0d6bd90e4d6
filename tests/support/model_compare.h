// SPDX-License-Identifier: GPL-3.0-or-later
// Two models must hold the same weights: empty, or the first tensor that differs and how.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/model/model.h"
#include "tests/support/compare.h"

namespace hs::test {

inline std::string worst(const MatrixF& got, const MatrixF& expected, double tolerance)
{
    if (got.rows() != expected.rows() || got.cols() != expected.cols()) return "shape";
    return difference(got.data(), expected.data(), static_cast<std::size_t>(got.rows() * got.cols()), {tolerance, 0});
}

inline std::string worst(const std::vector<float>& got, const std::vector<float>& expected, double tolerance)
{
    if (got.size() != expected.size()) return "size";
    return difference(got.data(), expected.data(), got.size(), {tolerance, 0});
}

using Differences = std::vector<std::pair<const char*, std::string>>;

inline std::string firstOf(const Differences& all)
{
    for (const auto& [name, difference] : all) {
        if (difference.empty()) continue;
        std::string out = name;
        return out.append(": ").append(difference);
    }
    return {};
}

inline std::string worstLayer(const LayerWeights& a, const LayerWeights& b, double t)
{
    return firstOf({{"wQ", worst(a.wQ, b.wQ, t)},
                    {"wK", worst(a.wK, b.wK, t)},
                    {"wV", worst(a.wV, b.wV, t)},
                    {"wO", worst(a.wO, b.wO, t)},
                    {"bQ", worst(a.bQ, b.bQ, t)},
                    {"bK", worst(a.bK, b.bK, t)},
                    {"bV", worst(a.bV, b.bV, t)},
                    {"bO", worst(a.bO, b.bO, t)},
                    {"ln1.w", worst(a.ln1.w, b.ln1.w, t)},
                    {"ln1.b", worst(a.ln1.b, b.ln1.b, t)},
                    {"ln2.w", worst(a.ln2.w, b.ln2.w, t)},
                    {"ln2.b", worst(a.ln2.b, b.ln2.b, t)},
                    {"wIn", worst(a.wIn, b.wIn, t)},
                    {"wGate", worst(a.wGate, b.wGate, t)},
                    {"wOut", worst(a.wOut, b.wOut, t)},
                    {"bIn", worst(a.bIn, b.bIn, t)},
                    {"bOut", worst(a.bOut, b.bOut, t)}});
}

inline std::string worstModel(const Model& got, const Model& expected, double t = 0)
{
    if (got.config().nLayers != expected.config().nLayers) return "n_layers";
    for (int l = 0; l < expected.config().nLayers; ++l) {
        const auto a = got.layer(l), b = expected.layer(l);
        if (!a || !b) return "layer cannot be read";
        if (std::string d = worstLayer(**a, **b, t); !d.empty()) return d;
    }
    const auto e1 = got.embedding(), e2 = expected.embedding();
    const auto o1 = got.output(), o2 = expected.output();
    if (!e1 || !e2 || !o1 || !o2) return "ends cannot be read";
    return firstOf({{"wE", worst((*e1)->wE, (*e2)->wE, t)},
                    {"wPos", worst((*e1)->wPos, (*e2)->wPos, t)},
                    {"embed ln.w", worst((*e1)->norm.w, (*e2)->norm.w, t)},
                    {"lnFinal.w", worst((*o1)->lnFinal.w, (*o2)->lnFinal.w, t)},
                    {"lnFinal.b", worst((*o1)->lnFinal.b, (*o2)->lnFinal.b, t)},
                    {"wU", worst((*o1)->wU, (*o2)->wU, t)},
                    {"bU", worst((*o1)->bU, (*o2)->bU, t)}});
}

}  // namespace hs::test
