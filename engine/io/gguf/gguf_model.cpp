// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/gguf/gguf_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <set>
#include <span>

#include <nlohmann/json.hpp>

#include "engine/io/store/region_stream.h"

namespace hs {

namespace {

using nlohmann::json;

struct NamePair {
    const char* gguf;  ///< without ".weight" and ".bias"; "blk.{i}." in front where it is of a block
    const char* theirs;
};
constexpr NamePair kLlamaNames[] = {
    {"token_embd", "model.embed_tokens"},
    {"output_norm", "model.norm"},
    {"output", "lm_head"},
    {"blk.{i}.attn_norm", "model.layers.{i}.input_layernorm"},
    {"blk.{i}.attn_q", "model.layers.{i}.self_attn.q_proj"},
    {"blk.{i}.attn_k", "model.layers.{i}.self_attn.k_proj"},
    {"blk.{i}.attn_v", "model.layers.{i}.self_attn.v_proj"},
    {"blk.{i}.attn_output", "model.layers.{i}.self_attn.o_proj"},
    {"blk.{i}.attn_q_norm", "model.layers.{i}.self_attn.q_norm"},
    {"blk.{i}.attn_k_norm", "model.layers.{i}.self_attn.k_norm"},
    {"blk.{i}.ffn_norm", "model.layers.{i}.post_attention_layernorm"},
    {"blk.{i}.ffn_gate", "model.layers.{i}.mlp.gate_proj"},
    {"blk.{i}.ffn_up", "model.layers.{i}.mlp.up_proj"},
    {"blk.{i}.ffn_down", "model.layers.{i}.mlp.down_proj"},
};
constexpr NamePair kGpt2Names[] = {
    {"token_embd", "transformer.wte"},
    {"position_embd", "transformer.wpe"},
    {"output_norm", "transformer.ln_f"},
    {"output", "lm_head"},
    {"blk.{i}.attn_norm", "transformer.h.{i}.ln_1"},
    {"blk.{i}.attn_qkv", "transformer.h.{i}.attn.c_attn"},
    {"blk.{i}.attn_output", "transformer.h.{i}.attn.c_proj"},
    {"blk.{i}.ffn_norm", "transformer.h.{i}.ln_2"},
    {"blk.{i}.ffn_up", "transformer.h.{i}.mlp.c_fc"},
    {"blk.{i}.ffn_down", "transformer.h.{i}.mlp.c_proj"},
};

/// What llama.cpp's converter (convert_hf_to_gguf.py) makes of a family. Only these are known to be undone exactly.
struct Architecture {
    const char* name;  ///< general.architecture
    const char* type;  ///< model_type of Hugging Face
    std::span<const NamePair> names;
    bool rotates;       ///< rotary positions
    bool adjacentRows;  ///< rows of q and k were moved so that rotary pairs are neighbours
    const char* activation;
};
constexpr Architecture kArchitectures[] = {
    {"llama", "llama", kLlamaNames, true, true, "silu"},
    {"qwen2", "qwen2", kLlamaNames, true, false, "silu"},
    {"qwen3", "qwen3", kLlamaNames, true, false, "silu"},
    {"gpt2", "gpt2", kGpt2Names, false, false, "gelu_new"},  // matrices were turned to (out, in), as nn.Linear has them
};

/// "<architecture>." + ours, and the key of a Hugging Face configuration that says the same; null: looked at below, or neutral.
struct KeyPair {
    const char* gguf;
    const char* theirs;
};
constexpr KeyPair kKeys[] = {
    {"block_count", "num_hidden_layers"},
    {"context_length", "max_position_embeddings"},
    {"embedding_length", "hidden_size"},
    {"feed_forward_length", "intermediate_size"},
    {"attention.head_count", "num_attention_heads"},
    {"attention.head_count_kv", "num_key_value_heads"},
    {"attention.key_length", "head_dim"},
    {"attention.value_length", nullptr},
    {"attention.layer_norm_rms_epsilon", "rms_norm_eps"},
    {"attention.layer_norm_epsilon", "layer_norm_epsilon"},
    {"vocab_size", nullptr},  // the embedding's rows say it
    {"rope.freq_base", "rope_theta"},
    {"rope.dimension_count", nullptr},
    {"rope.scaling.type", nullptr},
    {"rope.scaling.factor", nullptr},
    {"rope.scaling.original_context_length", nullptr},
    {"rope.scaling.finetuned", nullptr},
    {"expert_count", nullptr},
    {"expert_used_count", nullptr},
};

/// Places of a tensor's rows, where they were moved: rows of one head lie side by side.
struct Moved {
    std::int64_t dHead = 0;  ///< 0: they stand as they are
    /// Row of the file that holds row r: pairs (b, a) of halves were made neighbours.
    std::int64_t from(std::int64_t r) const
    {
        const std::int64_t head = r / dHead, in = r % dHead, half = dHead / 2;
        return head * dHead + 2 * (in % half) + in / half;
    }
};

class GgufStore final : public TensorStore {
public:
    explicit GgufStore(GgufFile file) : m_file(std::move(file)) {}
    void add(StoredTensor tensor, const GgufTensor& source, Moved moved)
    {
        m_tensors.push_back(std::move(tensor));
        m_sources.push_back({source, moved});
    }
    const std::string& path() const override { return m_file.file->path(); }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }

    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override
    {
        const auto& [source, moved] = m_sources[index];
        const StoredTensor& t = m_tensors[index];
        if (widthOf(t.dtype) == 0) return Error::in(path(), ErrorCode::DtypeUnsupported, t.name, t.dtypeName);
        if (moved.dHead == 0) return values(source, 0, t.count(), 0, sink, progress);
        if (t.shape.size() == 1) return movedBias(source, moved, t, sink, progress);
        const std::int64_t width = t.shape.back(), rows = width > 0 ? t.count() / width : 0;
        for (std::int64_t r = 0; r < rows; ++r)
            if (const Status s = values(source, moved.from(r) * width, width, r * width, sink, progress); !s) return s;
        return {};
    }

private:
    struct Source {
        GgufTensor tensor;
        Moved moved;
    };
    static constexpr bool swapped = std::endian::native == std::endian::big;

