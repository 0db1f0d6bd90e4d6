// SPDX-License-Identifier: GPL-3.0-or-later
// Any readable model to the native schema (resources/manual/formats.md section 4): contiguous, aligned, each tensor in the width it had.
#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <map>

#include "engine/base/hash.h"
#include "engine/base/version.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/bytes/beside.h"
#include "engine/io/h5/file.h"
#include "engine/io/h5/writer.h"
#include "engine/io/layouts/weight_source.h"
#include "engine/io/model_open.h"
#include "engine/io/tokenizer/tokenizer_record.h"
#include "engine/io/write/write.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

/// Values in memory order [rows, heads * dh] to the schema's [heads, rows, dh].
template <typename T>
std::vector<T> byHead(const T* in, std::int64_t rows, std::int64_t heads, std::int64_t dHead)
{
    std::vector<T> out(static_cast<std::size_t>(rows * heads * dHead));
    for (std::int64_t h = 0; h < heads; ++h)
        for (std::int64_t r = 0; r < rows; ++r) std::copy_n(in + (r * heads + h) * dHead, dHead, out.data() + (h * rows + r) * dHead);
    return out;
}

struct Written {
    std::string path, sha256;
};

class NativeWriter {
public:
    NativeWriter(const Model& model, const std::string& path, const PruningRecord* pruned, const Progress& progress)
        : m_model(model), m_out(path), m_pruned(pruned), m_progress(progress)
    {
        for (const TensorInfo& t : model.tensors())
            for (std::size_t at = 0; at < t.role.size();) {
                const std::size_t end = std::min(t.role.find(", ", at), t.role.size());
                m_sources[t.role.substr(at, end - at)] = &t;
                at = end + 2;
            }
    }

    Status write()
    {
        head();
        if (m_model.tokenizerRecord()) writeTokenizerRecord(m_out, *m_model.tokenizerRecord());
        if (const Status s = provenance(); !s) return s;
        if (const Status s = ends(); !s) return s;
        for (int layer = 0; layer < m_model.config().nLayers && m_out.ok(); ++layer) {
            m_progress.report(Stage::Writing, layer, m_model.config().nLayers);
            if (!m_progress.checkpoint()) return Error::cancelled();
            if (const Status s = oneLayer(layer); !s) return s;
        }
        return m_out.finish();
    }
    const std::vector<Written>& written() const { return m_written; }

private:
    void head()
    {
        m_out.attribute("", "format", "headscope-model");
        m_out.attribute("", "format_version", "1.0");
        m_out.group("config");
        const ModelConfig& config = m_model.config();
        for (const std::string& key : configKeys())
            if (const std::string value = configValue(config, key); !isPlain(key, value)) configAttribute(key, value);
        std::vector<std::string> guessed;
        for (const auto& [key, origin] : m_model.origins())
            if (origin.origin == Origin::Guess) guessed.push_back(key);
        if (!guessed.empty()) m_out.attribute("config", "guessed", guessed);
        if (const std::filesystem::path beside = fileBeside(m_model.identity().path, "config.json"); !beside.empty())
            if (const auto text = readTextFile(beside.string(), 1 << 24)) m_out.string("config/source_json", *text);
    }

    /// Windows, caps and a bias after the gate that are not there are not written: files of models without them stay as they were.
    static bool isPlain(const std::string& key, const std::string& value)
    {
        if (key == "mlp_bias_after_gate") return value == "false";
        if (key == "final_norm" || key == "first_norm") return value == "true";
        if (key == "output_transform") return value == "false";
        return value == "0" && (key == "window" || key == "qkv_clip" || key.ends_with("_softcap"));
    }

