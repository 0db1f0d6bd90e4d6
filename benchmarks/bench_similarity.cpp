// SPDX-License-Identifier: GPL-3.0-or-later
// Projection Kernel of all pairs of heads, orthonormalisation included, against numpy in the same run.
//   bench_similarity            144 heads of d = 768, then 1024 heads of d = 4096 in a process of its own (peak memory)
//   bench_similarity --small    only the first
//   bench_similarity --large    only the second
// numpy: QR of each head, then a double loop of matmul and norm. Its time for 1024 heads is extrapolated from a timed sample.
#include <cstring>

#include "benchmarks/forward_setup.h"
#include "engine/similarity/weights/outer_sums.h"
#include "engine/similarity/weights/weight_measures.h"

using namespace hs;
using namespace hs::bench;

namespace {

struct Case {
    int layers, heads, d, m;
    int total() const { return layers * heads; }
};
constexpr Case kSmall{12, 12, 768, 64}, kLarge{32, 32, 4096, 128};

/// W_Q and W_O of one random layer; the others are the same with their coordinates shifted: as good as new and quick to make.
class ShiftedSource final : public WeightSource {
public:
    explicit ShiftedSource(const Case& c) : m_case(c), m_base(c.d, std::ptrdiff_t(c.heads) * c.m)
    {
        test::Random r(17);
        for (std::ptrdiff_t i = 0; i < m_base.rows() * m_base.cols(); ++i) m_base.data()[i] = r.symmetric();
    }
    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        auto w = std::make_shared<LayerWeights>();
        w->layer = index;
        w->nHeads = w->nKvHeads = m_case.heads;
        w->dHead = m_case.m;
        w->wQ = MatrixF::uninitialised(m_base.rows(), m_base.cols());
        const std::ptrdiff_t shift = m_base.rows() * index / m_case.layers;
        for (std::ptrdiff_t r = 0; r < m_base.rows(); ++r)
            std::memcpy(w->wQ.row((r + shift) % m_base.rows()), m_base.row(r), static_cast<std::size_t>(m_base.cols()) * sizeof(float));
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override { return Error::of(ErrorCode::TensorMissing); }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override { return Error::of(ErrorCode::TensorMissing); }

private:
    Case m_case;
    MatrixF m_base;
};

std::shared_ptr<const Model> modelOf(const Case& c)
{
    Model::Parts parts;
    parts.config = test::smallConfig(c.layers, c.heads, c.d);
    parts.config.dHead = c.m;
    parts.config.attnOnly = true;
    parts.source = std::make_shared<ShiftedSource>(c);
    return std::make_shared<const Model>(std::move(parts));
}

struct Timed {
    double total = 0, bases = 0;
};

Timed measure(const Model& model)
{
    Timed t;
    const auto start = Clock::now();
    const Progress progress({}, [&](const ProgressReport& report) {
        if (report.stage == Stage::HeadBases && report.done == report.total) t.bases = secondsSince(start);
    });
    const auto r =
        weightMeasures(model, {HeadMeasure::ProjectionKernel, {{HeadRole::Q, HeadRole::Q}}, WeightProcessing::Raw, Precision::Single},
                       progress);
    t.total = secondsSince(start);
    if (!r) {
        std::fprintf(stderr, "failed: %s\n", r.error().item.c_str());
        std::exit(1);
    }
    return t;
}

/// Least flops of the projector Gram: a pair d^2, a head's projector d^2 m, two rounds of Cholesky QR 8 d m^2.
double flops(const Case& c)
{
    const double n = c.total(), d = c.d, m = c.m;
    return n * (n + 1) / 2 * d * d + n * d * d * m + n * 8 * d * m * m;
}

constexpr char kScript[] = R"(
import sys, time
import numpy as np
layers, heads, d, m, sample_heads, sample_pairs = map(int, sys.argv[1:7])
n = layers * heads
rng = np.random.default_rng(0)
k = min(n, sample_heads)
w = [rng.standard_normal((d, m), dtype=np.float32) for _ in range(k)]
t0 = time.perf_counter()
u = [np.linalg.qr(x)[0] for x in w]
t_qr = (time.perf_counter() - t0) * n / k
pairs = [(i, j) for i in range(k) for j in range(i, k)]
if len(pairs) > sample_pairs:
    pairs = [pairs[int(i)] for i in rng.integers(0, len(pairs), sample_pairs)]
t0 = time.perf_counter()
for i, j in pairs:
    np.linalg.norm(u[i].T @ u[j]) ** 2
t_pairs = (time.perf_counter() - t0) * (n * (n + 1) / 2) / len(pairs)
print(t_qr, t_pairs)
)";

