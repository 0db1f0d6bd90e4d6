// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a file: a model or attention made elsewhere.
#pragma once

#include <string>

#include "engine/io/open.h"
#include "engine/session/work.h"

namespace hs {

struct OpenedResult;

struct OpenJob {
    using Answer = OpenedResult;

    std::string path;
    OpenOptions options;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const OpenJob& job, const ContextOf<OpenJob>& context);
}

struct OpenedResult {
    Opened opened;
};

}  // namespace hs
