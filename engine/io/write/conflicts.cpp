// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/conflicts.h"

#include <algorithm>
#include <filesystem>

#include "engine/io/write/ours.h"

namespace hs {
namespace {

namespace fs = std::filesystem;

/// Files of a folder looked at for a second name of the output; a folder with more is no corpus and no model.
constexpr int kMostEntries = 20000;

bool liesIn(const fs::path& file, const fs::path& folder)
{
    const auto [in, of] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return in == folder.end() && of != file.end();
}

/// Whether a file of `folder` is `output`, which exists.
bool holds(const fs::path& folder, const std::string& output)
{
    std::error_code error;
    if (liesIn(fs::canonical(output, error), fs::canonical(folder, error))) return true;
    if (fs::hard_link_count(output, error) < 2) return false;  // links are resolved, and it has no second name
    int looked = 0;
    for (fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end;
         !error && it != end && looked < kMostEntries; it.increment(error), ++looked)
        if (it->is_regular_file(error) && fs::equivalent(it->path(), output, error)) return true;
    return false;
}

}  // namespace

bool sameFile(const std::string& a, const std::string& b)
{
    std::error_code error;
    if (fs::equivalent(a, b, error) && !error) return true;
    if (fs::exists(a, error) && fs::exists(b, error)) return false;
    const fs::path one = fs::weakly_canonical(fs::absolute(a, error), error), other = fs::weakly_canonical(fs::absolute(b, error), error);
    return !one.empty() && one == other;
}

std::optional<std::string> inputUnder(const std::string& output, const std::vector<std::string>& inputs)
{
    std::error_code error;
    if (output.empty() || !fs::exists(output, error)) return std::nullopt;  // what is not there is read by nobody
    for (const std::string& input : inputs) {
        if (input.empty() || input == "-" || !fs::exists(input, error)) continue;
        if (sameFile(output, input)) return input;
        if (fs::is_directory(input, error) && !fs::is_directory(output, error) && holds(input, output)
            && standing(output) != Standing::Result)
            return input;
    }
    return std::nullopt;
}

}  // namespace hs
