// SPDX-License-Identifier: GPL-3.0-or-later
// An attention source over plain tables: causal maps from a fixed formula (half on the token before, the rest decaying; each head its own
// decay), words and tokens as given. For tests of views and figures.
#pragma once

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "engine/io/dump/attention_dump.h"

namespace hs::test {

class TableSource final : public DumpSample {
public:
    TableSource(int layers, int heads, std::vector<Token> tokens, Visibility mask = {})
        : m_layers(layers), m_heads(heads), m_tokens(std::move(tokens)), m_mask(mask)
    {
        for (const Token& t : m_tokens)
            if (!t.special) m_text += t.text;
        for (int l = 0; l < layers; ++l)
            for (int h = 0; h < heads; ++h) m_maps.push_back(makeMap(l, h));
    }

    /// "<s>" and then one token for each piece; pieces that begin with a space begin a word.
    static std::vector<Token> tokensOf(const std::vector<std::string>& pieces)
    {
        std::vector<Token> out;
        Token bos;
        bos.text = bos.piece = "<s>";
        bos.special = true;
        bos.id = 1;
        out.push_back(bos);
        int word = -1, at = 0;
        for (const std::string& p : pieces) {
            Token t;
            t.id = 10 + static_cast<int>(out.size());
            t.text = t.piece = p;
            if (word < 0 || p.front() == ' ' || (p.size() == 1 && std::ispunct(static_cast<unsigned char>(p.front())))) ++word;
            t.word = word;
            t.byteBegin = at;
            at += static_cast<int>(p.size());
            t.byteEnd = at;
            out.push_back(t);
        }
        return out;
    }
    /// The 33 tokens of the sentence in the reference pictures.
    static std::vector<Token> story()
    {
        return tokensOf({" Once", " upon",  " a",    " time", ",",    " there", " was", " a",  " little", " g",    "ir",
                         "l",     " named", " Lily", ".",     " She", " lo",    "ved",  " to", " play",   " with", " her",
                         " r",    "ed",     " b",    "all",   " in",  " the",   " p",   "ar",  "k",       "."});
    }

    MatrixF& map(HeadId h) { return m_maps[static_cast<std::size_t>(h.layer * m_heads + h.head)]; }
    const MatrixF& map(HeadId h) const { return m_maps[static_cast<std::size_t>(h.layer * m_heads + h.head)]; }

    static std::shared_ptr<AttentionDump> dumpOf(std::vector<std::shared_ptr<const DumpSample>> samples)
    {
        auto dump = std::make_shared<AttentionDump>();
        dump->model = "table";
        dump->path = "/nowhere/table.h5";
        dump->samples = std::move(samples);
        return dump;
    }

    const std::string& text() const override { return m_text; }
    std::vector<int> ids() const override
    {
        std::vector<int> out;
        for (const Token& t : m_tokens) out.push_back(t.id);
        return out;
    }
    Result<MatrixF> logits() const override { return MatrixF(); }
    int layers() const override { return m_layers; }
    int heads(int) const override { return m_heads; }
    int queries() const override { return static_cast<int>(m_tokens.size()); }
    int keys() const override { return queries(); }
    Visibility visibility(int) const override { return m_mask; }
    const std::vector<Token>& queryTokens() const override { return m_tokens; }
    const std::vector<Token>& keyTokens() const override { return m_tokens; }
    int readyLayers() const override { return m_layers; }
    bool has(MapKind kind) const override { return kind != MapKind::ValueWeighted; }

    Result<MatrixF> tile(HeadId h, MapKind kind, int q0, int nq, int k0, int nk) const override
    {
        if (!has(kind)) return Error::of(ErrorCode::NeedsWeights);
        MatrixF out(nq, nk);
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) {
                const float w = map(h)(q0 + q, k0 + k);
                const bool masked = !m_mask.sees(q0 + q, k0 + k);
                out(q, k) = kind == MapKind::Weights ? w : masked ? std::numeric_limits<float>::quiet_NaN() : std::log(std::max(w, 1e-6f));
            }
        return out;
    }
    std::shared_ptr<const HeadStats> stats(HeadId h) const override
    {
        auto s = std::make_shared<HeadStats>();
        const int n = queries();
        s->offsetMass.assign(static_cast<std::size_t>(n), 0);
        for (int q = 0; q < n; ++q) {
            double entropy = 0;
            for (int k = 0; k <= q; ++k) {
                const double w = static_cast<double>(map(h)(q, k));
                if (w > 0) entropy -= w * std::log(w);
                s->offsetMass[static_cast<std::size_t>(q - k)] += static_cast<float>(w / (n - (q - k)));
            }
            s->rowEntropy.push_back(static_cast<float>(entropy));
        }
        return s;
    }

private:
    MatrixF makeMap(int layer, int head) const
    {
        const int n = static_cast<int>(m_tokens.size());
        MatrixF out(n, n);
        const double decay = 0.25 + 0.2 * head + 0.1 * layer, previous = (1.0 + layer) / (2.0 + layer + head);
        for (int q = 0; q < n; ++q) {
            const int last = m_mask.looksAhead() ? n - 1 : q;
            double sum = 0;
            std::vector<double> row(static_cast<std::size_t>(n), 0.0);
            for (int k = 0; k <= last; ++k) {
                double& w = row[static_cast<std::size_t>(k)];
                w = (1 - previous) * std::exp(-decay * std::abs(q - k)) * (1.2 + std::sin(k * 2.3 + head));
                if (k == q - 1) w += previous * 2;
                sum += w;
            }
            for (int k = 0; k <= last; ++k) out(q, k) = static_cast<float>(row[static_cast<std::size_t>(k)] / sum);
        }
        return out;
    }

    int m_layers, m_heads;
    std::vector<Token> m_tokens;
    Visibility m_mask;
    std::vector<MatrixF> m_maps;
    std::string m_text;
};

}  // namespace hs::test
