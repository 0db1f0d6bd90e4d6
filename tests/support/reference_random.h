// SPDX-License-Identifier: GPL-3.0-or-later
// The random numbers of Python's random module (CPython: Mersenne Twister seeded by init_by_array), so that tables made with it can be
// made again number by number.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <sstream>

namespace hs::test {

class ReferenceRandom {
public:
    explicit ReferenceRandom(std::uint32_t seed)
    {
        std::array<std::uint32_t, 624> s{};
        s[0] = 19650218u;
        for (std::uint32_t i = 1; i < 624; ++i) s[i] = 1812433253u * (s[i - 1] ^ (s[i - 1] >> 30)) + i;
        std::size_t i = 1;
        for (int k = 0; k < 624; ++k) {
            s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1664525u)) + seed;
            if (++i >= 624) {
                s[0] = s[623];
                i = 1;
            }
        }
        for (int k = 0; k < 623; ++k) {
            s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1566083941u)) - static_cast<std::uint32_t>(i);
            if (++i >= 624) {
                s[0] = s[623];
                i = 1;
            }
        }
        s[0] = 0x80000000u;
        std::stringstream state;
        for (const std::uint32_t word : s) state << word << ' ';
        state << 624;
        state >> m_engine;
    }

    double uniform()
    {
        const std::uint32_t a = bits() >> 5, b = bits() >> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }
    std::size_t below(std::uint32_t n)
    {
        const int k = std::bit_width(n);
        std::uint32_t r = bits() >> (32 - k);
        while (r >= n) r = bits() >> (32 - k);
        return r;
    }
    double normal()
    {
        if (m_kept) {
            m_kept = false;
            return m_next;
        }
        const double angle = uniform() * 2.0 * std::numbers::pi, radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        m_next = std::sin(angle) * radius;
        m_kept = true;
        return std::cos(angle) * radius;
    }

private:
    std::uint32_t bits() { return static_cast<std::uint32_t>(m_engine()); }
    std::mt19937 m_engine;
    double m_next = 0;
    bool m_kept = false;
};

}  // namespace hs::test
