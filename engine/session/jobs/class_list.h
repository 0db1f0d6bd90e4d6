// SPDX-License-Identifier: GPL-3.0-or-later
// How well measures find the heads of a class list.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/session/jobs/written.h"
#include "engine/session/work.h"
#include "engine/similarity/graph/class_list.h"

namespace hs {

struct ClassListResult;

/// How well measures find the heads of a class list. The list is read from the file where there is a path, else taken as given.
struct ClassListJob {
    using Answer = ClassListResult;

    std::string path;  ///< JSON or CSV, see parseClassList()
    std::shared_ptr<const ClassList> list;
    std::vector<std::shared_ptr<const HeadMatrix>> matrices;  ///< may be empty: only read
    int k = 20;                                               ///< of precision at k
    std::uint64_t tag = 0;

    std::string subject() const { return list ? list->name : path; }
};
namespace session {
Status runJob(const ClassListJob& job, const ContextOf<ClassListJob>& context);
}

struct ClassListResult {
    std::string path;
    std::shared_ptr<const ClassList> list;
    std::vector<std::shared_ptr<const HeadMatrix>> matrices;
    std::vector<ClassScore> scores;  ///< [matrices]
    std::uint64_t tag = 0;
};

/// JSON, or CSV by the ending of the path; answers WrittenResult.
struct WriteClassListJob {
    using Answer = WrittenResult;

    std::string path;
    std::shared_ptr<const ClassList> list;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WriteClassListJob& job, const ContextOf<WriteClassListJob>& context);
}

}  // namespace hs
