// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef HEADSCOPE_GEMM_DNNL

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>

#include <omp.h>
#include <dnnl.hpp>

#include "engine/tensor/buffer.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

/// With fewer lots of rows the packing does not pay.
constexpr std::ptrdiff_t kLots = 2;
/// Shapes come back layer after layer and tile after tile; those of old prompts are let go.
constexpr std::size_t kShapes = 64;

struct Shape {
    std::ptrdiff_t rows, inner, cols, strideA, strideB, strideC;
    bool transB;
    auto operator<=>(const Shape&) const = default;
};

/// A product of one shape whose right side lies in the library's own order.
struct PackedProduct {
    dnnl::memory::desc left, plain, packed, out;
    dnnl::reorder pack;
    dnnl::matmul multiply;
};

const dnnl::engine& processor()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

/// `packed`: the order that a product with the same right side has already; null: the library chooses.
PackedProduct makeProduct(const Shape& s, const dnnl::memory::desc* packed)
{
    using dnnl::memory;
    const auto f32 = memory::data_type::f32;
    PackedProduct p;
    p.left = memory::desc({s.rows, s.inner}, f32, memory::dims{s.strideA, 1});
    p.plain = memory::desc({s.inner, s.cols}, f32, s.transB ? memory::dims{1, s.strideB} : memory::dims{s.strideB, 1});
    p.out = memory::desc({s.rows, s.cols}, f32, memory::dims{s.strideC, 1});
    const memory::desc right = packed ? *packed : memory::desc({s.inner, s.cols}, f32, memory::format_tag::any);
    const dnnl::matmul::primitive_desc product(dnnl::matmul::desc(p.left, right, p.out), processor());
    p.packed = product.weights_desc();
    p.pack = dnnl::reorder(dnnl::reorder::primitive_desc(processor(), p.plain, processor(), p.packed));
    p.multiply = dnnl::matmul(product);
    return p;
}

const PackedProduct& productFor(const Shape& shape, const dnnl::memory::desc* packed)
{
    thread_local std::map<Shape, PackedProduct> known;
    const auto it = known.find(shape);
    if (it != known.end() && (!packed || it->second.packed == *packed)) return it->second;
    if (known.size() >= kShapes) known.clear();
    return known.insert_or_assign(shape, makeProduct(shape, packed)).first->second;
}

void run(const PackedProduct& p, dnnl::stream& stream, const float* a, dnnl::memory& right, float* c)
{
    // The library reads through pointers that are not const.
    dnnl::memory left(p.left, processor(), const_cast<float*>(a)), out(p.out, processor(), c);
    p.multiply.execute(stream, {{DNNL_ARG_SRC, left}, {DNNL_ARG_WEIGHTS, right}, {DNNL_ARG_DST, out}});
    stream.wait();
}

/// False when the library has no such product.
bool packedByRows(bool transB, ViewF a, ViewF b, MutViewF block, const RowsDone& done)
{
    thread_local const bool single = (omp_set_num_threads(1), true);
    (void)single;
    thread_local dnnl::stream stream(processor());
    thread_local FloatBuffer buffer;
    std::ptrdiff_t finished = 0;
    try {
        const auto shape = [&](std::ptrdiff_t rows) { return Shape{rows, a.cols, block.cols, a.stride, b.stride, block.stride, transB}; };
        const PackedProduct whole = productFor(shape(block.rows), nullptr);
        std::optional<PackedProduct> rest;
        if (a.rows % block.rows != 0) rest = productFor(shape(a.rows % block.rows), &whole.packed);
        const std::size_t floats = whole.packed.get_size() / sizeof(float) + 1;
        if (buffer.size() < floats) buffer = FloatBuffer(floats, false);
        dnnl::memory plain(whole.plain, processor(), const_cast<float*>(b.data)), right(whole.packed, processor(), buffer.data());
        whole.pack.execute(stream, plain, right);
        for (; finished < a.rows; finished += block.rows) {
            const std::ptrdiff_t rows = std::min(block.rows, a.rows - finished);
            run(rows == block.rows ? whole : *rest, stream, a.row(finished), right, block.data);
            done(block.block(0, 0, rows, block.cols), finished);
        }
    } catch (const dnnl::error&) {
        if (finished > 0) throw;  // it refuses before it starts
        return false;
    }
    return true;
}

}  // namespace

void gemmByRows(bool transB, ViewF a, ViewF b, MutViewF block, const RowsDone& done)
{
    assert((transB ? b.rows : b.cols) == block.cols && (transB ? b.cols : b.rows) == a.cols);
    if (a.rows == 0 || block.empty()) return;
    if (a.rows >= kLots * block.rows && a.cols > 0 && packedByRows(transB, a, b, block, done)) return;
    gemmByRowsPlain(transB, a, b, block, done);
}

}  // namespace hs

#endif