    /// Numbers as numbers, flags as flags, words as text.
    void configAttribute(const std::string& key, const std::string& text)
    {
        if (text.empty()) return;
        const bool word =
            key == "model_type" || key == "original_architecture" || key == "alibi_slopes" || key.starts_with("rotary_scaling");
        if (!word && (text == "true" || text == "false")) return m_out.attributeBool("config", key.c_str(), text == "true");
        if (!word && text.find(',') != std::string::npos) {
            std::vector<std::int64_t> values;  // one for each layer
            for (std::size_t at = 0; at < text.size(); at = std::min(text.find(',', at), text.size() - 1) + 1)
                values.push_back(std::atoll(text.c_str() + at));
            return m_out.attribute("config", key.c_str(), values);
        }
        char* end = nullptr;
        const double number = std::strtod(text.c_str(), &end);
        if (word || end == text.c_str() || *end != '\0') return m_out.attribute("config", key.c_str(), text);
        const bool whole = text.find_first_not_of("0123456789") == std::string::npos;
        if (whole) return m_out.attribute("config", key.c_str(), static_cast<std::int64_t>(number));
        m_out.attribute("config", key.c_str(), number);
    }

    Status provenance()
    {
        m_out.group("provenance");
        m_out.attribute("provenance", "created_utc", utcNow());
        m_out.attribute("provenance", "tool", "HeadScope");
        m_out.attribute("provenance", "tool_version", kVersion);
        const ModelIdentity& id = m_model.identity();
        m_out.attribute("provenance", "source_file", fs::path(id.path).filename().string());
        m_out.attribute("provenance", "source_format", id.layout);
        if (m_pruned) {
            if (!m_pruned->heads.empty()) m_out.attribute("provenance", "pruned_heads", m_pruned->heads);
            if (!m_pruned->ablation.empty()) m_out.attribute("provenance", "ablation", m_pruned->ablation);
            if (!m_pruned->calibration.empty()) m_out.attribute("provenance", "ablation_text", m_pruned->calibration);
            if (!m_pruned->targets.empty()) m_out.attribute("provenance", "targets", m_pruned->targets);
            if (m_pruned->paddingToken >= 0) m_out.attribute("provenance", "mask_padding", std::int64_t(m_pruned->paddingToken));
            if (!m_pruned->score.empty()) m_out.attribute("provenance", "score", m_pruned->score);
            if (!m_pruned->sourceHash.empty()) {
                m_out.attribute("provenance", "source_sha256", m_pruned->sourceHash);
                return {};
            }
        }
        std::error_code ignored;
        if (!fs::is_regular_file(id.path, ignored)) return {};
        const auto hash = sha256OfFile(id.path, m_progress);
        if (!hash) return hash.error();
        m_out.attribute("provenance", "source_sha256", *hash);
        return {};
    }

