// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef HEADSCOPE_GEMM_DNNL

#include <algorithm>
#include <cassert>

#include <dnnl.h>
#include <omp.h>

#include "engine/tensor/gemm.h"

namespace hs {

void gemm(bool transA, bool transB, float alpha, ViewF a, ViewF b, float beta, MutViewF c)
{
    const std::ptrdiff_t inner = transA ? a.rows : a.cols;
    assert((transA ? a.cols : a.rows) == c.rows);
    assert((transB ? b.rows : b.cols) == c.cols);
    assert((transB ? b.cols : b.rows) == inner);
    if (c.empty()) return;
    if (inner == 0) {
        for (std::ptrdiff_t r = 0; r < c.rows; ++r)
            for (std::ptrdiff_t k = 0; k < c.cols; ++k) c(r, k) = beta == 0.0f ? 0.0f : beta * c(r, k);
        return;
    }
    // The OpenMP thread count belongs to the calling thread; ours is the only level of parallelism.
    thread_local const bool single = (omp_set_num_threads(1), true);
    (void)single;
    // One-row and one-column views may carry any stride; the library wants at least the row length.
    const dnnl_dim_t lda = std::max(a.stride, a.cols), ldb = std::max(b.stride, b.cols), ldc = std::max(c.stride, c.cols);
    [[maybe_unused]] const dnnl_status_t status =
        dnnl_sgemm(transA ? 'T' : 'N', transB ? 'T' : 'N', c.rows, c.cols, inner, alpha, a.data, lda, b.data, ldb, beta, c.data, ldc);
    assert(status == dnnl_success);
}

const char* gemmLibrary() { return "oneDNN"; }

}  // namespace hs

#endif