    /// `count` values from number `first` on, both at the ends of blocks; the sink sees them as number `as` and on.
    Status values(const GgufTensor& t, std::int64_t first, std::int64_t count, std::int64_t as, const RawSink& sink,
                  const Progress& progress) const
    {
        const BlockType& type = *t.type;
        const std::uint64_t offset = t.offset + static_cast<std::uint64_t>(first / type.values) * type.bytes;
        if (!type.decode) {
            const RawSink shifted = [&](std::int64_t at, const void* data, std::size_t now) { return sink(as + at, data, now); };
            return streamRegion(*m_file.file, offset, count, type.bytes, swapped, shifted, progress);
        }
        const std::int64_t blocks = count / type.values, perStep = std::max<std::int64_t>(1, 32768 / type.values);
        std::vector<unsigned char> raw;
        std::vector<float> floats;
        for (std::int64_t at = 0; at < blocks; at += perStep) {
            if (progress.stopped()) return Error::cancelled(path());
            const auto now = static_cast<std::size_t>(std::min(perStep, blocks - at));
            raw.resize(now * type.bytes);
            if (const Status s = m_file.file->read(offset + static_cast<std::uint64_t>(at) * type.bytes, raw.data(), raw.size()); !s)
                return s;
            floats.resize(now * static_cast<std::size_t>(type.values));
            type.decode(raw.data(), now, floats.data());
            if (const Status s = sink(as + at * type.values, floats.data(), floats.size()); !s) return s;
        }
        return {};
    }
    /// A vector is short: one entry for each row.
    Status movedBias(const GgufTensor& source, const Moved& moved, const StoredTensor& t, const RawSink& sink,
                     const Progress& progress) const
    {
        const std::size_t width = widthOf(t.dtype);
        std::vector<std::uint64_t> aligned((static_cast<std::size_t>(t.count()) * width + 7) / 8);
        std::string all;
        const Status s = values(
            source, 0, t.count(), 0,
            [&](std::int64_t, const void* data, std::size_t now) -> Status {
                all.append(static_cast<const char*>(data), now * width);
                return {};
            },
            progress);
        if (!s) return s;
        auto* out = reinterpret_cast<char*>(aligned.data());
        for (std::int64_t r = 0; r < t.count(); ++r)
            std::copy_n(all.data() + static_cast<std::size_t>(moved.from(r)) * width, width, out + static_cast<std::size_t>(r) * width);
        return sink(0, out, static_cast<std::size_t>(t.count()));
    }

    GgufFile m_file;
    std::vector<StoredTensor> m_tensors;
    std::vector<Source> m_sources;
};

/// Builds settings and names, one file at a time.
class GgufModel {
public:
    explicit GgufModel(const GgufFile& file) : m_file(file) {}

