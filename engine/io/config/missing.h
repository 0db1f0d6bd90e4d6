// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/io/layouts/layout.h"
#include "engine/model/model.h"

namespace hs {

/// Roles that configuration and layout ask for and the match lacks, by canonical name, and the parts they make up.
struct MissingParts {
    std::vector<Part> parts;
    std::vector<std::string> tensors;
};
MissingParts findMissing(const Match& match, const ModelConfig& config);

}  // namespace hs