    /// One tensor: `values` in memory order, `shape` as the schema has it; heads > 0 says that they are split.
    Status put(const std::string& role, const float* values, const h5::Shape& shape, const char* axes, std::int64_t heads = 0)
    {
        std::size_t count = 1;
        for (const std::int64_t n : shape) count *= static_cast<std::size_t>(n);
        if (count == 0) return {};
        auto source = m_sources.find(role);
        if (source == m_sources.end() && role.find("/experts/") != std::string::npos) source = m_sources.find(expertRole(role, 0));
        const bool product = (role == "embed/W_E" || role == "unembed/W_U") && m_sources.contains("embed/W_proj");
        Dtype dtype = source == m_sources.end() || widthOf(source->second->dtype) == 0 || product ? Dtype::F32 : source->second->dtype;
        if (dtype == Dtype::F64) {
            if (const auto* store = dynamic_cast<const StoreWeightSource*>(m_model.source().get())) {
                auto doubles = store->readDoubles(role, m_progress);
                if (!doubles) return doubles.error();
                if (heads > 0) doubles = byHead(doubles->data(), shape[1], heads, shape[2]);
                finishTensor(role, shape, Dtype::F64, doubles->data(), doubles->size() * sizeof(double), axes);
                return m_out.status();
            }
        }
        std::vector<float> split;
        if (heads > 0) {
            split = byHead(values, shape[1], heads, shape[2]);
            values = split.data();
        }
        std::vector<std::uint16_t> bits(dtype == Dtype::F16 || dtype == Dtype::BF16 ? count : 0);
        if (!bits.empty() && !fits(dtype, values, bits)) dtype = Dtype::F32;
        if (dtype == Dtype::F16 || dtype == Dtype::BF16) {
            finishTensor(role, shape, dtype, bits.data(), count * 2, axes);
        } else {
            finishTensor(role, shape, Dtype::F32, values, count * 4, axes);
        }
        return m_out.status();
    }
    /// Values in 16 bits; false where any would not come back as it was (a gain of w + 1, a factor in W_O).
    static bool fits(Dtype dtype, const float* values, std::vector<std::uint16_t>& bits)
    {
        std::vector<float> back(bits.size());
        if (dtype == Dtype::F16) convertFloatToHalf(values, bits.data(), bits.size());
        else convertFloatToBf16(values, bits.data(), bits.size());
        if (dtype == Dtype::F16) convertHalfToFloat(bits.data(), back.data(), bits.size());
        else convertBf16ToFloat(bits.data(), back.data(), bits.size());
        return std::equal(back.begin(), back.end(), values);
    }
    void finishTensor(const std::string& role, const h5::Shape& shape, Dtype dtype, const void* raw, std::size_t bytes, const char* axes)
    {
        m_out.dataset(role, shape, dtype, raw);
        m_written.push_back({role, sha256Hex(raw, bytes)});
        m_out.attribute(role, "axes", axes);
        m_out.attribute(role, "sha256", m_written.back().sha256);
        if (dtype == Dtype::BF16) m_out.attribute(role, "dtype", "bfloat16");
        if (const auto source = m_sources.find(role); source != m_sources.end()) m_out.attribute(role, "source_name", source->second->name);
        transformNote(role);
    }
    void transformNote(const std::string& role)
    {
        const auto* source = dynamic_cast<const StoreWeightSource*>(m_model.source().get());
        const Binding* b = source ? source->match().find(role) : nullptr;
        if (!b) return;
        std::string note;
        if (b->rule->parts > 1) note = "part " + std::to_string(b->rule->part) + " of " + std::to_string(b->rule->parts);
        if (b->rule->form == Form::OutIn) note += note.empty() ? "transpose" : "; transpose";
        if (!note.empty()) m_out.attribute(role, "source_transform", note);
    }

    Status vector(const std::string& role, const std::vector<float>& values, const char* axes)
    {
        return put(role, values.data(), {static_cast<std::int64_t>(values.size())}, axes);
    }
    Status matrix(const std::string& role, const MatrixF& m, const char* axes) { return put(role, m.data(), {m.rows(), m.cols()}, axes); }

    Status ends()
    {
        const auto embedding = m_model.embedding(m_progress);
        if (!embedding) return embedding.error();
        const EmbeddingWeights& e = **embedding;
        const auto output = m_model.output(m_progress);
        if (!output) return output.error();
        const OutputWeights& o = **output;
        for (const Status& s : {matrix("embed/W_E", e.wE, "vocab,d_model"), matrix("pos_embed/W_pos", e.wPos, "position,d_model"),
                                vector("embed/ln/w", e.norm.w, "d_model"), vector("embed/ln/b", e.norm.b, "d_model"),
                                vector("ln_final/w", o.lnFinal.w, "d_model"), vector("ln_final/b", o.lnFinal.b, "d_model"),
                                matrix("unembed/W_U", o.wU, "d_model,vocab"), vector("unembed/b_U", o.bU, "vocab"),
                                matrix("embed/W_type", e.wType, "type,d_model"), matrix("embed/W_widen", e.wWiden, "d_embed,d_model"),
                                vector("embed/b_widen", e.bWiden, "d_model"), matrix("unembed/W_T", o.wT, "d_model,d_embed"),
                                vector("unembed/b_T", o.bT, "d_embed"), vector("unembed/ln_T/w", o.lnT.w, "d_embed"),
                                vector("unembed/ln_T/b", o.lnT.b, "d_embed")})
            if (!s) return s;
        if (m_model.config().output == OutputKind::Tied) {
            m_out.group("unembed");
            m_out.attribute("unembed", "tied_to", "/embed/W_E");
        }
        return {};
    }

