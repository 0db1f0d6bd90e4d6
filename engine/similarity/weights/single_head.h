// SPDX-License-Identifier: GPL-3.0-or-later
// What one head's weights say about it alone: spectra, identity, idempotence, overlap of what it reads and writes, and the
// tokens along its strongest directions (engine/methods/weight_space.md sections 5 and 6).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/forward/attention_source.h"
#include "engine/model/model.h"
#include "engine/similarity/head_matrix.h"

namespace hs {

struct DirectionToken {
    int id = 0;
    std::string text;
    double value = 0;
};

/// One singular direction of W_OV = U S V^T: what it reads (v) and what it then writes (u). The sign of the pair is arbitrary, so
/// both ends are listed: reads[0] goes with writes[0].
struct OvDirection {
    double sigma = 0;
    bool nearDegenerate = false;                                 ///< a neighbour's sigma is within 1 %: rotations among them are arbitrary
    std::vector<DirectionToken> readsPositive, readsNegative;    ///< largest and smallest W_E v
    std::vector<DirectionToken> writesPositive, writesNegative;  ///< largest and smallest W_U u
};

struct HeadSpectra {
    HeadId head;
    std::string label;
    WeightProcessing weights = WeightProcessing::Raw;
    std::vector<HeadMatrixNote> notes;
    NoValue ovFault = NoValue::None, qkFault = NoValue::None;
    int dModel = 0;

    std::vector<double> ov, qk;  ///< singular values of W_OV and W_QK, falling; d_head of them
    int ovRank = 0, qkRank = 0;
    /// tr(W_OV) / (sqrt(r) ||W_OV||_F) in [-1, 1]; 1 iff W_OV is a positive multiple of an orthogonal projector.
    std::optional<double> identity;
    double identityNullSd = 0;  ///< 1 / sqrt(r d): standard deviation under a random rotation
    /// <T^2, T>^2 / (||T^2||^2 ||T||^2), T = W_OV (Feng & Li 2026); none when T^2 = 0.
    std::optional<double> idempotence;
    /// Projection Kernel of what it writes and what it reads through W_V.
    std::optional<double> selfOverlap;
    NullMoments selfOverlapNull;
    /// Mean attention weight of a query on itself, where a run was given: the paper's identity head score.
    std::optional<double> attentionDiagonal;
    std::vector<OvDirection> directions;  ///< empty: not asked for, or no embedding
    bool hasEmbedding = false, hasUnembedding = false;
};

struct SingleHeadOptions {
    WeightProcessing weights = WeightProcessing::Raw;
    int directions = 0;  ///< strongest OV directions with their tokens
    int tokens = 10;     ///< at each end
};

/// Errors: HeadOutOfRange, Cancelled, and what reading the layer or the embedding gives. `source` may be null.
Result<HeadSpectra> headSpectra(const Model& model, HeadId head, const SingleHeadOptions& options, const AttentionSource* source = nullptr,
                                const Progress& progress = {});

/// Mean of A[i, i] over all queries; from the source's statistics, or from tiles on the diagonal.
Result<double> attentionDiagonal(const AttentionSource& source, HeadId head, const Progress& progress = {});

/// The same from columns alone, double precision: W_O and W_V^T, W_Q^T and W_K^T as [d, m] row-major. For headSpectra and for tests.
void describeOv(const std::vector<double>& o, const std::vector<double>& v, int d, int m, HeadSpectra& out,
                std::vector<double>* written = nullptr, std::vector<double>* read = nullptr);  ///< singular vectors [d, m]
void describeQk(const std::vector<double>& q, const std::vector<double>& k, int d, int m, HeadSpectra& out);

}  // namespace hs
