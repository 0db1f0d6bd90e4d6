// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions are data: a forward pass takes a list. Undo, sharing and batching come free.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/model/config.h"
#include "engine/tensor/matrix.h"

namespace hs {

enum class InterventionKind {
    ScaleHead,      ///< z of the head is multiplied by `value` (0 switches it off)
    ZeroHead,       ///< z of the head becomes 0 (its share of b_O stays)
    MeanHead,       ///< z of the head becomes its mean over the prompt's positions (or `vector` when given)
    AddToHead,      ///< `vector` [d_head] is added to z at every position (or `positions`)
    KnockOutEdges,  ///< scores of (query, key) pairs become -inf before the softmax
    ForceRow,       ///< row `positions[0]` of the pattern becomes `vector` [n]
    ClampEdges,     ///< pattern of (query, key) pairs becomes `value` in [0, 1]; the rest of the row is scaled so that it still sums to 1
    Replace,        ///< rows of the activation at `site` become rows of `stored`, usually another run's (activation patching)
};

/// Where an activation sits, by TransformerLens' names. Shapes are those of a run's LayerRun: q and k after rotary, z as W_O reads it.
enum class Site {
    ResidPre,   ///< [n, d] what the block reads
    ResidMid,   ///< [n, d] after attention was added (before ln1 in post-norm blocks); parallel blocks have none
    ResidPost,  ///< [n, d] what the next block reads
    AttnOut,    ///< [n, d] z W_O + b_O
    MlpOut,     ///< [n, d]; attention-only models have none
    Z,          ///< [n, H*dh], one head: its dh columns
    Q,          ///< [n, H*dh]
    K,          ///< [n, G*dh]; the head is a key/value head
    V,          ///< [n, G*dh]; the head is a key/value head
    Pattern,    ///< [n, n] of one head
};
/// The site belongs to heads (Z, Q, K, V, Pattern), not to the whole layer.
constexpr bool isHeadSite(Site site) { return site >= Site::Z; }
/// "resid_pre", "resid_mid", "resid_post", "attn_out", "mlp_out", "z", "q", "k", "v", "pattern".
const char* siteName(Site site);
std::optional<Site> parseSite(std::string_view name);
/// Heads that a site counts in a layer: query heads, key/value heads for K and V, 1 for sites of the whole layer.
int siteHeads(const ModelConfig& config, Site site, int layer);
/// The block has such a place (no ResidMid in parallel blocks, no MlpOut without an MLP).
bool hasSite(const ModelConfig& config, Site site);

struct Intervention {
    InterventionKind kind = InterventionKind::ZeroHead;
    HeadId head;
    float value = 0.0f;
    std::vector<float> vector;
    std::vector<int> positions;              ///< empty: all positions
    std::vector<std::pair<int, int>> edges;  ///< KnockOutEdges, ClampEdges: (query, key)
    /// Replace: which activation of layer head.layer. head.head picks one head of a head site (key/value head for K and V),
    /// -1 all of them; it is not read for sites of the whole layer. `positions` are query rows (key rows for K and V).
    Site site = Site::Z;
    /// Replace: the whole layer's activation, of the site's full shape ([n, n] for Pattern), so that another run's LayerRun can be
    /// shared without a copy. Compared by pointer.
    std::shared_ptr<const MatrixF> stored = {};
    bool operator==(const Intervention&) const = default;
};
using Interventions = std::vector<Intervention>;

/// One of each kind by its name; no `positions`: all.
Intervention zeroHead(HeadId head, std::vector<int> positions = {});
Intervention scaleHead(HeadId head, float factor, std::vector<int> positions = {});
/// Without a vector: the mean over the prompt.
Intervention meanHead(HeadId head, std::vector<float> vector = {}, std::vector<int> positions = {});
Intervention addToHead(HeadId head, std::vector<float> vector, std::vector<int> positions = {});
Intervention knockOut(HeadId head, std::vector<std::pair<int, int>> edges);
Intervention clampEdges(HeadId head, std::vector<std::pair<int, int>> edges, float weight);
Intervention forceRow(HeadId head, int query, std::vector<float> row);
/// Replace: `stored` comes from another run, as Intervention::stored says.
Intervention patchIn(Site site, HeadId head, std::shared_ptr<const MatrixF> stored, std::vector<int> positions = {});

/// HeadOutOfRange, ShapeMismatch or InvalidArgument (item = what, found, expected); n = prompt length.
Status checkInterventions(const Interventions& list, const ModelConfig& config, int n);
/// First layer that any of them touches; nLayers when the list is empty.
int firstLayer(const Interventions& list, int nLayers);

}  // namespace hs
