// SPDX-License-Identifier: GPL-3.0-or-later
// Heads against heads as the arguments ask for them: what `similarity` and `graph` share.
#pragma once

#include "app/batch.h"
#include "engine/similarity/head_matrix.h"

namespace hs::app {

/// One matrix for each pairing asked for; one alone for a measure of behaviour.
Result<std::vector<std::shared_ptr<const HeadMatrix>>> headMatrices(Batch& batch, const Arguments& arguments, const std::shared_ptr<const Model>& model,
                                                                    const std::string& modelHash);

}  // namespace hs::app
