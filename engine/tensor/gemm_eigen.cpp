// SPDX-License-Identifier: GPL-3.0-or-later
// Slower, but its code can be instrumented: sanitizer builds use it.
#ifdef HEADSCOPE_GEMM_EIGEN

#define EIGEN_DONT_PARALLELIZE
#ifdef HEADSCOPE_GEMM_RANGES
#define Eigen PlainEigen  // a namespace of its own: other files instantiate the same templates with instrumentation
#endif
#include <Eigen/Core>

#include "engine/tensor/gemm.h"

namespace hs {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using In = Eigen::Map<const Rows, 0, Eigen::OuterStride<>>;
using Out = Eigen::Map<Rows, 0, Eigen::OuterStride<>>;

#ifdef HEADSCOPE_GEMM_RANGES
// ThreadSanitizer looks at every load of the kernels, which makes tests forty times slower and finds no more than this: a product
// reads all of its operands and writes all of its result, on one thread. The kernels themselves are not instrumented then.
extern "C" void __tsan_read_range(const void* at, unsigned long bytes);
extern "C" void __tsan_write_range(void* at, unsigned long bytes);

void tellAccesses(ViewF a, ViewF b, MutViewF c)
{
    for (const ViewF& in : {a, b})
        for (std::ptrdiff_t r = 0; r < in.rows; ++r) __tsan_read_range(in.row(r), static_cast<unsigned long>(in.cols) * sizeof(float));
    for (std::ptrdiff_t r = 0; r < c.rows; ++r) __tsan_write_range(c.row(r), static_cast<unsigned long>(c.cols) * sizeof(float));
}
#else
void tellAccesses(ViewF, ViewF, MutViewF) {}
#endif

}  // namespace

void gemm(bool transA, bool transB, float alpha, ViewF a, ViewF b, float beta, MutViewF c)
{
    if (c.empty()) return;
    tellAccesses(a, b, c);
    const In ma(a.data, a.rows, a.cols, Eigen::OuterStride<>(a.stride));
    const In mb(b.data, b.rows, b.cols, Eigen::OuterStride<>(b.stride));
    Out mc(c.data, c.rows, c.cols, Eigen::OuterStride<>(c.stride));
    if (beta == 0.0f) mc.setZero();
    else if (beta != 1.0f) mc *= beta;
    if ((transA ? a.rows : a.cols) == 0) return;
    if (transA && transB) mc.noalias() += alpha * ma.transpose() * mb.transpose();
    else if (transA) mc.noalias() += alpha * ma.transpose() * mb;
    else if (transB) mc.noalias() += alpha * ma * mb.transpose();
    else mc.noalias() += alpha * ma * mb;
}

void gemmByRows(bool transB, ViewF a, ViewF b, MutViewF block, const RowsDone& done) { gemmByRowsPlain(transB, a, b, block, done); }

const char* gemmLibrary() { return "Eigen"; }

}  // namespace hs

#endif
