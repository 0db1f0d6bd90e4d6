// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/json_text.h"

#include "engine/io/bytes/file_region.h"

namespace hs {

Result<nlohmann::json> parseJson(const std::string& text, const std::string& file)
{
    constexpr int maxDepth = 64;
    bool tooDeep = false;
    const auto limit = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        tooDeep |= depth > maxDepth;
        return depth <= maxDepth;
    };
    try {
        auto value = nlohmann::json::parse(text, limit);
        if (tooDeep) return Error::in(file, ErrorCode::JsonInvalid, {}, "> 64 levels");
        return value;
    } catch (const nlohmann::json::parse_error& e) {
        return Error::in(file, ErrorCode::JsonInvalid, std::to_string(e.byte));
    } catch (const nlohmann::json::exception& e) {
        return Error::in(file, ErrorCode::JsonInvalid, {}, e.what());
    }
}

Result<std::string> readJsonText(const std::string& path) { return readTextFile(path, std::uint64_t(256) << 20); }

}  // namespace hs