/// Seconds of numpy for the whole case, or 0 without numpy.
double numpySeconds(const Case& c, int sampleHeads, int samplePairs)
{
    for (const char* python : {"python3", "/usr/bin/python3"}) {
        std::string command = "OPENBLAS_NUM_THREADS=";
        command += std::to_string(threadCount());
        command.append(" ").append(python).append(" - ");
        for (const int number : {c.layers, c.heads, c.d, c.m, sampleHeads, samplePairs}) command += std::to_string(number) + ' ';
        command.append("2>/dev/null <<'END'\n").append(kScript).append("\nEND\n");
        FILE* pipe = popen(command.c_str(), "r");
        if (!pipe) continue;
        double qr = 0, pairs = 0;
        const int read = std::fscanf(pipe, "%lf %lf", &qr, &pairs);
        if (pclose(pipe) == 0 && read == 2) return qr + pairs;
    }
    return 0;
}

std::string loadAverage()
{
    std::ifstream file("/proc/loadavg");
    std::string load;
    file >> load;
    return load;
}

void report(const Case& c, const Timed& t, double peak, double numpy, bool extrapolated, double goal)
{
    const double bound = flops(c) / peak;
    std::printf(
        "%5d heads, d = %d, d_head = %d: %8.3f s (bases %.3f s; goal %.2f s); bound at the sgemm peak of %.0f GFLOP/s %.3f s, %.0f %% of "
        "it; load average %s\n",
        c.total(), c.d, c.m, t.total, t.bases, goal, peak / 1e9, bound, 100 * bound / t.total, loadAverage().c_str());
    if (numpy > 0)
        std::printf("      numpy, QR and a double loop of matmul and norm: %.2f s%s, %.1fx\n", numpy,
                    extrapolated ? " (extrapolated from 32 heads and 200 pairs)" : "", numpy / t.total);
    else std::printf("      numpy is not installed: no comparison\n");
    std::fflush(stdout);
}

int small()
{
    const auto model = modelOf(kSmall);
    Timed best = measure(*model);
    double peak = peakRate();
    for (int round = 0; round < 9; ++round) {
        const Timed t = measure(*model);
        if (t.total < best.total) best = t;
        peak = std::max(peak, peakRate());
    }
    report(kSmall, best, peak, numpySeconds(kSmall, 144, 20000), false, 0.12);
    return 0;
}

int large()
{
    const auto model = modelOf(kLarge);
    const double before = peakRate();
    const Timed t = measure(*model);
    const double memory = processMiB("VmHWM");
    report(kLarge, t, std::max(before, peakRate()), numpySeconds(kLarge, 32, 200), true, 45);
    const double weights = 4.0 * kLarge.d * kLarge.m * kLarge.total() * 4 / 1048576;
    std::printf("      peak memory %.0f MiB; float32 weights of Q, K, V, O: %.0f MiB; goal: at most 512 MiB beyond them\n", memory,
                weights);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    const std::string which = argc > 1 ? argv[1] : "";
    if (which == "--large") return large();
    if (const int status = small(); status != 0 || which == "--small") return status;
    return std::system((std::string("\"") + argv[0] + "\" --large").c_str()) == 0 ? 0 : 1;
}
