// SPDX-License-Identifier: GPL-3.0-or-later
// Slower, but all its code is instrumented: sanitizer builds use it.
#ifdef HEADSCOPE_GEMM_EIGEN

#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>

#include "engine/tensor/gemm.h"

namespace hs {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using In = Eigen::Map<const Rows, 0, Eigen::OuterStride<>>;
using Out = Eigen::Map<Rows, 0, Eigen::OuterStride<>>;

}  // namespace

void gemm(bool transA, bool transB, float alpha, ViewF a, ViewF b, float beta, MutViewF c)
{
    if (c.empty()) return;
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
