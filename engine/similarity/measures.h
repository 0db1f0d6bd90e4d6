// SPDX-License-Identifier: GPL-3.0-or-later
// The measures that hold heads against heads, one row each. Everything that depends on which measure it is asks the row: what is
// read, which pairs it takes, how columns become a number and what chance gives. A new measure: an enumerator, its row and its
// functions in measures.cpp, and its words (ui/similarity/measure_words.cpp).
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hs {

struct HeadMatrix;

/// A head's subspaces of the residual stream: what W_Q, W_K, W_V read, what W_O writes.
enum class HeadRole { Q, K, V, O };

/// Source role (rows) and target role (columns). "OQ": what an earlier head writes against what a later head's query reads.
struct RolePair {
    HeadRole source = HeadRole::O;
    HeadRole target = HeadRole::Q;
    auto operator<=>(const RolePair&) const = default;
    /// QQ, KK, VV, OO: symmetric, every pair of heads has a value. All others: source layer < target layer, strictly.
    bool sameRole() const { return source == target; }
};
std::string rolePairName(RolePair pair);                       ///< "OQ"
std::optional<RolePair> parseRolePair(std::string_view text);  ///< any case
const std::vector<RolePair>& allRolePairs();                   ///< the sixteen, in rows Q K V O

enum class HeadMeasure {
    ProjectionKernel,
    CompositionScore,
    SimpleCs,
    LinearCka,
    Procrustes,  // weights
    PatternDistance,
    OutputCka,  // behaviour on a corpus; no pairing
};

/// Mean and standard deviation under a random rotation between the two heads (engine/methods/weight_space.md section 3).
struct NullMoments {
    double mean = 0, sd = 0;
};

enum class MeasureInput {
    Weights,   ///< matrices of a role pair
    Patterns,  ///< attention maps on a corpus
    Outputs,   ///< what heads write on a corpus
};

/// What of a head's matrix is compared, scaled so that the kernel's sum is the measure or its square.
enum class HeadColumns {
    Plain,      ///< the weights as they are, by their norm
    Centred,    ///< column means removed, by the root of the norm of their Gram matrix
    Basis,      ///< an orthonormal basis: directions without their strengths
    Partnered,  ///< of the product with the circuit's other matrix (W_OV, W_QK), for every query head
};
/// From the columns A, B of two heads to a number.
enum class PairKernel {
    Squares,  ///< ||A^T B||_F^2
    Nuclear,  ///< sum of the singular values of A^T B
};

/// One measure. Functions get a filled matrix and a pair that has a number.
struct MeasureInfo {
    using OfPair = double (*)(const HeadMatrix&, std::size_t row, std::size_t col);

    HeadMeasure id = HeadMeasure::ProjectionKernel;
    const char* name = "";  ///< "pk": in files and on the command line
    MeasureInput input = MeasureInput::Weights;
    bool composes = false;        ///< of what a head writes into what a later one reads: OQ, OK, OV; else all sixteen
    bool isDistance = false;      ///< small means alike
    bool dependsOnGauge = false;  ///< changes when W_Q -> G W_Q, W_K -> G^-T W_K, which changes nothing that is computed
    HeadColumns columns = HeadColumns::Plain;
    PairKernel kernel = PairKernel::Squares;
    /// Of weights: from the kernel's sum to the measure.
    double (*finish)(const HeadMatrix&, std::size_t row, std::size_t col, double sum) = nullptr;
    OfPair largest = nullptr;     ///< largest possible value; null: 1
    OfPair normalised = nullptr;  ///< between 0 and 1 by size; null: the value is that already
    /// Null: no chance level.
    std::optional<NullMoments> (*chance)(const HeadMatrix&, std::size_t row, std::size_t col) = nullptr;
    bool chanceByRanks = false;  ///< the chance level depends on the two ranks alone

    bool needsCorpus() const { return input != MeasureInput::Weights; }
    bool takes(RolePair pair) const;  ///< false for all pairs where there is no pairing
};

/// All rows, in the order in which they are offered.
std::span<const MeasureInfo> measures();
const MeasureInfo& measureInfo(HeadMeasure measure);
/// Names of all, or of those that read this, in that order: "pk", "cs", ...
std::vector<std::string> measureNames(std::optional<MeasureInput> input = {});

inline const char* measureName(HeadMeasure measure) { return measureInfo(measure).name; }
std::optional<HeadMeasure> parseMeasure(std::string_view name);
inline bool needsCorpus(HeadMeasure measure) { return measureInfo(measure).needsCorpus(); }
inline bool isDistance(HeadMeasure measure) { return measureInfo(measure).isDistance; }
inline bool dependsOnGauge(HeadMeasure measure) { return measureInfo(measure).dependsOnGauge; }

/// Exact moments of the Projection Kernel of two random subspaces of R^d of dimensions m and n.
NullMoments projectionKernelNull(int d, int m, int n);

}  // namespace hs
