// SPDX-License-Identifier: GPL-3.0-or-later
// Attributes by class, never by exact type: writers differ in width, padding and character set (resources/manual/formats.md section 5).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/io/h5/handle.h"

namespace hs::h5 {

struct Other {};  ///< a class we have no use for (compound, reference ...)
struct Attribute {
    std::variant<Other, std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>> value;
    bool boolean = false;  ///< h5py's FALSE/TRUE enumeration

    std::optional<std::int64_t> asInt() const;
    std::optional<std::string> asText() const;  ///< first string
    /// Text as configuration wants it: "12", "1e-05", "true", "8,8,6"; nothing for Other or an empty one.
    std::optional<std::string> asConfigText() const;
};
using Attributes = std::map<std::string, Attribute>;

constexpr std::size_t maxAttributeBytes = std::size_t(16) << 20;

/// All attributes of an open object. FileUnsafe for one above 16 MiB, FileDamaged for one that cannot be read.
Result<Attributes> readAttributes(hid_t object, const std::string& file, const std::string& name);

}  // namespace hs::h5
