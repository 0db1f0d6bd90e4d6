// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/adapter.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "engine/base/hash.h"
#include "engine/io/bytes/beside.h"
#include "engine/io/store/adapter_settings.h"
#include "engine/io/store/safetensors.h"

namespace hs {
namespace {

namespace fs = std::filesystem;

constexpr const char *kSettings = "adapter_config.json", *kWeights = "adapter_model.safetensors", *kPrefix = "base_model.model.";

/// What is added to a matrix as it stands in the file: scale * left right.
struct Delta {
    std::int64_t rows = 0, cols = 0, rank = 0;
    std::vector<float> left;   ///< [rows, rank]
    std::vector<float> right;  ///< [rank, cols]
    double scale = 1;
};

class AdaptedStore final : public TensorStore {
public:
    AdaptedStore(std::shared_ptr<const TensorStore> base, std::shared_ptr<const TensorStore> adapter)
        : m_base(std::move(base)), m_adapter(std::move(adapter)), m_tensors(m_base->tensors())
    {}

    const std::string& path() const override { return m_base->path(); }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    bool changes(std::size_t index) const { return m_deltas.contains(index) || m_whole.contains(index); }

    void add(std::size_t index, Delta delta)
    {
        if (m_tensors[index].dtype != Dtype::F64) {
            m_tensors[index].dtype = Dtype::F32;
            m_tensors[index].dtypeName = "float32";
        }
        m_deltas.emplace(index, std::move(delta));
    }
    void replace(std::size_t index, std::size_t with)
    {
        const std::string name = m_tensors[index].name;
        m_tensors[index] = m_adapter->tensors()[with];
        m_tensors[index].name = name;
        m_whole.emplace(index, with);
    }

    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override
    {
        if (const auto it = m_whole.find(index); it != m_whole.end()) return m_adapter->streamRaw(it->second, sink, progress);
        const auto it = m_deltas.find(index);
        if (it == m_deltas.end()) return m_base->streamRaw(index, sink, progress);
        Status said;
        const auto merged = [&]<typename T>(std::int64_t first, const T* data, std::size_t count) {
            if (!said || progress.stopped()) return;
            std::vector<T> values(data, data + count);
            addTo(values, first, it->second);
            said = sink(first, values.data(), count);
        };
        const bool wide = m_tensors[index].dtype == Dtype::F64;
        const Status read = wide ? streamDoubles(
                                *m_base, index, [&](auto... block) { merged(block...); }, progress)
                                 : streamFloats(
                                     *m_base, index, [&](auto... block) { merged(block...); }, progress);
        if (!read) return read;
        if (progress.stopped()) return Error::cancelled(path());
        return said;
    }

private:
    template <typename T>
    static void addTo(std::vector<T>& values, std::int64_t first, const Delta& delta)
    {
        std::vector<double> sum;
        const auto end = first + static_cast<std::int64_t>(values.size());
        for (std::int64_t at = first; at < end;) {
            const std::int64_t row = at / delta.cols, col = at % delta.cols, count = std::min(delta.cols - col, end - at);
            sum.assign(static_cast<std::size_t>(count), 0.0);
            for (std::int64_t k = 0; k < delta.rank; ++k) {
                const double factor = static_cast<double>(delta.left[static_cast<std::size_t>(row * delta.rank + k)]);
                const float* right = delta.right.data() + k * delta.cols + col;
                for (std::int64_t c = 0; c < count; ++c) sum[static_cast<std::size_t>(c)] += factor * static_cast<double>(right[c]);
            }
            T* out = values.data() + (at - first);
            for (std::int64_t c = 0; c < count; ++c)
                out[c] = static_cast<T>(static_cast<double>(out[c]) + delta.scale * sum[static_cast<std::size_t>(c)]);
            at += count;
        }
    }

