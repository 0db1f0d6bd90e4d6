// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/weights.h"

namespace hs {

std::size_t LayerWeights::bytes() const
{
    std::size_t total = 0;
    for (const MatrixF* m : {&wQ, &wK, &wV, &wO, &wIn, &wGate, &wOut}) total += m->bytes();
    for (const std::vector<float>* v : {&bQ, &bK, &bV, &bO, &ln1.w, &ln1.b, &ln2.w, &ln2.b, &bIn, &bOut})
        total += v->size() * sizeof(float);
    return total;
}

}  // namespace hs
