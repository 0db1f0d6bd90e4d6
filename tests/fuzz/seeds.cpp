// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/seeds.h"

#include <cstring>
#include <fstream>

#include <nlohmann/json.hpp>

#include "engine/forward/forward.h"
#include "engine/io/write/write.h"
#include "tests/fuzz/seed_texts.h"
#include "tests/support/gguf_build.h"
#include "tests/support/h5_build.h"
#include "tests/support/random_model.h"
#include "tests/support/torch_build.h"

namespace hs::fuzz {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

using Shapes = std::vector<std::pair<std::string, std::vector<int>>>;

/// A GPT-2 of one layer: 2 heads, d 4, f 8, V 6, P 8.
Shapes gpt2Shapes()
{
    Shapes out{{"wte.weight", {6, 4}}, {"wpe.weight", {8, 4}}, {"ln_f.weight", {4}}, {"ln_f.bias", {4}}};
    for (const char* norm : {"ln_1.weight", "ln_1.bias", "ln_2.weight", "ln_2.bias", "attn.c_proj.bias", "mlp.c_proj.bias"})
        out.emplace_back(std::string("h.0.") + norm, std::vector{4});
    out.insert(out.end(), {{"h.0.attn.c_attn.weight", {4, 12}},
                           {"h.0.attn.c_attn.bias", {12}},
                           {"h.0.attn.c_proj.weight", {4, 4}},
                           {"h.0.mlp.c_fc.weight", {4, 8}},
                           {"h.0.mlp.c_fc.bias", {8}},
                           {"h.0.mlp.c_proj.weight", {8, 4}}});
    return out;
}

std::size_t countOf(const std::vector<int>& shape)
{
    std::size_t count = 1;
    for (const int extent : shape) count *= static_cast<std::size_t>(extent);
    return count;
}

std::vector<float> numbers(std::size_t count)
{
    test::Random random(count);
    std::vector<float> out(count);
    for (float& x : out) x = 0.3f * random.symmetric();
    return out;
}

template <typename T>
std::string rawBytes(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

std::string safetensors(const Shapes& shapes, const std::string& dtype, std::size_t width)
{
    json header = json::object();
    std::string values;
    for (const auto& [name, shape] : shapes) {
        const std::size_t begin = values.size();
        const std::string floats = rawBytes(numbers(countOf(shape)));
        values += width == 4 ? floats : std::string(countOf(shape) * width, '\0');
        header[name] = {{"dtype", dtype}, {"shape", shape}, {"data_offsets", {begin, values.size()}}};
    }
    header["__metadata__"] = {{"format", "pt"}};
    const std::string text = header.dump();
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), 8) + text + values;
}

void gpt2Hdf5(const std::string& path, bool chunked)
{
    test::H5Build out(path);
    for (const auto& [name, shape] : gpt2Shapes()) {
        const std::vector<hsize_t> extents(shape.begin(), shape.end());
        const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
        if (chunked) {
            H5Pset_chunk(creation, static_cast<int>(extents.size()), extents.data());
            H5Pset_shuffle(creation);
            H5Pset_deflate(creation, 6);
        }
        out.floats(name, extents, numbers(countOf(shape)), H5T_IEEE_F32LE, creation);
        H5Pclose(creation);
    }
    out.attribute("/", "config", R"({"model_type":"gpt2","n_head":2,"n_layer":1,"n_embd":4,"n_positions":8,"vocab_size":6})");
}

std::string npy(const std::string& descr, const std::string& shape, const std::string& values)
{
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    header.resize((header.size() + 10 + 64) / 64 * 64 - 11, ' ');
    header += '\n';
    const auto length = static_cast<std::uint16_t>(header.size());
    return std::string("\x93NUMPY\x01\x00", 8) + std::string(reinterpret_cast<const char*>(&length), 2) + header + values;
}

/// Causal maps whose rows sum to one, [maps, n, n].
template <typename T>
std::string causalMaps(int maps, int n)
{
    std::vector<T> out;
    for (int i = 0; i < maps; ++i)
        for (int q = 0; q < n; ++q)
            for (int k = 0; k < n; ++k) out.push_back(k <= q ? T(1) / T(q + 1) : T(0));
    return rawBytes(out);
}

