// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/json_text.h"

#include "engine/io/bytes/file_region.h"
#include "engine/text/json_read.h"

namespace hs {

Result<nlohmann::json> parseJson(const std::string& text, const std::string& file, const Progress& progress)
{
    return readJson(text, file, {}, progress);
}

Result<std::string> readJsonText(const std::string& path) { return readTextFile(path, std::uint64_t(256) << 20); }

}  // namespace hs
