// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/beside.h"

#include <algorithm>

namespace hs {

namespace fs = std::filesystem;

std::vector<fs::path> foldersBeside(const std::string& path)
{
    std::error_code ignored;
    fs::path at = fs::absolute(path, ignored);
    std::vector<fs::path> out{at.parent_path()};
    const auto add = [&](const fs::path& folder) {
        if (std::find(out.begin(), out.end(), folder) == out.end()) out.push_back(folder);
    };
    constexpr int longestChain = 40;  // as the system's own limit
    for (int links = 0; links < longestChain && fs::is_symlink(at, ignored); ++links) {
        const fs::path target = fs::read_symlink(at, ignored);
        if (target.empty()) break;
        at = (at.parent_path() / target).lexically_normal();  // an absolute target replaces the folder
        add(at.parent_path());
    }
    if (out.size() > 1)
        if (const fs::path end = fs::canonical(path, ignored); !end.empty()) add(end.parent_path());  // folders may be links too
    return out;
}

fs::path fileBeside(const std::string& path, const std::string& name)
{
    std::error_code ignored;
    for (const fs::path& folder : foldersBeside(path))
        if (fs::is_regular_file(folder / name, ignored)) return folder / name;
    return {};
}

}  // namespace hs
