// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/model_open.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "engine/io/bytes/beside.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/config/config_sources.h"
#include "engine/io/config/missing.h"
#include "engine/io/layouts/layout.h"
#include "engine/io/layouts/weight_source.h"
#include "engine/io/store/adapter.h"
#include "engine/io/store/shards.h"
#include "engine/io/tokenizer/tokenizer_lookup.h"
#include "engine/io/tokenizer/tokenizer_record.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

/// "stories260k" for .../stories260k/model.h5, else the file's name without its ending.
std::string modelName(const std::string& path)
{
    std::error_code ignored;
    const fs::path file = fs::absolute(path, ignored);
    const auto shard = shardName(file.filename().string());
    const std::string stem = shard ? shard->stem : file.stem().string();
    for (const char* usual :
         {"model", "tf_model", "pytorch_model", "model.safetensors.index", "model.safetensors", "pytorch_model.bin.index"})
        if (stem == usual && file.parent_path().has_filename()) return file.parent_path().filename().string();
    return stem;
}

/// Type of the matrices that are used; norms and biases are often kept wider.
std::string weightDtype(const TensorStore& store, const Match& match)
{
    std::set<std::string> names;
    for (const Binding& b : match.bindings)
        if (const StoredTensor& t = store.tensors()[b.tensor]; b.rule->form != Form::Vector)
            names.insert(t.dtypeName.starts_with('Q') ? t.dtypeName : shortName(t.dtype));  // GGUF's kinds have names of their own
    return names.size() == 1 ? *names.begin() : "mixed";
}

std::vector<TensorInfo> inventoryOf(const TensorStore& store, const Match& match)
{
    std::vector<TensorInfo> out;
    for (const StoredTensor& t : store.tensors()) out.push_back({t.name, t.shape, t.dtype, {}});
    for (const Binding& b : match.bindings) {
        std::string& role = out[b.tensor].role;
        if (!role.empty()) role += ", ";
        role += b.role;
    }
    return out;
}

/// The weights with the adapter that was asked for, which `identity` then names.
Status mergeInto(std::shared_ptr<const TensorStore>& store, const Match& match, const std::string& folder, ModelIdentity& identity,
                 const Progress& progress)
{
    std::vector<bool> outRows(store->tensors().size(), false);
    for (const Binding& b : match.bindings) outRows[b.tensor] = b.rule->form == Form::OutIn;
    auto merged = mergeAdapter(store, outRows, folder, progress);
    if (!merged) return merged.error();
    store = merged->store;
    const std::string name = merged->name == identity.name ? "adapter" : merged->name;
    identity.name += " + " + name;
    identity.adapter = name + " " + merged->hash;
    return {};
}

Status addConfigBeside(const std::string& path, const Layout& layout, ConfigCandidates& out)
{
    const fs::path beside = fileBeside(path, "config.json");
    if (beside.empty()) return {};
    const auto text = readJsonText(beside.string());
    if (!text) return text.error();
    return addJson(*text, Origin::ConfigJsonBeside, "config.json", layout, out);
}

/// What was said in a file, with the file's own path.
Error named(Error error, const std::string& path)
{
    if (!error.item.empty() && !error.file.empty() && error.file != path) error.item = error.file + ": " + error.item;
    error.file = path;
    return error;
}

/// All that is said of the model, in the words of a family.
Status addAll(const OpenOptions& options, const h5::File* file, const FileSettings& told, bool native, const std::string& path,
              const Layout& layout, ConfigCandidates& out)
{
    if (const Status s = addUser(options.config, options.configFile, layout, out); !s) return s;
    if (file)
        if (const Status s = addHdf5(*file, layout, out); !s) return s;
    if (!told.config.empty())
        if (const Status s = addJson(told.config, Origin::FileAttribute, told.detail, layout, out); !s) return named(s.error(), path);
    return native ? Status{} : addConfigBeside(path, layout, out);
}

/// The model_type that is declared; empty: none. What is wrong with a configuration is said once the family is known.
std::string typeOf(const OpenOptions& options, const h5::File* file, const FileSettings& told, const std::string& path)
{
    static constexpr Layout any{};
    ConfigCandidates candidates;
    static_cast<void>(addAll(options, file, told, false, path, any, candidates));
    return declaredType(candidates);
}

/// Token embedding and output are one matrix: as the settings say, or as the family has it where they say nothing.
bool saidTied(const ConfigCandidates& candidates, const Layout& layout)
{
    for (const ConfigCandidate& c : candidates) {
        if (c.key != "tie_word_embeddings") continue;
        ModelConfig config;
        return setConfigValue(config, c.key, c.text) && config.output == OutputKind::Tied;
    }
    return layout.tied;
}

