// SPDX-License-Identifier: GPL-3.0-or-later
// Frequencies of rotary positions (Su et al. 2021), as published models change them for prompts longer than those they were trained on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace hs {

/// w_m = base^(-2m/dim) of pair m, and what becomes of it. Formulas as in transformers 5 (modeling_rope_utils).
enum class RotaryKind {
    Default,
    Linear,    ///< w / factor (position interpolation, Chen et al. 2023)
    Dynamic,   ///< another base for prompts longer than `original`: base (factor n / original - (factor - 1))^(dim / (dim - 2))
    Llama3,    ///< w where the wave is shorter than original / high, w / factor where it is longer than original / low, a ramp between
    Yarn,      ///< a ramp by index between the pairs that turn `high` and `low` times in `original` positions (Peng et al. 2023)
    LongRope,  ///< w / a factor of each pair, from one list up to `original` positions and from another for longer prompts
};

struct RotaryScaling {
    RotaryKind kind = RotaryKind::Default;
    double factor = 1;
    double original = 0;                            ///< tokens
    double low = 1, high = 4;                       ///< Llama3: low_freq_factor, high_freq_factor; Yarn: beta_slow, beta_fast
    bool truncate = true;                           ///< Yarn: the ramp begins and ends at whole indices
    double attention = 1;                           ///< cosines and sines are multiplied by it, so that scores grow by its square
    std::vector<double> shortFactors, longFactors;  ///< LongRope: [dim/2]

    bool operator==(const RotaryScaling&) const = default;
    /// The angles of a position depend on how long the whole prompt is.
    bool dependsOnLength() const { return kind == RotaryKind::Dynamic || kind == RotaryKind::LongRope; }
    /// Angle of one position for each of the dim / 2 pairs, in a prompt of n tokens.
    std::vector<double> frequencies(double base, int dim, int n) const;
};

/// "" for the default kind, else "yarn factor=4 original=2048 low=1 high=32 attention=1.1386".
std::string rotaryText(const RotaryScaling& scaling);
/// Nothing where the text is none of these.
std::optional<RotaryScaling> parseRotary(const std::string& text);
/// ConfigInvalid / ConfigContradiction (item = `key`) for numbers that give no frequencies for heads with dim rotated entries.
Status checkRotary(const char* key, const RotaryScaling& scaling, int dim);

}  // namespace hs
