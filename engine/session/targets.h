// SPDX-License-Identifier: GPL-3.0-or-later
// What prompts are to be answered with, from a file: the loss is then that of these answers.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/text/token.h"

namespace hs {

/// The lines of a text file and the SHA-256 of its bytes. FileNotFound and the like.
struct FileLines {
    std::vector<std::string> lines;  ///< without their line breaks; what follows the last break is a line unless it is empty
    std::string hash;
};
Result<FileLines> readLines(const std::string& path);

/// Targets as people write them, one line a prompt: "5:12,6:3" is 12 after position 5 and 3 after position 6, from 0 on.
struct TargetLines {
    std::vector<std::vector<Target>> lines;
    std::string hash;
};
/// InvalidArgument (item "line 3", found what stands there, expected "5:12,6:3") for a line that is no list of pairs, an empty one and
/// one that names a position twice; TokenOutOfRange (item "line 3") for an id outside of [0, outputs).
Result<TargetLines> readTargets(const std::string& path, int outputs);

/// The targets' lines are as many as the prompts', `prompts` lines of `file`: InvalidArgument (item = the first line that is missing or
/// too much, expected "N lines").
Status checkCount(const TargetLines& targets, std::size_t prompts, const std::string& path);
/// Every position of a line lies in a prompt of n tokens: InvalidArgument (item "line 3", found = position, expected "0 .. n - 1").
Status checkPositions(const std::vector<Target>& targets, int n, int line, const std::string& path);

}  // namespace hs