    std::shared_ptr<const TensorStore> m_base, m_adapter;
    std::vector<StoredTensor> m_tensors;
    std::map<std::size_t, Delta> m_deltas;
    std::map<std::size_t, std::size_t> m_whole;
};

/// The two factors of one module, by their numbers in the adapter's file.
struct Factors {
    std::optional<std::size_t> a, b;
    bool embedding = false;
};

class Merger {
public:
    Merger(const std::shared_ptr<const TensorStore>& base, const std::vector<bool>& outRows,
           const std::shared_ptr<const TensorStore>& adapter, const AdapterSettings& settings, const Progress& progress)
        : m_base(*base), m_outRows(outRows), m_adapter(*adapter), m_settings(settings), m_progress(progress),
          m_out(std::make_shared<AdaptedStore>(base, adapter))
    {}

    Result<std::shared_ptr<const TensorStore>> merge()
    {
        if (Status s = sort(); !s) return s.error();
        for (const auto& [module, factors] : m_modules)
            if (Status s = addModule(module, factors); !s) return s.error();
        for (const std::string& module : m_settings.saved) {
            const auto stored = [&](const std::string& name) { return name == module || name.ends_with("." + module); };
            if (std::none_of(m_whole.begin(), m_whole.end(), stored)) return refuse("modules_to_save", module, "its weights");
        }
        if (m_modules.empty() && m_whole.empty()) return refuse("lora_A", "0 tensors", "1");
        return std::shared_ptr<const TensorStore>(m_out);
    }

private:
    Error refuse(const std::string& item, const std::string& found, const std::string& expected) const
    {
        return Error::in(m_adapter.path(), ErrorCode::ConfigInvalid, item, found, expected);
    }

    /// Factors by module; what is stored whole takes its place at once.
    Status sort()
    {
        for (std::size_t i = 0; i < m_adapter.tensors().size(); ++i) {
            std::string name = m_adapter.tensors()[i].name;
            if (!name.starts_with(kPrefix)) return refuse(name, name, std::string(kPrefix) + "...");
            name.erase(0, std::string(kPrefix).size());
            const auto factor = [&](std::string_view ending, bool first, bool embedding) {
                if (!name.ends_with(ending)) return false;
                Factors& of = m_modules[name.substr(0, name.size() - ending.size())];
                of.embedding = embedding;
                (first ? of.a : of.b) = i;
                return true;
            };
            if (factor(".lora_A.weight", true, false) || factor(".lora_B.weight", false, false) || factor(".lora_embedding_A", true, true)
                || factor(".lora_embedding_B", false, true))
                continue;
            if (name.find("lora_") != std::string::npos) return refuse(name, name, "lora_A, lora_B");
            if (const auto at = name.find(".base_layer."); at != std::string::npos) name.erase(at, std::string(".base_layer").size());
            const auto place = find(name);
            if (!place) return refuse(name, name, "a tensor of the model");
            if (m_base.tensors()[*place].shape != m_adapter.tensors()[i].shape)
                return refuse(name, shapeText(m_adapter.tensors()[i].shape), shapeText(m_base.tensors()[*place].shape));
            m_out->replace(*place, i);
            m_whole.push_back(name.substr(0, name.rfind('.')));
        }
        return {};
    }

    /// The base's tensor of this name, or the only one whose name ends with it or that it ends with, at a dot.
    std::optional<std::size_t> find(const std::string& wanted) const
    {
        std::optional<std::size_t> out;
        for (std::size_t i = 0; i < m_base.tensors().size(); ++i) {
            std::string name = m_base.tensors()[i].name;
            std::replace(name.begin(), name.end(), '/', '.');
            if (name == wanted) return i;
            if (!wanted.ends_with("." + name) && !name.ends_with("." + wanted)) continue;
            if (out) return std::nullopt;
            out = i;
        }
        return out;
    }

    Result<std::vector<float>> values(std::size_t index) const
    {
        std::vector<float> out(static_cast<std::size_t>(m_adapter.tensors()[index].count()));
        const Status read = streamFloats(
            m_adapter, index,
            [&](std::int64_t first, const float* data, std::size_t count) { std::copy_n(data, count, out.data() + first); }, m_progress);
        if (!read) return read.error();
        return out;
    }

