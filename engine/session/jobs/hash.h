// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of a file.
#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/session/work.h"

namespace hs {

struct HashResult;

struct HashJob {
    using Answer = HashResult;

    std::string path;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const HashJob& job, const ContextOf<HashJob>& context);
}

struct HashResult {
    std::string path;
    std::string sha256;
};

}  // namespace hs
