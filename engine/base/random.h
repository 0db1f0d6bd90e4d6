// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded random numbers that are the same on every machine: the standard's engine, but none of its distributions, whose output
// is left to the implementation.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <utility>

namespace hs {

class SeededRandom {
public:
    explicit SeededRandom(std::uint64_t seed) : m_engine(seed) {}
    /// A stream of its own for one part of a task: results do not depend on the order in which parts are done.
    SeededRandom(std::uint64_t seed, std::uint64_t part) : m_engine(mix(mix(seed) + part)) {}

    std::uint64_t next() { return m_engine(); }
    /// Uniform in [0, n), without bias; n > 0.
    std::uint64_t below(std::uint64_t n)
    {
        const std::uint64_t limit = UINT64_MAX - UINT64_MAX % n;
        std::uint64_t x = m_engine();
        while (x >= limit) x = m_engine();
        return x % n;
    }
    /// Uniform in [0, 1), 53 bits.
    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    /// Mean 0, standard deviation 1 (Box and Muller 1958).
    double normal()
    {
        const double u = 1.0 - uniform(), v = uniform();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
    }
    /// Every order equally likely (Fisher and Yates). Anything with size() and [].
    template <typename Sequence>
    void shuffle(Sequence& s)
    {
        for (std::size_t i = s.size(); i > 1; --i) std::swap(s[i - 1], s[static_cast<std::size_t>(below(i))]);
    }

private:
    /// SplitMix64 (Steele, Lea and Flood 2014): spreads neighbouring seeds.
    static std::uint64_t mix(std::uint64_t x)
    {
        x += 0x9E3779B97F4A7C15ull;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
        return x ^ (x >> 31);
    }
    std::mt19937_64 m_engine;
};

}  // namespace hs
