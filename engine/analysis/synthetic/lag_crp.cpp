// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/lag_crp.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include "engine/base/parallel.h"
#include "engine/base/random.h"

namespace hs {
namespace {

constexpr int kItems = 100;
constexpr int kStarts = 20;
constexpr int kLongestRecall = 100;
constexpr int kTransitions = 800;
constexpr int kEncodingSteps = 20, kRecallSteps = 21, kGammaSteps = 11;

void normalise(LagCurve& curve)
{
    double sum = 0;
    for (const double x : curve) sum += x;
    if (sum > 0)
        for (double& x : curve) x /= sum;
}

/// Items i and i + 1 are linked with strength 1, i and i + d with keep^(d - 1): what the matrix (I - keep T)^-1 T holds.
class Recall {
public:
    explicit Recall(const CmrParameters& p)
        : m_p(p), m_keep(1.0 - p.encoding), m_context(kItems + 1), m_support(kItems + 1), m_input(kItems + 1)
    {}

    /// Adds one recall of at most 100 items, started at `start`, to the curve; returns how many items were recalled.
    int run(int start, SeededRandom& random, LagCurve& curve)
    {
        std::fill(m_context.begin(), m_context.end(), 0.0);
        m_context[static_cast<std::size_t>(start)] = 1.0;
        std::array<int, kLags> count{};
        int last = start, recalled = 0;
        while (recalled < kLongestRecall) {
            const int item = draw(random);
            if (item >= kItems) break;
            ++recalled;
            if (const int lag = item - last; std::abs(lag) <= kLagReach) ++count[static_cast<std::size_t>(lag + kLagReach)];
            last = item;
            drift(item);
        }
        for (std::size_t i = 0; i < curve.size() && recalled > 0; ++i) curve[i] += static_cast<double>(count[i]) / recalled;
        return recalled;
    }

private:
    int draw(SeededRandom& random)
    {
        double carried = 0, sum = 0;
        for (std::size_t j = 1; j < m_context.size(); ++j) {
            carried = m_context[j - 1] + m_keep * carried;
            m_support[j] = sum += carried;
        }
        const double u = random.uniform() * sum;
        const auto it = std::upper_bound(m_support.begin() + 1, m_support.end(), u);
        return std::min(static_cast<int>(it - m_support.begin()), kItems);
    }
    void drift(int item)
    {
        // Context that the item brings back: itself and, by gamma, what stood before it when it was studied.
        double square = 0, link = m_p.gamma;
        std::fill(m_input.begin(), m_input.end(), 0.0);
        m_input[static_cast<std::size_t>(item)] = 1.0 - m_p.gamma;
        for (int i = item - 1; i >= 0 && link > 1e-12; --i, link *= m_keep) m_input[static_cast<std::size_t>(i)] = link;
        for (const double x : m_input) square += x * x;
        if (square <= 0) return;  // gamma 1 at the first item: nothing stood before it
        const double scale = m_p.recall / std::sqrt(square);
        double norm = 0;
        for (std::size_t i = 0; i < m_context.size(); ++i) {
            m_context[i] = (1.0 - m_p.recall) * m_context[i] + scale * m_input[i];
            norm += m_context[i] * m_context[i];
        }
        const double inverse = 1.0 / std::sqrt(norm);
        for (double& x : m_context) x *= inverse;
    }

    CmrParameters m_p;
    double m_keep = 0;
    std::vector<double> m_context, m_support, m_input;
};

CmrParameters gridPoint(std::size_t index)
{
    const auto gamma = index % kGammaSteps, recall = index / kGammaSteps % kRecallSteps, encoding = index / kGammaSteps / kRecallSteps;
    return {0.05 * static_cast<double>(encoding + 1), 0.05 * static_cast<double>(recall), 0.1 * static_cast<double>(gamma)};
}

/// A curve without its minimum, largest value 1: what distances are made of.
struct GridCurve {
    LagCurve shape{};
    double square = 0;  ///< sum of squares of the shape
};

/// All curves of the grid (about a second on two cores), made in parts so that somebody can stop them; what is made stays.
class Grid {
public:
    /// Curves up to `part` more; true when all are there.
    bool more(std::size_t part)
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t begin = m_done, end = std::min(begin + part, kSize);
        if (begin == kSize) return true;
        m_curves.resize(kSize);
        parallelFor(end - begin, [&](std::size_t k) {
            GridCurve& made = m_curves[begin + k];
            LagCurve c = cmrCurve(gridPoint(begin + k));
            const double low = *std::min_element(c.begin(), c.end()), range = *std::max_element(c.begin(), c.end()) - low;
            for (double& x : c) {
                x = range > 0 ? (x - low) / range : 0.0;
                made.square += x * x;
            }
            made.shape = c;
        });
        m_done = end;
        return end == kSize;
    }
    /// Of a whole grid.
    const std::vector<GridCurve>& curves()
    {
        while (!more(kSize)) {}
        return m_curves;
    }

private:
    static constexpr std::size_t kSize = static_cast<std::size_t>(kEncodingSteps) * kRecallSteps * kGammaSteps;
    std::mutex m_mutex;
    std::vector<GridCurve> m_curves;
    std::size_t m_done = 0;
};

Grid& grid()
{
    static Grid theGrid;
    return theGrid;
}

}  // namespace

