// SPDX-License-Identifier: GPL-3.0-or-later
// A model's run against the numbers that another program wrote: prompt_0, prompt_1 ... of a reference.h5 with tokens, attention, logits.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/forward/forward.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/random_model.h"

namespace hs::test {

struct ReferenceRun {
    std::string error;  ///< empty: all prompts ran and have the reference's sizes
    int prompts = 0;
    double attention = 0;  ///< largest difference of a cell
    double logits = 0;     ///< largest difference of a logit, as a share of the largest one
};

inline ReferenceRun againstReference(const std::shared_ptr<const Model>& model, const QString& reference)
{
    ReferenceRun out;
    for (int k = 0;; ++k) {
        const std::string at = "prompt_" + std::to_string(k) + "/";
        const Numbers tokens = readNumbers(reference, at + "tokens");
        if (tokens.size() == 0) break;
        std::vector<int> ids;
        for (const double t : tokens.values) ids.push_back(static_cast<int>(t));
        const auto run = forward(model, promptOfIds(ids), {});
        if (!run) return {run.error().item + ": " + run.error().found, 0, 0, 0};
        const int n = (*run)->queries();
        const Numbers attention = readNumbers(reference, at + "attention"), logits = readNumbers(reference, at + "logits");
        if (attention.size() != static_cast<std::size_t>((*run)->layers() * (*run)->heads(0) * n * n)
            || logits.size() != static_cast<std::size_t>((*run)->logits.rows() * (*run)->logits.cols()))
            return {"other sizes", 0, 0, 0};
        std::size_t cell = 0;
        for (int l = 0; l < (*run)->layers(); ++l)
            for (int h = 0; h < (*run)->heads(l); ++h) {
                const auto map = (*run)->tile({l, h}, MapKind::Weights, 0, n, 0, n);
                if (!map) return {map.error().item, 0, 0, 0};
                for (int i = 0; i < n * n; ++i)
                    out.attention = std::max(out.attention, std::abs(static_cast<double>(map->data()[i]) - attention[cell++]));
            }
        double largest = 0, wrong = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            largest = std::max(largest, std::abs(logits[i]));
            wrong = std::max(wrong, std::abs(static_cast<double>((*run)->logits.data()[i]) - logits[i]));
        }
        out.logits = std::max(out.logits, wrong / largest);
        ++out.prompts;
    }
    if (out.prompts == 0) out.error = "no prompts";
    return out;
}

}  // namespace hs::test
