// SPDX-License-Identifier: GPL-3.0-or-later
// Instrumented code is ten to thirty times slower: time limits of tests are multiplied by this, and only there.
#pragma once

namespace hs::test {

#if defined(__SANITIZE_THREAD__)
inline constexpr int kSlowness = 40;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr int kSlowness = 10;
#else
inline constexpr int kSlowness = 1;
#endif

}  // namespace hs::test