LagCurve lagCurve(ViewF map, int begin, int n)
{
    LagCurve sum{};
    std::array<int, kLags> count{};
    for (int p = 0; p < n; ++p)
        for (int lag = -kLagReach; lag <= kLagReach; ++lag) {
            const int q = p + lag;
            if (q < 0 || q >= n) continue;
            const auto i = static_cast<std::size_t>(lag + kLagReach);
            const double value = static_cast<double>(map(begin + n + p, begin + q));
            if (std::isnan(value)) continue;  // masked
            sum[i] += value;
            ++count[i];
        }
    // A curve with a gap is none: its shape says how far the head sees.
    const bool whole = std::all_of(count.begin(), count.end(), [](int c) { return c > 0; });
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = whole ? sum[i] / count[i] : std::numeric_limits<double>::quiet_NaN();
    return sum;
}

LagCurve cmrCurve(const CmrParameters& p)
{
    LagCurve curve{};
    const double keep = 1.0 - p.encoding;
    if (p.recall >= 1.0 && p.gamma <= 0.0) {
        for (int d = 1; d <= kLagReach; ++d) curve[static_cast<std::size_t>(kLagReach + d)] = std::pow(keep, d - 1);
    } else if (p.recall <= 0.0) {
        // The context never moves: two draws from one geometric law.
        for (int d = 0; d <= kLagReach; ++d)
            curve[static_cast<std::size_t>(kLagReach + d)] = curve[static_cast<std::size_t>(kLagReach - d)] = std::pow(keep, d);
    } else {
        SeededRandom random(0x636d72, static_cast<std::uint64_t>(std::lround(p.encoding * 1000) * 1000000
                                                                 + std::lround(p.recall * 1000) * 1000 + std::lround(p.gamma * 1000)));
        Recall recall(p);
        int transitions = 0;
        for (int run = 0; transitions < kTransitions && run < kTransitions; ++run) transitions += recall.run(run % kStarts, random, curve);
    }
    normalise(curve);
    return curve;
}

double cmrDistance(const LagCurve& attention, const LagCurve& model)
{
    const double lowest = *std::min_element(attention.begin(), attention.end()),
                 modelLowest = *std::min_element(model.begin(), model.end());
    const double highest = *std::max_element(attention.begin(), attention.end()) - lowest;
    const double modelHighest = *std::max_element(model.begin(), model.end()) - modelLowest;
    double mean = 0, variance = 0, difference = 0;
    for (const double a : attention) mean += (a - lowest) / kLags;
    for (std::size_t i = 0; i < attention.size(); ++i) {
        const double a = attention[i] - lowest, m = modelHighest > 0 ? (model[i] - modelLowest) / modelHighest * highest : 0.0;
        variance += (a - mean) * (a - mean) / kLags;
        difference += (m - a) * (m - a) / kLags;
    }
    return variance > 0 ? difference / variance : std::numeric_limits<double>::quiet_NaN();
}

bool prepareCmrFits(const Progress& progress)
{
    while (!grid().more(64))
        if (!progress.checkpoint()) return false;
    return true;
}

CmrFit fitCmr(const LagCurve& attention)
{
    CmrFit best{std::numeric_limits<double>::quiet_NaN(), {}};
    const double low = *std::min_element(attention.begin(), attention.end()),
                 range = *std::max_element(attention.begin(), attention.end()) - low;
    if (!(range > 0)) return best;
    LagCurve a{};
    double sum = 0, square = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] = (attention[i] - low) / range;
        sum += a[i];
        square += a[i] * a[i];
    }
    // Sum of (m - a)^2 without forming the differences: one dot product for each curve of the grid.
    const double variance = square - sum * sum / kLags;
    const std::vector<GridCurve>& curves = grid().curves();
    std::size_t at = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < curves.size(); ++k) {
        double dot = 0;
        for (std::size_t i = 0; i < a.size(); ++i) dot += a[i] * curves[k].shape[i];
        const double difference = curves[k].square - 2.0 * dot;
        if (difference < least) {
            least = difference;
            at = k;
        }
    }
    best.parameters = gridPoint(at);
    best.distance = std::max(0.0, least + square) / variance;
    return best;
}

int peakLag(const LagCurve& curve) { return static_cast<int>(std::max_element(curve.begin(), curve.end()) - curve.begin()) - kLagReach; }

}  // namespace hs