/// Blocks that the family uses several times, as often as the settings say (keys of its own: layer_groups, inner_layers).
Status share(Match& match, const ConfigCandidates& candidates, const std::string& file)
{
    const auto number = [&](const char* key) {
        for (const ConfigCandidate& c : candidates)
            if (c.key == key) return std::atoi(c.text.c_str());
        return 0;
    };
    return shareLayers(match, number("n_layers"), number("layer_groups"), number("inner_layers"), file);
}

/// What distances add to scores, as the family has it and its settings say (keys of its own: place_buckets, place_farthest, place_kinds).
PlaceSettings placesOf(const Layout& layout, const ConfigCandidates& candidates)
{
    PlaceSettings out;
    out.t5 = layout.t5Places;
    for (const ConfigCandidate& c : candidates) {
        if (c.key == "place_buckets" && out.buckets == 0) out.buckets = std::atoi(c.text.c_str());
        if (c.key == "place_farthest" && out.farthest == 0) out.farthest = std::atoi(c.text.c_str());
        if (c.key != "place_kinds") continue;
        out.keys = c.text.find('k') != std::string::npos;
        out.queries = c.text.find('q') != std::string::npos;
        out.normed = c.text.find('n') != std::string::npos;
        out.shared = c.text.find('s') != std::string::npos;
    }
    return out;
}

/// The id whose positions are to be hidden: what the settings say, else the tokeniser. ConfigMissing where neither does.
Result<int> paddingToken(const ConfigCandidates& candidates, const TokenizerRecord* record, int vocabulary, const std::string& file)
{
    std::string text;
    for (const ConfigCandidate& c : candidates)
        if (c.key == "pad_token_id" && text.empty()) text = c.text;
    if (text.empty() && record && record->special.pad) text = std::to_string(*record->special.pad);
    if (text.empty()) return Error::in(file, ErrorCode::ConfigMissing, "pad_token_id");
    int id = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error == std::errc{} && end == text.data() + text.size() && id >= 0 && id < vocabulary) return id;
    return Error::in(file, ErrorCode::ConfigInvalid, "pad_token_id", text, std::string("0 .. ").append(std::to_string(vocabulary - 1)));
}

/// Keys that our own writer could only guess are guesses still.
void keepGuesses(const h5::File& file, ConfigOrigins& origins)
{
    const h5::Attributes& config = file.inventory().attributesOf("config");
    const auto it = config.find("guessed");
    if (it == config.end()) return;
    if (const auto* list = std::get_if<std::vector<std::string>>(&it->second.value))
        for (const std::string& key : *list)
            if (const auto o = origins.find(key); o != origins.end() && o->second.origin == Origin::FileAttribute)
                o->second = {Origin::Guess, o->second.detail};
}

HeadNames headNames(const h5::File& file, const ModelConfig& config)
{
    HeadNames names;
    const auto read = [&](int layer, const char* key, int heads, std::vector<std::vector<int>>& into) {
        const h5::Attributes& a = file.inventory().attributesOf("layers/" + std::to_string(layer) + "/attn");
        const auto it = a.find(key);
        if (it == a.end()) return;
        const auto* ids = std::get_if<std::vector<std::int64_t>>(&it->second.value);
        if (!ids || static_cast<int>(ids->size()) != heads) return;
        into.resize(static_cast<std::size_t>(config.nLayers));
        for (const std::int64_t id : *ids) into[static_cast<std::size_t>(layer)].push_back(static_cast<int>(id));
    };
    for (int layer = 0; layer < config.nLayers; ++layer) {
        read(layer, "head_ids", config.heads(layer), names.query);
        read(layer, "kv_head_ids", config.kvHeads(layer), names.keyValue);
    }
    return names;
}

/// Each key/value head belongs to one query head, or keeps its number: settings name query heads only.
HeadNames prunedNames(const std::vector<std::vector<int>>& query, const ModelConfig& config)
{
    HeadNames names{query, std::vector<std::vector<int>>(query.size())};
    for (std::size_t layer = 0; layer < query.size(); ++layer)
        if (const int l = static_cast<int>(layer); config.kvHeads(l) == config.heads(l)) names.keyValue[layer] = query[layer];
    return names;
}

/// The tokeniser that the file itself holds, where the user names no other; else the one in HDF5 or beside the file.
Result<FoundTokenizer> tokenizerOf(const h5::File* file, const FileSettings& told, const std::string& path, const OpenOptions& options,
                                   const ModelConfig& config, const Progress& progress)
{
    FoundTokenizer own;
    const TokenizerChoice said{options.tokenizerPath, options.tokensFile};
    const bool chosen = !said.path.empty() || !said.names.empty();
    if (!chosen && told.tokenizer) {
        const auto loaded = loadTokenizer(*told.tokenizer, path, progress);
        if (loaded && loaded->tokenizer->vocabSize() <= config.dVocab)
            return FoundTokenizer{loaded->tokenizer, loaded->record, "in the file", std::nullopt};
        own.problem = loaded ? Error::in(path, ErrorCode::VocabularyMismatch, "in the file", std::to_string(loaded->tokenizer->vocabSize()),
                                         std::to_string(config.dVocab))
                             : loaded.error();
    } else {
        own.problem = told.tokenizerProblem;
    }
    auto found = findTokenizer(file, path, said, config.dVocab, config.modelType, progress);
    if (found && !found->tokenizer && !chosen && own.problem) found->problem = own.problem;
    return found;
}