    static std::vector<float> turned(const std::vector<float>& x, std::int64_t rows, std::int64_t cols)
    {
        std::vector<float> out(x.size());
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < cols; ++c) out[static_cast<std::size_t>(c * rows + r)] = x[static_cast<std::size_t>(r * cols + c)];
        return out;
    }

    Status addModule(const std::string& module, const Factors& factors)
    {
        if (!factors.a || !factors.b) return refuse(module, factors.a ? "lora_A" : "lora_B", "lora_A, lora_B");
        if (!m_settings.targetsModule(module)) return refuse("target_modules", module, "what adapter_config.json names");
        const auto place = find(module + ".weight");
        if (!place) return refuse(module, module, "a tensor of the model");
        if (m_out->changes(*place)) return refuse(module, "twice", "once");
        const auto &a = m_adapter.tensors()[*factors.a].shape, &b = m_adapter.tensors()[*factors.b].shape;
        const auto& whole = m_base.tensors()[*place].shape;
        // An embedding is (tokens, width), and its factors are those of the transposed matrix.
        const bool outRows = m_outRows[*place] && !factors.embedding;
        const std::int64_t rank = m_settings.rankOf(module);
        if (a.size() != 2 || b.size() != 2 || whole.size() != 2 || a[0] != rank || b[1] != rank || whole[outRows ? 0 : 1] != b[0]
            || whole[outRows ? 1 : 0] != a[1])
            return refuse(module, shapeText(b) + " by " + shapeText(a), shapeText(whole) + ", r " + std::to_string(rank));
        auto first = values(*factors.a), second = values(*factors.b);
        if (!first) return first.error();
        if (!second) return second.error();
        Delta delta{whole[0], whole[1], rank, {}, {}, m_settings.scaleOf(module)};
        delta.left = outRows ? std::move(*second) : turned(*first, a[0], a[1]);
        delta.right = outRows ? std::move(*first) : turned(*second, b[0], b[1]);
        m_out->add(*place, std::move(delta));
        return {};
    }

    const TensorStore& m_base;
    const std::vector<bool>& m_outRows;
    const TensorStore& m_adapter;
    const AdapterSettings& m_settings;
    const Progress& m_progress;
    std::shared_ptr<AdaptedStore> m_out;
    std::map<std::string, Factors> m_modules;
    std::vector<std::string> m_whole;  ///< modules that are stored whole
};

}  // namespace

Result<MergedStore> mergeAdapter(const std::shared_ptr<const TensorStore>& base, const std::vector<bool>& outRows,
                                 const std::string& folder, const Progress& progress)
{
    const std::string settingsFile = (fs::path(folder) / kSettings).string(), weightsFile = (fs::path(folder) / kWeights).string();
    const auto settings = readAdapterSettings(settingsFile);
    if (!settings) return settings.error();
    auto adapter = safetensorsFile(weightsFile, progress);
    if (!adapter) return adapter.error();
    auto merged = Merger(base, outRows, *adapter, *settings, progress).merge();
    if (!merged) return merged.error();
    const auto weightsHash = sha256OfFile(weightsFile, progress), settingsHash = sha256OfFile(settingsFile, progress);
    if (!weightsHash) return weightsHash.error();
    if (!settingsHash) return settingsHash.error();
    std::error_code ignored;
    fs::path named = fs::absolute(folder, ignored).lexically_normal();
    if (!named.has_filename()) named = named.parent_path();
    return MergedStore{*merged, named.filename().string(), *weightsHash + " " + *settingsHash};
}

Status checkAdapterChosen(const std::string& modelPath)
{
    const fs::path beside = fileBeside(modelPath, kSettings);
    if (beside.empty()) return {};
    return Error::in(modelPath, ErrorCode::UnknownLayout, kSettings, beside.parent_path().string());
}

bool asksForAdapter(const Error& error)
{
    if (error.code == ErrorCode::UnknownLayout) return error.item == kSettings;
    return error.code == ErrorCode::ConfigInvalid && (error.file.ends_with(kSettings) || error.file.ends_with(kWeights));
}

}  // namespace hs
