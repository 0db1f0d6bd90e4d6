// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration values as the world writes them, brought to our keys (resources/manual/formats.md section 1.6).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/io/h5/file.h"
#include "engine/io/layouts/layout.h"
#include "engine/model/config.h"

namespace hs {

struct ConfigCandidate {
    std::string key;  ///< ours
    std::string text;
    Origin origin = Origin::Guess;
    std::string detail;
};
/// In order of trust: of several values for one key the first counts.
using ConfigCandidates = std::vector<ConfigCandidate>;

/// Our key for a key of Hugging Face, TransformerLens, nanoGPT or our own; empty for one that says nothing about the architecture.
std::string configKeyFor(const std::string& key);

/// Values of a JSON object in the words of a family: its own keys and scales. JsonInvalid; ConfigInvalid for a value that the engine
/// cannot compute; where the object is a family's own configuration (it has model_type or architectures) and the family lists its keys,
/// ConfigUnknownKey (item = key, found = value, expected = family) for one that is in no list and says something.
Status addJson(const std::string& text, Origin origin, const std::string& detail, const Layout& layout, ConfigCandidates& out);
/// Root attributes, /config attributes, /config dataset, root `config` and `model_config` JSON of an HDF5 file.
Status addHdf5(const h5::File& file, const Layout& layout, ConfigCandidates& out);
/// --config key=value and --config FILE.json. ConfigUnknownKey for a key that nobody knows.
Status addUser(const std::map<std::string, std::string>& values, const std::string& file, const Layout& layout, ConfigCandidates& out);
/// The model_type that they declare; empty: none.
std::string declaredType(const ConfigCandidates& candidates);

/// Sizes from the shapes, defaults of the family, guesses; checked against each other (ConfigContradiction, item = key,
/// found = configured, expected = shapes).
struct Resolved {
    ModelConfig config;
    ConfigOrigins origins;
    std::vector<std::vector<int>> headNames;  ///< [layer] original numbers of the heads that are left; empty: nothing was named
};
Result<Resolved> resolveConfig(const ConfigCandidates& candidates, const Match& match, const Dims& dims, const std::string& file);

}  // namespace hs