    Status oneLayer(int index)
    {
        const auto layer = m_model.layer(index, m_progress);
        if (!layer) return layer.error();
        const LayerWeights& w = **layer;
        if (w.places) return Error::in(m_model.identity().path, ErrorCode::InvalidArgument, "position scores");
        const std::string p = "layers/" + std::to_string(index) + "/";
        const std::int64_t dh = w.dHead;
        const auto heads = [&](const char* name, const MatrixF& m) -> Status {
            return put(p + "attn/" + name, m.data(), {m.cols() / dh, m.rows(), dh}, "head,d_model,d_head", m.cols() / dh);
        };
        const auto headBias = [&](const char* name, const std::vector<float>& v) -> Status {
            return put(p + "attn/" + name, v.data(), {static_cast<std::int64_t>(v.size()) / dh, dh}, "head,d_head");
        };
        m_out.group(p + "attn");
        for (const Status& s :
             {heads("W_Q", w.wQ), heads("W_K", w.wK), heads("W_V", w.wV),
              put(p + "attn/W_O", w.wO.data(), {w.wO.rows() / dh, dh, w.wO.cols()}, "head,d_head,d_model"), headBias("b_Q", w.bQ),
              headBias("b_K", w.bK), headBias("b_V", w.bV), vector(p + "attn/b_O", w.bO, "d_model"),
              vector(p + "ln1/w", w.ln1.w, "d_model"), vector(p + "ln1/b", w.ln1.b, "d_model"), vector(p + "ln2/w", w.ln2.w, "d_model"),
              vector(p + "ln2/b", w.ln2.b, "d_model"), matrix(p + "mlp/W_in", w.wIn, "d_model,d_mlp"),
              matrix(p + "mlp/W_gate", w.wGate, "d_model,d_mlp"), matrix(p + "mlp/W_out", w.wOut, "d_mlp,d_model"),
              vector(p + "mlp/b_in", w.bIn, "d_mlp"), vector(p + "mlp/b_gate", w.bGate, "d_mlp"),
              vector(p + "mlp/b_out", w.bOut, "d_model")})
            if (!s) return s;
        const auto norm = [&](const char* name, const NormWeights& n, const char* axes) -> Status {
            const Status gain = vector(p + name + "/w", n.w, axes);
            return gain ? vector(p + name + "/b", n.b, axes) : gain;
        };
        for (const Status& s :
             {norm("ln1_post", w.ln1Post, "d_model"), norm("ln2_post", w.ln2Post, "d_model"), norm("attn/q_norm", w.qNorm, "head*d_head"),
              norm("attn/k_norm", w.kNorm, "head*d_head"), norm("mlp/ln", w.lnMlp, "d_mlp")})
            if (!s) return s;
        if (const Status s = vector(p + "attn/sinks", w.sinks, "head"); !s) return s;
        if (w.latent)
            if (const Status s = latent(p + "attn/latent/", *w.latent); !s) return s;
        if (w.experts)
            if (const Status s = experts(p + "experts/", *w.experts); !s) return s;
        if (!w.headIds.empty()) m_out.attribute(p + "attn", "head_ids", std::vector<std::int64_t>(w.headIds.begin(), w.headIds.end()));
        if (!w.kvHeadIds.empty())
            m_out.attribute(p + "attn", "kv_head_ids", std::vector<std::int64_t>(w.kvHeadIds.begin(), w.kvHeadIds.end()));
        return {};
    }

    Status latent(const std::string& p, const LatentWeights& w)
    {
        m_out.group(p.substr(0, p.size() - 1));
        for (const Status& s :
             {matrix(p + "q_down", w.qDown, "d_model,latent_q"), matrix(p + "q_up", w.qUp, "latent_q,head*d_head"),
              vector(p + "q_norm/w", w.qNorm.w, "latent_q"), vector(p + "b_q_down", w.bQDown, "latent_q"),
              matrix(p + "kv_down", w.kvDown, "d_model,latent_kv+rotary_dim"), vector(p + "kv_norm/w", w.kvNorm.w, "latent_kv"),
              vector(p + "b_kv_down", w.bKvDown, "latent_kv+rotary_dim"), matrix(p + "k_up", w.kUp, "latent_kv,head*d_head"),
              matrix(p + "v_up", w.vUp, "latent_kv,head*d_head")})
            if (!s) return s;
        return {};
    }

