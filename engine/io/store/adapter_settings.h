// SPDX-License-Identifier: GPL-3.0-or-later
// adapter_config.json as PEFT writes it: which modules a LoRA adapter changes, and by how much.
#pragma once

#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace hs {

/// A setting that is a list of names, or one pattern for whole names.
struct ModuleNames {
    std::vector<std::string> names;
    std::optional<std::regex> pattern;
    bool all = false;  ///< "all-linear"
    /// The name itself, or the end of one behind a dot; a pattern matches from end to end.
    bool has(const std::string& module) const;
};

struct AdapterSettings {
    int rank = 0;
    double alpha = 0;
    bool rankStabilised = false;  ///< alpha / sqrt(rank) instead of alpha / rank
    ModuleNames targets, excluded;
    std::vector<std::string> saved;  ///< modules_to_save: stored whole
    /// Ranks and alphas of their own, by pattern; the first that fits counts.
    std::vector<std::pair<std::regex, int>> ranks;
    std::vector<std::pair<std::regex, double>> alphas;
    std::optional<std::vector<int>> layers;  ///< layers_to_transform
    std::vector<std::regex> layerPatterns;   ///< what comes before a layer's number

    bool targetsModule(const std::string& module) const;
    int rankOf(const std::string& module) const;
    /// Factor on B A.
    double scaleOf(const std::string& module) const;
};

/// ConfigInvalid (file, item = key, found = value, expected) for whatever is not plain LoRA, unknown keys that are set among them;
/// JsonInvalid, FileNotFound and the like.
Result<AdapterSettings> readAdapterSettings(const std::string& path);

}  // namespace hs
