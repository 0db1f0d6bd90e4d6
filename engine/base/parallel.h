// SPDX-License-Identifier: GPL-3.0-or-later
// One level of parallelism only: loops over heads x row blocks here, single-thread GEMMs inside.
#pragma once

#include <cstddef>
#include <functional>

namespace hs {

/// Number of threads of all parallel loops (default: hardware, at least 1). Set before the first loop or between loops.
void setThreadCount(int threads);
int threadCount();

/// Calls body(i) for i in [0, count), dynamically shared among the pool's threads and the caller. Returns when all are done.
/// Called from inside a loop body it runs serially. Exceptions of a body are rethrown in the caller (the first one).
void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body);

/// True in a thread that is running such a body: a loop started here has this thread alone.
bool insideParallelFor();

}  // namespace hs
