// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/class_list.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/io/bytes/atomic_write.h"
#include "engine/io/write/write.h"
#include "engine/session/class_list_file.h"
#include "engine/session/jobs/steps.h"

namespace hs::session {

Result<ClassList> readClassList(const std::string& path)
{
    constexpr std::uintmax_t kMost = std::uintmax_t(16) << 20;
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem)
        return Error{std::filesystem::exists(path, problem) ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, path, {}, {}, {}};
    if (size > kMost) return Error::in(path, ErrorCode::FileTooLarge, {}, std::to_string(size), std::to_string(kMost));
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error::in(path, ErrorCode::FileUnreadable);
    auto list = parseClassList(std::string(std::istreambuf_iterator<char>(file), {}));
    if (list) return list;
    Error error = list.error();
    error.file = path;
    return error;
}

Status runJob(const ClassListJob& job, const ContextOf<ClassListJob>& context)
{
    ClassListResult out;
    out.path = job.path;
    out.list = job.list;
    if (!job.path.empty()) {
        auto read = readClassList(job.path);
        if (!read) return read.error();
        out.list = std::make_shared<const ClassList>(*std::move(read));
    }
    if (!out.list) return missingArgument("list");
    const auto total = static_cast<std::int64_t>(job.matrices.size());
    for (const auto& matrix : job.matrices) {
        if (!matrix) return missingArgument("matrix");
        context.progress.report(Stage::HeadPairs, static_cast<std::int64_t>(out.scores.size()), total);
        if (!context.progress.checkpoint()) return Error::cancelled();
        out.scores.push_back(scoreClasses(*matrix, *out.list, job.k));
    }
    out.matrices = job.matrices;
    out.tag = job.tag;
    context.publish(std::move(out));
    return {};
}

Status runJob(const WriteClassListJob& job, const ContextOf<WriteClassListJob>& context)
{
    if (!job.list) return missingArgument("list");
    context.progress.report(Stage::Writing, 0, 0);
    const bool csv = std::filesystem::path(job.path).extension() == ".csv";
    if (const Status status = writeFileAtomically(job.path, csv ? classListCsv(*job.list) : classListJson(*job.list)); !status)
        return status;
    context.publish(WrittenResult{job.path});
    return {};
}

}  // namespace hs::session
