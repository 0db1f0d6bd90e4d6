// SPDX-License-Identifier: GPL-3.0-or-later
// Attention dumps from HDF5 and NPY.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/io/dump/attention_dump.h"
#include "engine/io/h5/file.h"

namespace hs {

/// DumpInvalid (item = dataset) where sizes or tokens do not fit; RowsNotNormalised where rows do not sum to 1 +- 2e-2.
Result<std::shared_ptr<const AttentionDump>> openDump(const std::shared_ptr<const h5::File>& file);
/// Array [L, H, n, m], [H, n, n] or [n, n] of float16, 32 or 64; tokens from `tokensFile`, or beside it as
/// NAME.tokens.json, NAME.tokens.txt, tokens.json, tokens.txt (JSON list, or one a line).
Result<std::shared_ptr<const AttentionDump>> openNpyDump(const std::string& path, const std::string& tokensFile);

/// What a dump knows of one sample; `map` reads one head's whole map [n, m].
struct DumpSampleData {
    std::string file, item;
    int layers = 0, heads = 0, queries = 0, keys = 0;
    std::vector<int> headsPerLayer;  ///< empty: all layers have `heads`
    std::optional<bool> causal;      ///< as the dump says; else found from the maps
    std::vector<int> windows;        ///< [layers] as ModelConfig::window; empty: none
    std::vector<int> chunks;         ///< [layers] as ModelConfig::chunk; empty: none
    bool sinks = false;              ///< rows sum to 1 or less
    std::vector<Token> queryTokens, keyTokens;
    std::string text;
    std::vector<int> ids;
    std::function<Result<MatrixF>(HeadId)> map;
    std::function<Result<MatrixF>()> logits;
};
/// Looks at the first and last map before it says yes; the others are checked when they are read.
Result<std::shared_ptr<const DumpSample>> makeDumpSample(DumpSampleData data);

/// Tokens from pieces alone, valid UTF-8 whatever the file held (Latin-1, parts of characters): readable text, specials, words where the pieces mark them (Ġ, ▁, ##).
std::vector<Token> tokensFromPieces(const std::vector<std::string>& pieces, const std::vector<int>& ids = {});

}  // namespace hs
