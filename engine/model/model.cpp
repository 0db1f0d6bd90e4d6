// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/model.h"

#include <algorithm>
#include <list>

#include <unistd.h>

namespace hs {

namespace {

constexpr int embeddingKey = -1;
constexpr int outputKey = -2;

std::size_t halfOfMemory()
{
    const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
    if (pages <= 0 || size <= 0) return std::size_t(2) << 30;
    return static_cast<std::size_t>(pages) * static_cast<std::size_t>(size) / 2;
}

std::size_t bytesOf(const LayerWeights& w) { return w.bytes(); }
std::size_t bytesOf(const EmbeddingWeights& w)
{
    return w.wE.bytes() + w.wPos.bytes() + w.wType.bytes() + w.wWiden.bytes()
           + (w.norm.w.size() + w.norm.b.size() + w.bWiden.size()) * sizeof(float);
}
std::size_t bytesOf(const OutputWeights& w)
{
    return w.wU.bytes() + w.wT.bytes()
           + (w.bT.size() + w.lnT.w.size() + w.lnT.b.size() + w.bU.size() + w.lnFinal.w.size() + w.lnFinal.b.size()) * sizeof(float);
}

}  // namespace

/// Least recently used first. `entries` and `budget` are guarded by `mutex`; `reading` serialises calls into the source.
struct Model::Cache {
    struct Entry {
        int key = 0;
        std::size_t bytes = 0;
        std::shared_ptr<const void> weights;
    };
    std::mutex mutex;
    std::mutex reading;
    std::list<Entry> entries;
    std::size_t used = 0;
    std::size_t budget = halfOfMemory();

    template <typename T>
    std::shared_ptr<const T> find(int key)
    {
        const std::lock_guard lock(mutex);
        const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
        if (it == entries.end()) return nullptr;
        entries.splice(entries.end(), entries, it);
        return std::static_pointer_cast<const T>(it->weights);
    }

    void shrink()
    {
        while (used > budget && !entries.empty()) {
            used -= entries.front().bytes;
            entries.pop_front();
        }
    }

    template <typename T>
    void insert(int key, std::shared_ptr<const T> weights)
    {
        const std::size_t bytes = bytesOf(*weights);
        const std::lock_guard lock(mutex);
        if (bytes > budget) return;  // the caller still gets it; it is only not remembered
        entries.push_back({key, bytes, std::move(weights)});
        used += bytes;
        shrink();
    }

    template <typename T, typename Read>
    Result<std::shared_ptr<const T>> get(int key, Read read, bool keep = true)
    {
        if (auto hit = find<T>(key)) return hit;
        const std::lock_guard lock(reading);
        if (auto hit = find<T>(key)) return hit;  // another thread read it while we waited
        auto result = read();
        if (result && keep) insert<T>(key, *result);
        return result;
    }
};

Model::Model(Parts parts) : m_parts(std::move(parts)), m_cache(std::make_shared<Cache>()) {}

Error Model::withoutTokenizer(std::string item) const
{
    return m_parts.tokenizerProblem ? *m_parts.tokenizerProblem : Error::in(identity().path, ErrorCode::TokenizerMissing, std::move(item));
}

bool Model::lacks(Part part) const { return std::find(m_parts.missing.begin(), m_parts.missing.end(), part) != m_parts.missing.end(); }

bool Model::canRun() const
{
    if (lacks(Part::TokenEmbedding) || lacks(Part::AttentionWeights)) return false;
    if (config().needsPositionTable() && lacks(Part::PositionEmbedding)) return false;
    return config().attnOnly || !lacks(Part::Mlp);
}

bool Model::canPredict() const
{
    return canRun() && config().output != OutputKind::None && !lacks(Part::Unembedding) && !lacks(Part::FinalNorm);
}

std::string Model::guessedKeys() const
{
    std::string out;
    for (const std::string& key : configKeys()) {
        const auto it = m_parts.origins.find(key);
        if (it == m_parts.origins.end() || it->second.origin != Origin::Guess) continue;
        if (!out.empty()) out += ", ";
        out += key;
    }
    return out;
}

std::vector<std::string> Model::guessedHeadKeys() const
{
    std::vector<std::string> out;
    for (const char* key : {"n_heads", "n_kv_heads", "d_head"}) {
        const auto it = m_parts.origins.find(key);
        if (it != m_parts.origins.end() && it->second.origin == Origin::Guess) out.emplace_back(key);
    }
    return out;
}

Status Model::headsKnown() const
{
    const std::vector<std::string> keys = guessedHeadKeys();
    if (keys.empty()) return {};
    return Error::in(m_parts.identity.path, ErrorCode::HeadsGuessed, keys.front(), configValue(config(), keys.front()));
}

std::vector<std::string> Model::saidValues() const
{
    std::vector<std::string> out;
    for (const std::string& key : configKeys())
        if (const auto it = m_parts.origins.find(key); it != m_parts.origins.end() && it->second.origin == Origin::User)
            out.push_back(key + "=" + configValue(config(), key));
    if (!identity().adapter.empty()) out.push_back("adapter=" + identity().adapter);
    if (config().paddingToken >= 0) out.push_back("mask_padding=" + std::to_string(config().paddingToken));
    return out;
}

Result<std::shared_ptr<const LayerWeights>> Model::readLayer(int index, const Progress& progress, bool keep) const
{
    if (index < 0 || index >= config().nLayers)
        return Error::in(m_parts.identity.path, ErrorCode::InvalidArgument, "layer", std::to_string(index),
                         "0 .. " + std::to_string(config().nLayers - 1));
    return m_cache->get<LayerWeights>(
        index, [&] { return m_parts.source->layer(index, progress); }, keep);
}

Result<std::shared_ptr<const LayerWeights>> Model::layer(int index, const Progress& progress) const
{
    return readLayer(index, progress, true);
}

Result<std::shared_ptr<const LayerWeights>> Model::layerOnce(int index, const Progress& progress) const
{
    return readLayer(index, progress, false);
}

Result<std::shared_ptr<const EmbeddingWeights>> Model::embedding(const Progress& progress) const
{
    return m_cache->get<EmbeddingWeights>(embeddingKey, [&] { return m_parts.source->embedding(progress); });
}

Result<std::shared_ptr<const OutputWeights>> Model::output(const Progress& progress) const
{
    return m_cache->get<OutputWeights>(outputKey, [&] { return m_parts.source->output(progress); });
}

void Model::setCacheBudget(std::size_t bytes) const
{
    const std::lock_guard lock(m_cache->mutex);
    m_cache->budget = bytes;
    m_cache->shrink();
}

std::size_t Model::cachedBytes() const
{
    const std::lock_guard lock(m_cache->mutex);
    return m_cache->used;
}

std::size_t Model::weightBytes() const
{
    std::size_t total = 0;
    for (const TensorInfo& tensor : m_parts.tensors) {
        if (tensor.role.empty()) continue;
        std::size_t count = 1;
        for (const std::int64_t n : tensor.shape) count *= static_cast<std::size_t>(n);
        total += count * sizeof(float);
    }
    return total;
}

}  // namespace hs