// ---- SentencePiece: the few fields of its message that a model needs
std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
    out += static_cast<char>(value);
    return out;
}
std::string field(unsigned number, const std::string& bytes) { return varint(number << 3 | 2) + varint(bytes.size()) + bytes; }
std::string field(unsigned number, std::uint64_t value) { return varint(number << 3) + varint(value); }

std::string sentencePiece(std::uint64_t modelType, bool bytes)
{
    std::string out;
    const auto piece = [&](const std::string& text, float score, std::uint64_t type) {
        out += field(1, field(1, text) + varint(2 << 3 | 5) + rawBytes(std::vector{score}) + field(3, type));
    };
    piece("<unk>", 0, 2);
    piece("<s>", 0, 3);
    piece("</s>", 0, 3);
    static constexpr char kDigits[] = "0123456789ABCDEF";
    for (int b = 0; bytes && b < 256; ++b) piece(std::string("<0x") + kDigits[b / 16] + kDigits[b % 16] + ">", 0, 6);
    float score = -1;
    for (const char* text : {"\u2581the", "he", "\u2581t", "ll", "llo", "\u2581", "h", "e", "l", "o", "t"}) piece(text, score--, 1);
    out += field(2, field(3, modelType) + field(35, std::uint64_t(bytes ? 1 : 0)));
    return out
           + field(3, field(1, std::string("identity")) + field(3, std::uint64_t(1)) + field(4, std::uint64_t(0))
                          + field(5, std::uint64_t(1)));
}

class Folder {
public:
    explicit Folder(fs::path path) : m_path(std::move(path)) { fs::create_directories(m_path); }
    std::string name(const std::string& file)
    {
        ++m_count;
        return (m_path / file).string();
    }
    void put(const std::string& file, const std::string& bytes) { std::ofstream(name(file), std::ios::binary) << bytes; }
    int count() const { return m_count; }

private:
    fs::path m_path;
    int m_count = 0;
};

void openFileSeeds(Folder& out)
{
    gpt2Hdf5(out.name("gpt2.h5"), false);
    gpt2Hdf5(out.name("gpt2-deflated.h5"), true);
    ModelConfig config = test::smallConfig(1, 2, 4, 6, 8);
    config.position = PositionKind::Rotary;
    config.rotaryDim = 2;
    config.norm = NormKind::RmsNorm;
    config.gatedMlp = true;
    const auto model = test::randomModel(config, {.attentionBiases = false, .mlpBiases = false, .normBiases = false});
    (void)writeNativeModel(out.name("native.h5"), *model);
    if (const auto run = forward(model, test::randomPrompt(4, 6), {})) (void)writeRun(out.name("run.h5"), {*run}, {});
    out.put("gpt2.safetensors", tinySafetensors());
    out.put("maps.npy", npy("<f4", "(1, 2, 4, 4)", causalMaps<float>(2, 4)));
}