    Status settings(FileSettings& out)
    {
        const std::string name = m_file.text("general.architecture");
        const auto known =
            std::find_if(std::begin(kArchitectures), std::end(kArchitectures), [&](const Architecture& a) { return name == a.name; });
        if (known == std::end(kArchitectures))
            return Error::in(path(), ErrorCode::UnknownLayout, "general.architecture", name, "llama, qwen2, qwen3, gpt2");
        m_architecture = known;
        json object{{"model_type", known->type}, {"hidden_act", known->activation}};
        const std::string prefix = name + ".";
        for (const auto& [key, value] : m_file.values) {
            if (!key.starts_with(prefix)) continue;
            const std::string rest = key.substr(prefix.size());
            const auto row = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const KeyPair& k) { return rest == k.gguf; });
            if (row == std::end(kKeys)) return invalid(key, shown(value), {});
            if (!row->theirs) continue;
            if (value.kind == GgufValue::Kind::Whole) object[row->theirs] = value.whole;
            else if (value.kind == GgufValue::Kind::Real) object[row->theirs] = value.real;
            else if (value.kind == GgufValue::Kind::Wholes) object[row->theirs] = value.wholes;
            else return invalid(key, shown(value), "number");
        }
        m_dHead = headWidth();
        if (const std::int64_t v = whole("attention.value_length"); v != 0 && v != m_dHead)
            return invalid(prefix + "attention.value_length", std::to_string(v), std::to_string(m_dHead));
        if (const std::int64_t n = whole("expert_count"); n != 0) return invalid(prefix + "expert_count", std::to_string(n), "0");
        if (const Status s = rotation(object); !s) return s;
        object["tie_word_embeddings"] =
            std::none_of(m_file.tensors.begin(), m_file.tensors.end(), [](const GgufTensor& t) { return t.name == "output.weight"; });
        out.config = object.dump(-1, ' ', false, json::error_handler_t::replace);
        out.detail = "GGUF";
        return {};
    }

    Status tensors(GgufStore& store)
    {
        std::set<std::string> names;
        for (const GgufTensor& t : m_file.tensors) {
            if (t.name == "rope_freqs.weight") continue;  // in the settings
            StoredTensor out;
            out.name = theirName(t.name);
            if (out.name.empty()) return Error::in(path(), ErrorCode::UnknownLayout, t.name, m_architecture->name);
            if (!names.insert(out.name).second) return Error::in(path(), ErrorCode::FileDamaged, t.name, "duplicate name");
            out.shape = t.shape;
            out.dtype = t.type->dtype;
            out.dtypeName = t.type->name;
            Moved moved;
            if (m_architecture->adjacentRows && (isRole(t.name, "attn_q") || isRole(t.name, "attn_k"))) {
                const std::int64_t rows = t.shape.empty() ? 0 : t.shape.front();
                if (m_dHead < 2 || m_dHead % 2 != 0 || rows % m_dHead != 0)
                    return Error::in(path(), ErrorCode::ShapeMismatch, t.name, shapeText(t.shape),
                                     "rows of heads of " + std::to_string(m_dHead));
                moved.dHead = m_dHead;
            }
            store.add(std::move(out), t, moved);
        }
        return {};
    }

