// SPDX-License-Identifier: GPL-3.0-or-later
// Results of long analyses, kept as text beside the model in FILE.analysis.h5, or in the user's cache folder where the model's
// folder cannot be written. What the text means is the caller's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace hs {

/// "FILE.analysis.h5" beside the model.
std::string analysisFileBeside(const std::string& modelPath);
/// $XDG_CACHE_HOME or ~/.cache, then headscope/<hash of the path>.analysis.h5; empty without a home folder.
std::string analysisFileInCache(const std::string& modelPath);

/// Text stored under `kind` ("labels") and `key` (hex digits), beside the model or in the cache folder. Nothing when there is none or
/// what is there cannot be read: a damaged cache is no cache.
std::optional<std::string> readAnalysis(const std::string& modelPath, const std::string& kind, const std::string& key);
struct StoredAnalysis {
    std::string key, text;
    std::int64_t storedAt = 0;  ///< seconds since 1970; 0: not known
};
/// The result of a kind that was stored last, wherever it lies, and whatever its key.
std::optional<StoredAnalysis> readNewestAnalysis(const std::string& modelPath, const std::string& kind);
/// Stores it, keeping at most eight results of a kind (oldest go). The error of the cache folder when both places refuse.
Status writeAnalysis(const std::string& modelPath, const std::string& kind, const std::string& key, const std::string& text);

}  // namespace hs
