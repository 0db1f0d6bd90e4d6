// SPDX-License-Identifier: GPL-3.0-or-later
// Results of long analyses, kept as text in the user's cache folder, or beside the model where the user wants that. What the text means
// is the caller's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace hs {

/// Where results of a model are kept.
struct AnalysisPlace {
    std::string modelPath;
    std::string modelHash;  ///< hex digits of the file's SHA-256: the name in the cache folder
};
/// Of the whole program, from any thread: from now on results are written beside the model, and in the cache folder only where that
/// cannot be. Off at the start.
void keepAnalysesBeside(bool beside);

/// "FILE.analysis.h5" beside the model.
std::string analysisFileBeside(const std::string& modelPath);
/// $XDG_CACHE_HOME or ~/.cache, then headscope/<hash>.analysis.h5; empty without a home folder or hash.
std::string analysisFileInCache(const std::string& modelHash);

/// Text stored under `kind` ("labels") and `key` (hex digits), in the cache folder, beside the model, or where versions up to 0.1.0 kept
/// it. Nothing when there is none or what is there cannot be read: a damaged cache is no cache.
std::optional<std::string> readAnalysis(const AnalysisPlace& place, const std::string& kind, const std::string& key);
struct StoredAnalysis {
    std::string key, text;
    std::int64_t storedAt = 0;  ///< seconds since 1970; 0: not known
};
/// The result of a kind that was stored last, wherever it lies, and whatever its key.
std::optional<StoredAnalysis> readNewestAnalysis(const AnalysisPlace& place, const std::string& kind);
/// Stores it, keeping at most eight results of a kind (oldest go). Only a file of results that HeadScope wrote is replaced, and no link
/// is followed: else WriteFailed. The error of the cache folder when both places refuse.
Status writeAnalysis(const AnalysisPlace& place, const std::string& kind, const std::string& key, const std::string& text);

}  // namespace hs
