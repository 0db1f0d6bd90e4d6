// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/parity.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "engine/forward/forward.h"
#include "engine/io/bytes/beside.h"
#include "engine/io/dump/dump_open.h"
#include "engine/io/h5/file.h"
#include "engine/io/probe/probe.h"
#include "engine/text/tokenizer.h"

namespace hs {

namespace {

/// One prompt of the reference, by the names its schema uses.
struct Names {
    std::string group, ids, attention, logits;
};

std::vector<Names> promptsOf(const h5::File& file)
{
    std::vector<Names> out;
    for (int k = 0;; ++k) {
        const std::string sample = "samples/" + std::to_string(k), prompt = "prompt_" + std::to_string(k);
        if (file.inventory().find(sample + "/ids")) out.push_back({sample, sample + "/ids", sample + "/attentions", sample + "/logits"});
        else if (file.inventory().find(prompt + "/tokens"))
            out.push_back({prompt, prompt + "/tokens", prompt + "/attention", prompt + "/logits"});
        else return out;
    }
}

/// Largest |difference| between a dataset and values given in its order.
template <typename ValueAt>
Result<double> largestDifference(const h5::Store& store, std::size_t index, const Progress& progress, ValueAt valueAt)
{
    double largest = 0;
    const Status s = streamDoubles(
        store, index,
        [&](std::int64_t first, const double* data, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
                largest = std::max(largest, std::abs(data[i] - static_cast<double>(valueAt(first + static_cast<std::int64_t>(i)))));
        },
        progress);
    if (!s) return s.error();
    return largest;
}

class Comparer {
public:
    Comparer(const std::shared_ptr<const h5::File>& file, std::shared_ptr<const Model> model, ParityReport& report,
             const Progress& progress)
        : m_file(file), m_store(file), m_model(std::move(model)), m_report(report), m_progress(progress)
    {}

    Status prompt(const Names& names)
    {
        const auto ids = m_file->integers(names.ids);
        if (!ids) return ids.error();
        const std::vector<int> tokens(ids->begin(), ids->end());
        auto prompt = makePromptFromIds(m_model->tokenizer().get(), tokens, m_model->config().dVocab);
        if (!prompt) return prompt.error();
        sameTokens(names, tokens);
        auto run = forward(m_model, std::make_shared<const Prompt>(std::move(*prompt)), {}, m_progress);
        if (!run) return run.error();
        if (const Status s = logits(names, **run); !s) return s;
        return attention(names, **run);
    }

private:
    /// The reference's text must tokenise to the reference's ids.
    void sameTokens(const Names& names, const std::vector<int>& ids)
    {
        const h5::Attributes& attributes = m_file->inventory().attributesOf(names.group);
        const auto text = attributes.find("text");
        if (text == attributes.end() || !text->second.asText() || !m_model->tokenizer()) return;
        const auto made = makePrompt(*m_model->tokenizer(), *text->second.asText(), m_progress);
        if (!made || made->ids() != ids) m_report.tokensEqual = false;
    }

    Error sizeError(const std::string& item, const std::vector<std::int64_t>& found, const std::vector<std::int64_t>& expected) const
    {
        return Error::in(m_file->path(), ErrorCode::ShapeMismatch, item, shapeText(found), shapeText(expected));
    }

    Status logits(const Names& names, const Run& run)
    {
        const std::size_t index = m_file->inventory().indexOf(names.logits);
        if (index >= m_store.tensors().size()) return {};
        const std::vector<std::int64_t> expected{run.queries(), m_model->config().outputs()};
        if (m_store.tensors()[index].shape != expected) return sizeError(names.logits, m_store.tensors()[index].shape, expected);
        std::vector<float> row;
        std::int64_t rowIndex = -1;
        std::optional<Error> error;
        const auto largest = largestDifference(m_store, index, m_progress, [&](std::int64_t at) {
            if (at / expected[1] != rowIndex) {
                rowIndex = at / expected[1];
                auto next = run.logitsRow(static_cast<int>(rowIndex));
                if (next) row = std::move(*next);
                else error = next.error();
            }
            return error ? 0.0f : row[static_cast<std::size_t>(at % expected[1])];
        });
        if (error) return *error;
        if (!largest) return largest.error();
        m_report.maxLogit = std::max(m_report.maxLogit, *largest);
        return {};
    }

    Status attention(const Names& names, const Run& run)
    {
        const std::size_t index = m_file->inventory().indexOf(names.attention);
        if (index >= m_store.tensors().size()) return {};
        const int n = run.queries();
        const std::vector<std::int64_t> expected{run.layers(), m_model->config().nHeads, n, n};
        if (m_store.tensors()[index].shape != expected) return sizeError(names.attention, m_store.tensors()[index].shape, expected);
        const std::int64_t cells = std::int64_t(n) * n;
        MatrixF map;
        std::int64_t current = -1;
        std::optional<Error> error;
        const auto largest = largestDifference(m_store, index, m_progress, [&](std::int64_t at) {
            if (at / cells != current) {
                current = at / cells;
                const HeadId id{static_cast<int>(current / expected[1]), static_cast<int>(current % expected[1])};
                auto tile = run.tile(id, MapKind::Weights, 0, n, 0, n);
                if (tile) map = std::move(*tile);
                else error = tile.error();
            }
            return error ? 0.0f : map.data()[at % cells];
        });
        if (error) return *error;
        if (!largest) return largest.error();
        m_report.maxAttention = std::isnan(m_report.maxAttention) ? *largest : std::max(m_report.maxAttention, *largest);
        return {};
    }

    std::shared_ptr<const h5::File> m_file;
    h5::Store m_store;
    std::shared_ptr<const Model> m_model;
    ParityReport& m_report;
    const Progress& m_progress;
};

}  // namespace

Result<ParityReport> checkParity(const std::shared_ptr<const Model>& model, const Progress& progress)
{
    ParityReport report;
    const std::filesystem::path reference = fileBeside(model->identity().path, "reference.h5");
    if (reference.empty()) return report;
    report.referencePath = reference.string();
    if (const Status s = probeHdf5(report.referencePath, progress); !s) return s.error();
    const auto file = h5::File::open(report.referencePath);
    if (!file) return file.error();
    const std::vector<Names> prompts = promptsOf(**file);
    if (prompts.empty()) return report;
    report.found = true;
    report.maxAttention = std::numeric_limits<double>::quiet_NaN();
    const h5::Attributes& root = (*file)->inventory().attributesOf("");
    if (const auto it = root.find("framework"); it != root.end()) report.madeWith = it->second.asText().value_or("");
    Comparer comparer(*file, model, report, progress);
    for (const Names& names : prompts) {
        progress.report(Stage::Parity, report.prompts, static_cast<std::int64_t>(prompts.size()));
        if (!progress.checkpoint()) return Error::cancelled(report.referencePath);
        if (const Status s = comparer.prompt(names); !s) return s.error();
        ++report.prompts;
    }
    report.matches = report.tokensEqual && report.maxLogit <= report.maxLogitAllowed
                     && (std::isnan(report.maxAttention) || report.maxAttention <= report.maxAttentionAllowed);
    return report;
}

}  // namespace hs
