// SPDX-License-Identifier: GPL-3.0-or-later
// What settings of mixtures of experts say of single layers. Inside engine/io/layouts only.
#pragma once

#include <functional>
#include <string>

#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs::parts {

inline bool everyLayer(int) { return true; }

/// A number of the settings; `usual` where it is missing, 0 where it is none or no whole number that fits.
inline int wholeNumber(const nlohmann::json& config, const char* key, int usual = 0)
{
    if (!config.contains(key)) return usual;
    const bool fits = config[key].is_number_integer() && config[key] >= 0 && config[key] <= 1 << 30;
    return fits ? config[key].get<int>() : 0;
}

/// Adds expert_layers and d_mlp: layers with experts have an MLP `shared` wide beside them (0: none), the others one `dense` wide.
inline Status addSparseLayers(const nlohmann::json& config, int dense, int shared, const std::function<bool(int)>& sparse,
                              const AddValue& add)
{
    const char* key = config.contains("n_layers") ? "n_layers" : "num_hidden_layers";
    const int layers = wholeNumber(config, key);
    if (layers < 1 || layers > 1 << 16) return Error::of(ErrorCode::ConfigMissing, key);
    std::string kinds, widths;
    for (int l = 0; l < layers; ++l) {
        const bool own = sparse(l);
        kinds += std::string(l > 0 ? "," : "") + (own ? "1" : "0");
        widths += (l > 0 ? "," : "") + std::to_string(own ? shared : dense);
    }
    add("expert_layers", kinds);
    add("d_mlp", widths);
    return {};
}

}  // namespace hs::parts