private:
    const std::string& path() const { return m_file.file->path(); }
    Error invalid(const std::string& key, const std::string& found, const std::string& expected) const
    {
        return Error::in(path(), ErrorCode::ConfigInvalid, key, found, expected);
    }
    const GgufValue* find(const char* key) const { return m_file.find(std::string(m_architecture->name) + "." + key); }
    std::int64_t whole(const char* key) const
    {
        const GgufValue* v = find(key);
        return v && v->kind == GgufValue::Kind::Whole ? v->whole : 0;
    }
    static std::string shown(const GgufValue& v)
    {
        switch (v.kind) {
        case GgufValue::Kind::Whole:
        case GgufValue::Kind::Bool: return std::to_string(v.whole);
        case GgufValue::Kind::Real: return json(v.real).dump();
        case GgufValue::Kind::Text: return v.text.substr(0, 80);
        default: return "list";
        }
    }

    std::int64_t headWidth() const
    {
        if (const std::int64_t n = whole("attention.key_length"); n > 0) return n;
        std::int64_t heads = whole("attention.head_count");
        if (const GgufValue* v = find("attention.head_count"); v && !v->wholes.empty())
            heads = *std::max_element(v->wholes.begin(), v->wholes.end());
        return heads > 0 ? whole("embedding_length") / heads : 0;
    }

    Status rotation(json& object) const
    {
        if (!m_architecture->rotates) return {};
        if (const std::int64_t n = whole("rope.dimension_count"); n > 0 && m_dHead > 0 && n != m_dHead)
            object["partial_rotary_factor"] = static_cast<double>(n) / static_cast<double>(m_dHead);
        const GgufValue* type = find("rope.scaling.type");
        if (type && type->text != "none") {
            if (type->text != "linear")
                return invalid(std::string(m_architecture->name) + ".rope.scaling.type", type->text, "none, linear");
            const GgufValue* factor = find("rope.scaling.factor");
            object["rope_scaling"] = json{{"rope_type", "linear"}, {"factor", factor ? factor->real : 1.0}};
        }
        const auto frequencies =
            std::find_if(m_file.tensors.begin(), m_file.tensors.end(), [](const GgufTensor& t) { return t.name == "rope_freqs.weight"; });
        if (frequencies == m_file.tensors.end()) return {};
        if (object.contains("rope_scaling")) return invalid("rope_freqs.weight", "linear", {});
        return llama3(*frequencies, object);
    }

    /// Divisors of the rotary frequencies. LLaMA 3's rule makes them from four numbers, three of which are the same in all of its
    /// models: the fourth is the largest divisor. What these numbers make must be what stands in the file.
    Status llama3(const GgufTensor& t, json& object) const
    {
        constexpr double low = 1, high = 4, original = 8192;
        const std::int64_t count = t.shape.empty() ? 0 : t.shape.front();
        const Error other = Error::in(path(), ErrorCode::UnknownLayout, t.name, m_architecture->name);
        if (t.type->dtype != Dtype::F32 || t.type->decode || t.shape.size() != 1 || count != m_dHead / 2 || count < 1) return other;
        std::vector<float> divisors(static_cast<std::size_t>(count));
        if (const Status s = m_file.file->read(t.offset, divisors.data(), divisors.size() * sizeof(float)); !s) return s;
        const double factor = static_cast<double>(*std::max_element(divisors.begin(), divisors.end()));
        const GgufValue* base = find("rope.freq_base");
        const double theta = base ? base->real : 10000.0;
        for (std::int64_t a = 0; a < count; ++a) {
            const double inverse = std::pow(theta, -2.0 * static_cast<double>(a) / static_cast<double>(m_dHead));
            const double wave = 2 * std::numbers::pi / inverse;
            const double smooth = (original / wave - low) / (high - low);
            const double expected = wave < original / high ? 1 : wave > original / low ? factor : 1 / ((1 - smooth) / factor + smooth);
            if (!(std::abs(static_cast<double>(divisors[static_cast<std::size_t>(a)]) - expected) <= 1e-5 * expected)) return other;
        }
        object["rope_scaling"] = json{{"rope_type", "llama3"},
                                      {"factor", factor},
                                      {"low_freq_factor", low},
                                      {"high_freq_factor", high},
                                      {"original_max_position_embeddings", static_cast<int>(original)}};
        return {};
    }

    static bool isRole(const std::string& name, const std::string& role)
    {
        return name.ends_with("." + role + ".weight") || name.ends_with("." + role + ".bias");
    }

    /// "blk.3.attn_q.weight" under its other name; empty for one that the architecture has not.
    std::string theirName(const std::string& name) const
    {
        std::string stem = name, ending, number;
        for (const char* e : {".weight", ".bias"})
            if (name.ends_with(e)) ending = e;
        if (ending.empty()) return {};
        stem.resize(stem.size() - ending.size());
        if (stem.starts_with("blk.")) {
            const std::size_t dot = stem.find('.', 4);
            number = stem.substr(4, dot == std::string::npos ? dot : dot - 4);
            if (dot == std::string::npos || number.empty() || number.size() > 5
                || number.find_first_not_of("0123456789") != std::string::npos)
                return {};
            stem = "blk.{i}" + stem.substr(dot);
        }
        for (const NamePair& pair : m_architecture->names) {
            if (stem != pair.gguf) continue;
            std::string out = pair.theirs + ending;
            if (const std::size_t hole = out.find("{i}"); hole != std::string::npos) out.replace(hole, 3, number);
            return out;
        }
        return {};
    }

    const GgufFile& m_file;
    const Architecture* m_architecture = nullptr;
    std::int64_t m_dHead = 0;
};

}  // namespace

Result<OpenedStore> ggufFile(const std::string& path, const Progress& progress)
{
    auto file = readGguf(path, progress);
    if (!file) return file.error();
    OpenedStore out;
    GgufModel model(*file);
    if (const Status s = model.settings(out.settings); !s) return s.error();
    auto store = std::make_shared<GgufStore>(*file);
    if (const Status s = model.tensors(*store); !s) return s.error();
    auto tokenizer = ggufTokenizer(*file);
    if (!tokenizer) out.settings.tokenizerProblem = tokenizer.error();
    else if (*tokenizer) out.settings.tokenizer = std::make_shared<const TokenizerRecord>(std::move(**tokenizer));
    out.store = std::move(store);
    return out;
}

}  // namespace hs