void containerSeeds(Folder& out)
{
    std::vector<test::SafeTensor> tensors;
    std::vector<test::ZipPart> arrays;
    std::vector<test::GgufPart> blocks;
    const std::pair<const char*, const char*> names[] = {{"wte", "token_embd"},
                                                         {"wpe", "position_embd"},
                                                         {"ln_f", "output_norm"},
                                                         {"h.0.ln_1", "blk.0.attn_norm"},
                                                         {"h.0.ln_2", "blk.0.ffn_norm"},
                                                         {"h.0.attn.c_attn", "blk.0.attn_qkv"},
                                                         {"h.0.attn.c_proj", "blk.0.attn_output"},
                                                         {"h.0.mlp.c_fc", "blk.0.ffn_up"},
                                                         {"h.0.mlp.c_proj", "blk.0.ffn_down"}};
    for (const auto& [name, extents] : gpt2Shapes()) {
        const std::vector<std::int64_t> shape(extents.begin(), extents.end());
        const std::string bytes = rawBytes(numbers(countOf(extents)));
        tensors.push_back(test::floatTensor(name, shape, numbers(countOf(extents))));
        const std::string tuple = shape.size() == 1 ? "(" + std::to_string(shape[0]) + ",)"
                                                    : "(" + std::to_string(shape[0]) + ", " + std::to_string(shape[1]) + ")";
        arrays.push_back({name + ".npy", npy("<f4", tuple, bytes), shape.size() > 1});
        for (const auto& [from, to] : names)
            if (name.starts_with(from)) {
                std::vector<std::int64_t> turned(shape.rbegin(), shape.rend());  // (out, in)
                const bool table = name[0] == 'w';
                blocks.push_back({to + name.substr(std::strlen(from)), table ? shape : turned, 0, bytes});
            }
    }
    out.put("torch.pt", test::torchZip(tensors));
    out.put("legacy.pt", test::torchLegacy(tensors));
    out.put("arrays.npz", test::zipText(arrays));
    out.put("zip64.npz", test::zipText(arrays, true));
    out.put("gpt2.gguf", test::ggufBytes({test::ggufString("general.architecture", "gpt2"), test::ggufWhole("gpt2.attention.head_count", 2),
                                          test::ggufReal("gpt2.attention.layer_norm_epsilon", 1e-5F)},
                                         blocks));
}

void safetensorsSeeds(Folder& out)
{
    out.put("float", tinySafetensors());
    out.put("half", safetensors(gpt2Shapes(), "BF16", 2));
    out.put("mixed", safetensors({{"a", {2, 3}}, {"b", {}}, {"c", {0, 4}}}, "F64", 8));
    out.put("integers", safetensors({{"a", {5}}}, "I64", 8));
    json map = json::object();
    for (const auto& [name, shape] : gpt2Shapes()) map[name] = "shard.safetensors";
    out.put("index", json{{"metadata", {{"total_size", 1}}}, {"weight_map", map}}.dump());
}

void npySeeds(Folder& out)
{
    out.put("float32", npy("<f4", "(1, 2, 4, 4)", causalMaps<float>(2, 4)));
    out.put("float64", npy("<f8", "(3, 4, 4)", causalMaps<double>(3, 4)));
    out.put("half", npy("<f2", "(4, 4)",
                        rawBytes(std::vector<std::uint16_t>{0x3C00, 0, 0, 0, 0x3800, 0x3800, 0, 0, 0x3555, 0x3555, 0x3555, 0, 0x3400,
                                                            0x3400, 0x3400, 0x3400})));
    out.put("tokens", npy("<f4", "(2, 2)", causalMaps<float>(1, 2)) + std::string("\0tokens\0", 8) + "one\ntwo\n");
    out.put("json-tokens", npy("<f4", "(2, 2)", causalMaps<float>(1, 2)) + std::string("\0tokens\0", 8) + R"(["one", 2])");
}

void sentencePieceSeeds(Folder& out)
{
    for (std::uint64_t type = 1; type <= 4; ++type) out.put("type" + std::to_string(type), sentencePiece(type, false));
    out.put("bytes", sentencePiece(2, true));
}

void textSeeds(Folder& out, const std::vector<std::string>& texts)
{
    for (std::size_t i = 0; i < texts.size(); ++i) out.put("text" + std::to_string(i), texts[i]);
}

}  // namespace

std::string tinySafetensors() { return safetensors(gpt2Shapes(), "F32", 4); }

const std::vector<std::string>& targetNames()
{
    static const std::vector<std::string> names{"open_file", "safetensors", "tokenizer_json", "sentencepiece",
                                                "project",   "dump_npy",    "containers"};
    return names;
}

int writeSeeds(const std::string& target, const fs::path& folder)
{
    Folder out(folder);
    if (target == "open_file") openFileSeeds(out);
    if (target == "safetensors") safetensorsSeeds(out);
    if (target == "tokenizer_json") textSeeds(out, tokenizerTexts());
    if (target == "sentencepiece") sentencePieceSeeds(out);
    if (target == "project") textSeeds(out, projectTexts());
    if (target == "dump_npy") npySeeds(out);
    if (target == "containers") containerSeeds(out);
    return out.count();
}

}  // namespace hs::fuzz
