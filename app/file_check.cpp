// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_check.h"

#include <vector>

#include "engine/io/write/conflicts.h"
#include "engine/io/write/ours.h"

namespace hs::app {
namespace {

/// What was named, with the files that values stand for in their place.
std::vector<NamedFile> namedFiles(const CommandSpec& command)
{
    const Arguments& a = *command.arguments;
    std::vector<NamedFile> out;
    for (std::size_t i = 0; i < a.files.size(); ++i) {
        const Value word = i < command.files.size() ? command.files[i] : reads("FILE");  // one that may be named is opened
        out.push_back({word.word, a.files[i], word.use, {}});
    }
    for (NamedFile named : a.named) {
        if (named.file) named.path = named.file(named.path);
        if (!named.path.empty()) out.push_back(std::move(named));
    }
    if (command.alsoWrites)
        for (const std::string& path : command.alsoWrites()) out.push_back({"the report", path, FileUse::Writes, {}});
    return out;
}

bool isWritten(const NamedFile& f) { return f.use == FileUse::Writes || f.use == FileUse::Keeps; }

std::string said(const NamedFile& f) { return std::string(f.by).append(" ").append(f.path); }

std::string conflict(const NamedFile& output, const NamedFile& other)
{
    if (isWritten(other)) {
        if (!sameFile(output.path, other.path)) return {};
        return said(output) + " and " + said(other) + " are the same file";
    }
    if (!inputUnder(output.path, {other.path})) return {};
    return said(output) + " would overwrite " + other.path + ", which is read (" + other.by + ")";
}

}  // namespace

std::string fileProblem(const CommandSpec& command)
{
    const std::vector<NamedFile> files = namedFiles(command);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!isWritten(files[i])) continue;
        for (std::size_t k = 0; k < files.size(); ++k) {
            if (k == i || (isWritten(files[k]) && k < i)) continue;  // two outputs once
            if (std::string problem = conflict(files[i], files[k]); !problem.empty()) return problem;
        }
    }
    if (command.arguments->force) return {};
    for (const NamedFile& f : files)
        if (isWritten(f) && isForeignFile(f.path)) return said(f) + ": HeadScope did not write this file; --force replaces it";
    return {};
}

}  // namespace hs::app
