// SPDX-License-Identifier: GPL-3.0-or-later
// Runs, models and single maps to files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/io/write/write.h"
#include "engine/session/jobs/written.h"
#include "engine/session/work.h"

namespace hs {

struct WriteRunJob {
    using Answer = WrittenResult;

    std::string path;
    std::vector<std::shared_ptr<const Run>> runs;
    RunWriteOptions options;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WriteRunJob& job, const ContextOf<WriteRunJob>& context);
}

struct WriteModelJob {
    using Answer = WrittenResult;

    std::string path;
    std::shared_ptr<const Model> model;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WriteModelJob& job, const ContextOf<WriteModelJob>& context);
}

/// CSV or NPY of one map.
struct WriteMapJob {
    using Answer = WrittenResult;

    std::string path;
    std::shared_ptr<const AttentionSource> source;
    HeadId head;
    MapKind kind = MapKind::Weights;
    bool npy = false;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WriteMapJob& job, const ContextOf<WriteMapJob>& context);
}

}  // namespace hs
