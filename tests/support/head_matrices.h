// SPDX-License-Identifier: GPL-3.0-or-later
// Head matrices made by hand, for tests of what reads them.
#pragma once

#include <limits>
#include <memory>

#include "engine/similarity/head_matrix.h"
#include "tests/support/random_model.h"

namespace hs::test {

/// `layers` x `heads` heads; with `kv` > 0 that many shared key/value heads instead.
inline HeadAxis headAxis(int layers, int heads, int rank, int kv = 0)
{
    HeadAxis axis;
    axis.sharedKeyValue = kv > 0 && kv < heads;
    const int count = axis.sharedKeyValue ? kv : heads, group = heads / count;
    for (int l = 0; l < layers; ++l) {
        for (int h = 0; h < count; ++h) {
            AxisHead a;
            a.id = {l, h};
            a.firstHead = h * group;
            a.lastHead = (h + 1) * group - 1;
            a.label = headName({l, h});
            a.rank = rank;
            axis.heads.push_back(a);
        }
    }
    return axis;
}

/// Projection Kernel of one pairing, NaN everywhere.
inline std::shared_ptr<HeadMatrix> emptyMatrix(const char* pairing, int layers, int heads, int targetKv = 0, int d = 16, int rank = 4)
{
    auto m = std::make_shared<HeadMatrix>();
    m->pairing = parseRolePair(pairing);
    m->model = "by hand";
    m->dModel = m->dNull = d;
    m->rows = headAxis(layers, heads, rank);
    m->cols = headAxis(layers, heads, rank, targetKv);
    m->values.assign(m->rows.size() * m->cols.size(), std::numeric_limits<double>::quiet_NaN());
    return m;
}

/// The same with seeded values in [0, rank] for every pair that can compose.
inline std::shared_ptr<HeadMatrix> randomMatrix(const char* pairing, int layers, int heads, std::uint64_t seed, int targetKv = 0)
{
    auto m = emptyMatrix(pairing, layers, heads, targetKv);
    Random random(seed);
    for (std::size_t r = 0; r < m->rows.size(); ++r)
        for (std::size_t c = 0; c < m->cols.size(); ++c)
            if (m->rows.heads[r].id.layer < m->cols.heads[c].id.layer)
                m->values[m->at(r, c)] = 2.0 + 2.0 * static_cast<double>(random.symmetric());
    fillCorrected(*m);
    return m;
}

}  // namespace hs::test
