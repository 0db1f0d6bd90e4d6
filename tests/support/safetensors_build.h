// SPDX-License-Identifier: GPL-3.0-or-later
// Small safetensors files for tests: any tensors, or a whole model under the names of a family.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "engine/io/layouts/layout.h"
#include "engine/model/model.h"

namespace hs::test {

struct SafeTensor {
    std::string name, dtype;
    std::vector<std::int64_t> shape;
    std::string bytes;
};

inline void writeText(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

/// Header and values as one file; the header may lie.
inline std::string safetensorsText(const std::string& header, const std::string& data)
{
    std::string out;
    for (int i = 0; i < 8; ++i) out += static_cast<char>((header.size() >> (8 * i)) & 0xff);
    return out + header + data;
}

/// `"name":{"dtype":...,"shape":[...],"data_offsets":[begin,...]}`.
inline std::string headerEntry(const SafeTensor& t, std::size_t begin)
{
    std::string shape;
    for (const std::int64_t n : t.shape) {
        if (!shape.empty()) shape += ",";
        shape += std::to_string(n);
    }
    std::string out = "\"";
    out.append(t.name).append("\":{\"dtype\":\"").append(t.dtype).append("\",\"shape\":[").append(shape).append("],\"data_offsets\":[");
    return out.append(std::to_string(begin)).append(",").append(std::to_string(begin + t.bytes.size())).append("]}");
}

inline std::string safetensorsText(const std::vector<SafeTensor>& tensors)
{
    std::string header = R"({"__metadata__":{"format":"pt"})", data;
    for (const SafeTensor& t : tensors) {
        header.append(",").append(headerEntry(t, data.size()));
        data += t.bytes;
    }
    return safetensorsText(header + "}   ", data);
}

inline SafeTensor floatTensor(const std::string& name, std::vector<std::int64_t> shape, const std::vector<float>& values)
{
    return {name, "F32", std::move(shape), std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float))};
}

/// Canonical weights by role; matrices (in, out), vectors as one row.
inline std::map<std::string, MatrixF> canonicalWeights(const Model& model)
{
    std::map<std::string, MatrixF> out;
    const auto vector = [&](const std::string& role, const std::vector<float>& values) {
        if (values.empty()) return;
        MatrixF m(1, static_cast<std::ptrdiff_t>(values.size()));
        std::copy(values.begin(), values.end(), m.data());
        out[role] = std::move(m);
    };
    const auto matrix = [&](const std::string& role, const MatrixF& values) {
        if (values.rows() * values.cols() > 0) out[role] = values;
    };
    for (int l = 0; l < model.config().nLayers; ++l) {
        const auto w = *model.layer(l);
        const std::string p = "layers/" + std::to_string(l) + "/";
        matrix(p + "attn/W_Q", w->wQ), matrix(p + "attn/W_K", w->wK), matrix(p + "attn/W_V", w->wV), matrix(p + "attn/W_O", w->wO);
        vector(p + "attn/b_Q", w->bQ), vector(p + "attn/b_K", w->bK), vector(p + "attn/b_V", w->bV), vector(p + "attn/b_O", w->bO);
        vector(p + "ln1/w", w->ln1.w), vector(p + "ln1/b", w->ln1.b), vector(p + "ln2/w", w->ln2.w), vector(p + "ln2/b", w->ln2.b);
        matrix(p + "mlp/W_in", w->wIn), matrix(p + "mlp/W_gate", w->wGate), matrix(p + "mlp/W_out", w->wOut);
        vector(p + "mlp/b_in", w->bIn), vector(p + "mlp/b_out", w->bOut);
    }
    const auto e = *model.embedding();
    const auto o = *model.output();
    matrix("embed/W_E", e->wE), matrix("pos_embed/W_pos", e->wPos);
    vector("ln_final/w", o->lnFinal.w), vector("ln_final/b", o->lnFinal.b);
    matrix("unembed/W_U", o->wU), vector("unembed/b_U", o->bU);
    return out;
}

/// `rows` of one source tensor side by side ([Q | K | V]), turned as `form` says; no head axis here.
inline SafeTensor sourceTensor(const std::string& name, Form form, const std::vector<const MatrixF*>& parts)
{
    const std::ptrdiff_t rows = parts[0]->rows();
    std::ptrdiff_t cols = 0;
    for (const MatrixF* m : parts) cols += m->cols();
    MatrixF joined(rows, cols);
    std::ptrdiff_t at = 0;
    for (const MatrixF* m : parts) {
        for (std::ptrdiff_t r = 0; r < rows; ++r)
            for (std::ptrdiff_t c = 0; c < m->cols(); ++c) joined(r, at + c) = (*m)(r, c);
        at += m->cols();
    }
    std::vector<float> values;
    if (form == Form::OutIn) {
        for (std::ptrdiff_t c = 0; c < cols; ++c)
            for (std::ptrdiff_t r = 0; r < rows; ++r) values.push_back(joined(r, c));
        return floatTensor(name, {cols, rows}, values);
    }
    values.assign(joined.data(), joined.data() + rows * cols);
    if (form == Form::Vector) return floatTensor(name, {cols}, values);
    return floatTensor(name, {rows, cols}, values);
}

/// A model under the names of a family (one without a head axis), each name behind `prefix`. What the family has no name for is left out.
inline std::vector<SafeTensor> tensorsAs(const Layout& layout, const Model& model, const std::string& prefix = {})
{
    const std::map<std::string, MatrixF> weights = canonicalWeights(model);
    std::vector<SafeTensor> out;
    for (const Rule& first : layout.rules) {
        if (first.part > 0) continue;
        const bool layered = std::string(first.role).find("{i}") != std::string::npos;
        for (int l = 0; l < (layered ? model.config().nLayers : 1); ++l) {
            std::vector<const MatrixF*> parts;
            for (const Rule& rule : layout.rules)
                if (std::string(rule.source) == first.source)
                    if (const auto it = weights.find(withLayer(rule.role, l)); it != weights.end()) parts.push_back(&it->second);
            const std::string name = prefix + withLayer(first.source, l);
            if (static_cast<int>(parts.size()) == first.parts) out.push_back(sourceTensor(name, first.form, parts));
        }
    }
    return out;
}

}  // namespace hs::test
