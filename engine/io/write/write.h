// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, runs and models as files, through bytes/atomic_write.h: nothing half written, and checked before success is reported.
#pragma once

#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/forward/run.h"
#include "engine/model/model.h"
#include "engine/model/prune.h"

namespace hs {

/// Matrix as .npy (float32, C order, shape as given) or CSV with token headers.
Status writeNpy(const std::string& path, const MatrixF& values, std::vector<std::int64_t> shape = {});
Status writeMapCsv(const std::string& path, const AttentionSource& source, HeadId head, MapKind kind);

struct RunWriteOptions {
    bool float16 = false;
    bool logits = true;
    bool z = true;
};
/// RUN.h5: attention-dump schema with ids, logits [n, V], z [L, n, H, d_head]; one prompt is samples/0.
Status writeRun(const std::string& path, const std::vector<std::shared_ptr<const Run>>& runs, const RunWriteOptions& options,
                const Progress& progress = {});

/// Any readable model to the native schema (resources/manual/formats.md section 4); dtype of each tensor as in the source.
Status writeNativeModel(const std::string& path, const Model& model, const Progress& progress = {});
/// A model made by withoutHeads: the same schema, with how it came to be in /provenance (attributes pruned_heads, ablation,
/// ablation_text, score, targets and mask_padding where there are any, and the source's name and hash). float64 weights become float32.
Status writePrunedModel(const std::string& path, const Model& pruned, const PruningRecord& record, const Progress& progress = {});

}  // namespace hs
