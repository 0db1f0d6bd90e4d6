// SPDX-License-Identifier: GPL-3.0-or-later
// All heads against all heads under one measure: the one result type of engine/similarity, from weights or from behaviour.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/model/weights.h"
#include "engine/similarity/measures.h"

namespace hs {

enum class WeightProcessing { Raw, Folded, FoldedCentred };
const char* weightProcessingName(WeightProcessing weights);  ///< "raw", "folded", "folded-centred"
std::optional<WeightProcessing> parseWeightProcessing(std::string_view name);

/// Why there is no number. ui has the words.
enum class NoValue {
    None,           ///< there is one
    LayerOrder,     ///< the source does not lie in an earlier layer: heads that cannot compose
    ZeroWeight,     ///< rank 0: zero or pruned head
    MissingMatrix,  ///< the file lacks this matrix
    NotFinite,      ///< NaN or infinity among the weights
    TooFewSamples,  ///< behaviour: nothing to compare on
};

/// One row or column: a head, or a key/value head that several query heads share.
struct AxisHead {
    HeadId id;                        ///< layer; head, or native key/value head
    std::string label;                ///< "L5H1"; "L5KV0" where query heads share key/value heads
    int firstHead = 0, lastHead = 0;  ///< query heads (of that layer) that it belongs to
    NoValue fault = NoValue::None;    ///< why the whole row or column is n/a
    int rank = 0;                     ///< of the subspace (weights); 0 when n/a
    double conditionNumber = 0;       ///< largest / smallest singular value kept
    double participation = 0;         ///< (sum s^2)^2 / sum s^4 of what the measure compares; the rank for Projection Kernel
};

struct HeadAxis {
    std::optional<HeadRole> role;  ///< none: behaviour
    bool sharedKeyValue = false;   ///< native key/value heads, fewer than query heads
    std::vector<AxisHead> heads;   ///< layer-major
    std::size_t size() const { return heads.size(); }
};

/// Remarks a view has to show beside the numbers (engine/methods/weight_space.md section 7).
enum class HeadMatrixNote {
    GaugeDependent,  ///< dependsOnGauge
    BiasesIgnored,
    SharedKeyValueHeads,
    RotaryAtOffsetZero,     ///< Composition Score by Q and K: W_QK at offset 0
    PositionTermIgnored,    ///< ALiBi and the like
    SoftcapIgnored,         ///< what reads scores reads them before the model's soft cap
    AlibiIgnored,           ///< what reads scores reads them without ALiBi's bias of distance
    ClipIgnored,            ///< queries, keys and values as they are before the model clips them
    QkNormIgnored,          ///< what reads scores reads them without the model's norm of queries and keys
    LatentNormIgnored,      ///< latent attention: W_Q, W_K and W_V as products without the norms of the narrow rows between
    PostNormApproximate,    ///< a norm after the attention output lies between the heads
    FoldingNotApplicable,   ///< no norm before attention, or none with a gain: the raw weights were used
    CentringNotApplicable,  ///< RMSNorm does not centre: folded only
    RankDeficient,          ///< some head has rank < d_head
    SomeHeadsMissing,
};

struct HeadMatrix {
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    std::optional<RolePair> pairing;                   ///< none: behaviour
    WeightProcessing weights = WeightProcessing::Raw;  ///< as used (not as asked: see notes)
    HeadAxis rows, cols;                               ///< sources, targets
    std::vector<double> values;                        ///< [rows, cols], raw; NaN: n/a, see reason()
    std::vector<double> corrected;                     ///< chance-corrected; empty where there is no chance level
    std::vector<HeadMatrixNote> notes;

    // provenance
    std::string model;      ///< file or folder name
    std::string modelHash;  ///< SHA-256, empty: pending
    int dModel = 0;
    int dNull = 0;  ///< dimension of the null distribution: d, or d - 1 when centred
    bool doublePrecision = false;
    std::uint64_t seed = 0;
    std::string corpus;        ///< behaviour: name of file or folder
    std::int64_t samples = 0;  ///< behaviour: tokens used
    int paddingToken = -1;     ///< behaviour: id whose positions were hidden; -1: none was

    std::size_t at(std::size_t row, std::size_t col) const { return row * cols.size() + col; }
    double value(std::size_t row, std::size_t col) const { return values[at(row, col)]; }
    NoValue reason(std::size_t row, std::size_t col) const;
    /// Between 0 and 1 by size: PK / sqrt(r r'); measures that are so already as they are. NaN: n/a.
    double normalised(std::size_t row, std::size_t col) const;
};

/// Mean and spread of a pair's value under a random rotation between the two heads. Nothing where the measure has no chance level and
/// for pairs that are n/a.
std::optional<NullMoments> nullMoments(const HeadMatrix& matrix, std::size_t row, std::size_t col);
/// Fills `corrected`: (value - mean) / (largest possible - mean); NaN where there is no value or mean is the largest possible.
void fillCorrected(HeadMatrix& matrix);

}  // namespace hs