bool isNative(const h5::File* file)
{
    if (!file) return false;
    const h5::Attributes& root = file->inventory().attributesOf("");
    const auto it = root.find("format");
    return it != root.end() && it->second.asText() == "headscope-model";
}

Status checkVersion(const h5::File& file)
{
    const h5::Attributes& root = file.inventory().attributesOf("");
    const auto it = root.find("format_version");
    const std::string version = it == root.end() ? "1.0" : it->second.asConfigText().value_or("1.0");
    if (version == "1" || version.starts_with("1.")) return {};
    return Error::in(file.path(), ErrorCode::FormatTooNew, "format_version", version, "1.x");
}

}  // namespace

Result<std::shared_ptr<const Model>> modelFromStore(const std::shared_ptr<const TensorStore>& given,
                                                    const std::shared_ptr<const h5::File>& file, const std::string& container,
                                                    const OpenOptions& options, const Progress& progress, const FileSettings& told)
{
    std::shared_ptr<const TensorStore> store = given;
    const bool native = isNative(file.get());
    if (native)
        if (const Status s = checkVersion(*file); !s) return s.error();
    auto match = native ? Result<Match>(matchOne(kNative, store->tensors()))
                        : matchLayout(*store, typeOf(options, file.get(), told, store->path()), progress);
    if (!match) return match.error();
    if (native && match->layers == 0) return Error::in(store->path(), ErrorCode::TensorMissing, "layers/0/attn/W_Q");

    ModelIdentity identity{store->path(), modelName(store->path()), match->layout->name, container, {}, {}};
    if (!options.adapter.empty() && options.adapter != "none") {
        if (const Status s = mergeInto(store, *match, options.adapter, identity, progress); !s) return s.error();
    } else if (!native && options.adapter.empty()) {
        if (const Status s = checkAdapterChosen(store->path()); !s) return s.error();
    }
    ConfigCandidates candidates;
    if (const Status s = addAll(options, file.get(), told, native, store->path(), *match->layout, candidates); !s) return s.error();
    if (saidTied(candidates, *match->layout)) embedWithOutput(*match);
    if (match->layout->sharedLayers)
        if (const Status s = share(*match, candidates, store->path()); !s) return s.error();
    const auto dims = inferDims(*match, *store);
    if (!dims) return dims.error();
    auto resolved = resolveConfig(candidates, *match, *dims, store->path());
    if (!resolved) return resolved.error();
    if (native) keepGuesses(*file, resolved->origins);

    auto tokenizer = tokenizerOf(file.get(), told, store->path(), options, resolved->config, progress);
    if (!tokenizer) return tokenizer.error();
    if (progress.stopped()) return Error::cancelled(store->path());

    if (options.maskPadding) {
        const auto id = paddingToken(candidates, tokenizer->record.get(), resolved->config.dVocab, store->path());
        if (!id) return id.error();
        resolved->config.paddingToken = *id;
    }

    Model::Parts parts;
    identity.weightDtype = weightDtype(*store, *match);
    parts.identity = std::move(identity);
    MissingParts missing = findMissing(*match, resolved->config);
    if (!tokenizer->tokenizer) missing.parts.push_back(Part::Tokenizer);
    parts.config = resolved->config;
    parts.origins = std::move(resolved->origins);
    parts.tensors = inventoryOf(*store, *match);
    parts.missing = std::move(missing.parts);
    parts.missingTensors = std::move(missing.tensors);
    parts.tokenizer = tokenizer->tokenizer;
    parts.tokenizerOrigin = tokenizer->origin;
    parts.tokenizerRecord = tokenizer->record;
    parts.tokenizerProblem = tokenizer->problem;
    HeadNames names = native ? headNames(*file, parts.config) : prunedNames(resolved->headNames, parts.config);
    parts.headsRenamed = !names.query.empty() || !names.keyValue.empty();
    const PlaceSettings places = placesOf(*match->layout, candidates);
    parts.source = std::make_shared<StoreWeightSource>(store, std::move(*match), parts.config, std::move(names), places);
    return std::shared_ptr<const Model>(std::make_shared<Model>(std::move(parts)));
}

}  // namespace hs