    Status experts(const std::string& p, const ExpertWeights& w)
    {
        const std::int64_t count = m_model.config().routing.count;
        m_out.group(p.substr(0, p.size() - 1));
        const auto stack = [&](const char* name, const MatrixF& m, const char* axes) -> Status {
            return put(p + name, m.data(), {count, m.rows() / count, m.cols()}, axes);
        };
        const auto biases = [&](const char* name, const std::vector<float>& v, const char* axes) -> Status {
            return put(p + name, v.data(), {count, static_cast<std::int64_t>(v.size()) / count}, axes);
        };
        for (const Status& s : {matrix(p + "router", w.router, "d_model,expert"), vector(p + "b_router", w.bRouter, "expert"),
                                vector(p + "b_choice", w.bChoice, "expert"), stack("W_gate", w.wGate, "expert,d_model,d_expert"),
                                stack("W_in", w.wIn, "expert,d_model,d_expert"), stack("W_out", w.wOut, "expert,d_expert,d_model"),
                                biases("b_gate", w.bGate, "expert,d_expert"), biases("b_in", w.bIn, "expert,d_expert"),
                                biases("b_out", w.bOut, "expert,d_model"), matrix(p + "shared_gate", w.sharedGate, "d_model,one")})
            if (!s) return s;
        return {};
    }

    const Model& m_model;
    h5::Writer m_out;
    const PruningRecord* m_pruned;
    const Progress& m_progress;
    std::map<std::string, const TensorInfo*> m_sources;
    std::vector<Written> m_written;
};

/// Opens what was written as anybody would, and compares configuration and every tensor's hash.
Status check(const std::string& path, const Model& model, const std::vector<Written>& written, const Progress& progress)
{
    auto file = h5::File::open(path);
    if (!file) return file.error();
    OpenOptions options;
    options.tokenizerPath = "none";
    const auto back = modelFromStore(std::make_shared<h5::Store>(*file), *file, "hdf5", options);
    if (!back) return back.error();
    for (const std::string& key : configKeys()) {
        const std::string wanted = configValue(model.config(), key), got = configValue((*back)->config(), key);
        if (wanted != got) return Error::in(path, ErrorCode::VerifyFailed, key, got, wanted);
    }
    std::int64_t done = 0;
    for (const Written& w : written) {
        progress.report(Stage::Checking, done++, static_cast<std::int64_t>(written.size()));
        const std::size_t index = (*file)->inventory().indexOf(w.path);
        if (index == (*file)->inventory().datasets.size()) return Error::in(path, ErrorCode::VerifyFailed, w.path);
        const h5::DatasetInfo& info = (*file)->inventory().datasets[index];
        std::string bytes;
        const std::size_t width = widthOf(info.tensor.dtype);
        const Status s = (*file)->streamRaw(
            index,
            [&](std::int64_t, const void* data, std::size_t count) -> Status {
                bytes.append(static_cast<const char*>(data), count * width);
                return {};
            },
            progress);
        if (!s) return s;
        if (const std::string hash = sha256Hex(bytes.data(), bytes.size()); hash != w.sha256)
            return Error::in(path, ErrorCode::VerifyFailed, w.path, hash, w.sha256);
    }
    return {};
}

Status writeModel(const std::string& path, const Model& model, const PruningRecord* pruned, const Progress& progress)
{
    std::vector<Written> written;
    const auto make = [&](const std::string& temporary) -> Status {
        NativeWriter writer(model, temporary, pruned, progress);
        const Status s = writer.write();
        written = writer.written();
        return s;
    };
    return writeThroughTemporary(path, make, [&](const std::string& temporary) { return check(temporary, model, written, progress); });
}

}  // namespace

Status writeNativeModel(const std::string& path, const Model& model, const Progress& progress)
{
    return writeModel(path, model, nullptr, progress);
}

Status writePrunedModel(const std::string& path, const Model& pruned, const PruningRecord& record, const Progress& progress)
{
    return writeModel(path, pruned, &record, progress);
}

}  // namespace hs
