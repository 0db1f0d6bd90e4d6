// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as attention dumps (resources/manual/formats.md section 4.1), head by head: the maps are never all in memory.
#include <algorithm>
#include <filesystem>

#include "engine/base/version.h"
#include "engine/forward/unembedding.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/dump/dump_open.h"
#include "engine/io/h5/file.h"
#include "engine/io/h5/writer.h"
#include "engine/io/write/run_room.h"
#include "engine/io/write/write.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace {

/// Floats in the width that was asked for.
class Packed {
public:
    Packed(const float* values, std::size_t count, Dtype dtype) : m_floats(values)
    {
        if (dtype != Dtype::F16) return;
        m_halves.resize(count);
        convertFloatToHalf(values, m_halves.data(), count);
    }
    const void* data() const { return m_halves.empty() ? static_cast<const void*>(m_floats) : m_halves.data(); }

private:
    const float* m_floats;
    std::vector<std::uint16_t> m_halves;
};

class RunWriter {
public:
    RunWriter(h5::Writer& out, const RunWriteOptions& options, const Progress& progress)
        : m_out(out), m_options(options), m_progress(progress), m_dtype(options.float16 ? Dtype::F16 : Dtype::F32)
    {}

    void head(const Run& run)
    {
        const Model& model = *run.model;
        m_out.attribute("", "format", "attention-dump");
        m_out.attribute("", "format_version", "1.0");
        m_out.attribute("", "model", model.identity().name);
        m_out.attribute("", "framework", std::string("HeadScope ") + kVersion);
        m_out.attributeBool("", "causal", !run.looksAhead());
        std::vector<std::int64_t> windows, chunks;
        for (int layer = 0; layer < run.layers(); ++layer) {
            windows.push_back(run.visibility(layer).window());
            chunks.push_back(run.visibility(layer).chunk());
        }
        const auto some = [](std::int64_t size) { return size > 0; };
        if (std::any_of(windows.begin(), windows.end(), some)) m_out.attribute("", "windows", windows);
        if (std::any_of(chunks.begin(), chunks.end(), some)) m_out.attribute("", "chunks", chunks);
        if (run.hasSinks()) m_out.attributeBool("", "sinks", true);
        m_out.attribute("", "kind", "self");
        m_out.attribute("", "n_layers", std::int64_t(run.layers()));
        m_out.attribute("", "n_heads", std::int64_t(model.config().nHeads));
        m_out.attribute("", "layout", model.identity().layout);
        m_out.attribute("", "model_file", std::filesystem::path(model.identity().path).filename().string());
        std::vector<std::int64_t> heads;
        for (int layer = 0; layer < run.layers(); ++layer) heads.push_back(run.heads(layer));
        if (!model.config().headsPerLayer.empty()) m_out.attribute("", "heads_per_layer", heads);
        m_out.attribute("", "mask_padding", std::int64_t(model.config().paddingToken));
        if (const auto said = model.saidValues(); !said.empty()) m_out.attribute("", "said", said);
        if (!run.interventions.empty()) m_out.attribute("", "interventions", static_cast<std::int64_t>(run.interventions.size()));
    }

    Status sample(const Run& run, int index)
    {
        const std::string group = "samples/" + std::to_string(index);
        m_out.group(group);
        tokens(run, group);
        if (const Status s = maps(run, group); !s) return s;
        if (m_options.logits && run.model->canPredict())
            if (const Status s = logits(run, group); !s) return s;
        if (!run.model->canPredict() && !run.model->lacks(Part::FinalNorm))
            if (const Status s = hidden(run, group); !s) return s;
        if (m_options.z)
            if (const Status s = z(run, group); !s) return s;
        return m_out.status();
    }

private:
    void tokens(const Run& run, const std::string& group)
    {
        const Prompt& prompt = *run.prompt;
        const std::int64_t n = run.queries();
        std::vector<std::string> pieces;
        std::vector<std::int64_t> ids, words, offsets;
        // Character positions: bytes that begin a character, counted up to each byte.
        std::vector<std::int64_t> charAt(prompt.text.size() + 1, 0);
        for (std::size_t i = 0; i < prompt.text.size(); ++i)
            charAt[i + 1] = charAt[i] + ((static_cast<unsigned char>(prompt.text[i]) & 0xC0) != 0x80 ? 1 : 0);
        const auto character = [&](int byte) {
            return byte < 0 || byte > static_cast<int>(prompt.text.size()) ? -1 : charAt[static_cast<std::size_t>(byte)];
        };
        for (const Token& t : prompt.tokens) {
            pieces.push_back(t.piece.empty() ? std::to_string(t.id) : t.piece);
            ids.push_back(t.id);
            words.push_back(t.word);
            offsets.push_back(character(t.byteBegin));
            offsets.push_back(character(t.byteEnd));
        }
        m_out.strings(group + "/tokens", pieces);
        m_out.integers(group + "/ids", {n}, ids);
        m_out.integers(group + "/word_ids", {n}, words);
        if (!prompt.types.empty())
            m_out.integers(group + "/token_types", {n}, std::vector<std::int64_t>(prompt.types.begin(), prompt.types.end()));
        if (prompt.text.empty()) return;
        m_out.integers(group + "/offsets", {n, 2}, offsets);
        m_out.attribute(group, "text", prompt.text);
    }

    Status maps(const Run& run, const std::string& group)
    {
        const std::int64_t n = run.queries(), heads = run.model->config().nHeads;
        const std::string path = group + "/attentions";
        const std::int64_t rows = rowsPerChunk(n, widthOf(m_dtype));
        m_out.create(path, {run.layers(), heads, n, n}, m_dtype, {1, 1, rows, n});
        for (int layer = 0; layer < run.layers(); ++layer)
            for (int head = 0; head < run.heads(layer); ++head) {
                m_progress.report(Stage::Writing, layer * heads + head, run.layers() * heads);
                if (const Status s = map(run, path, {layer, head}, static_cast<int>(rows)); !s) return s;
            }
        return {};
    }

    /// Chunk by chunk: no more of a map is ever in memory.
    Status map(const Run& run, const std::string& path, HeadId head, int rows)
    {
        for (int q = 0; q < run.queries(); q += rows) {
            if (!m_progress.checkpoint()) return Error::cancelled();
            const int here = std::min(rows, run.queries() - q);
            const auto tile = run.tile(head, MapKind::Weights, q, here, 0, run.keys());
            if (!tile) return tile.error();
            m_out.box(path, {head.layer, head.head, q, 0}, {1, 1, here, run.keys()}, m_dtype,
                      Packed(tile->data(), static_cast<std::size_t>(here) * static_cast<std::size_t>(run.keys()), m_dtype).data());
            if (!m_out.ok()) return m_out.status();
        }
        return {};
    }

    Status logits(const Run& run, const std::string& group)
    {
        const std::int64_t n = run.queries(), vocab = run.model->config().outputs();
        const std::string path = group + "/logits";
        const bool one = vocab == 1;  // of each position: a list
        m_out.create(path, one ? std::vector<std::int64_t>{n} : std::vector<std::int64_t>{n, vocab}, m_dtype, {});
        for (int q = 0; q < run.queries(); ++q) {
            if (m_progress.stopped()) return Error::cancelled();
            const auto row = run.logitsRow(q);
            if (!row) return row.error();
            const Packed values(row->data(), row->size(), m_dtype);
            if (one) m_out.box(path, {q}, {1}, m_dtype, values.data());
            else m_out.box(path, {q, 0}, {1, vocab}, m_dtype, values.data());
            if (!m_out.ok()) return m_out.status();
        }
        return {};
    }

    /// What a model without an output layer is used for: the last residuals under the final norm, where there is one.
    Status hidden(const Run& run, const std::string& group)
    {
        const auto output = run.model->output(m_progress);
        if (!output) return output.error();
        const MatrixF x = onlyFinalNorm(*run.model, **output, run.residFinal.view());
        m_out.create(group + "/hidden", {x.rows(), x.cols()}, m_dtype, {});
        m_out.box(group + "/hidden", {0, 0}, {x.rows(), x.cols()}, m_dtype,
                  Packed(x.data(), static_cast<std::size_t>(x.rows() * x.cols()), m_dtype).data());
        return m_out.status();
    }

    Status z(const Run& run, const std::string& group)
    {
        const std::int64_t n = run.queries(), heads = run.model->config().nHeads, dHead = run.model->config().dHead;
        const std::string path = group + "/z";
        m_out.create(path, {run.layers(), n, heads, dHead}, m_dtype, {});
        for (int layer = 0; layer < run.layers(); ++layer) {
            if (!m_progress.checkpoint()) return Error::cancelled();
            const std::int64_t here = run.heads(layer);
            if (here == 0) continue;
            const auto values = run.activation("blocks." + std::to_string(layer) + ".attn.hook_z");
            if (!values) return values.error();
            m_out.box(path, {layer, 0, 0, 0}, {1, n, here, dHead}, m_dtype,
                      Packed(values->data(), static_cast<std::size_t>(n * here * dHead), m_dtype).data());
        }
        return m_out.status();
    }

    h5::Writer& m_out;
    const RunWriteOptions& m_options;
    const Progress& m_progress;
    Dtype m_dtype;
};

Status check(const std::string& path, const std::vector<std::shared_ptr<const Run>>& runs)
{
    auto file = h5::File::open(path);
    if (!file) return file.error();
    const auto dump = openDump(*file);
    if (!dump) return dump.error();
    if ((*dump)->samples.size() != runs.size())
        return Error::in(path, ErrorCode::VerifyFailed, "samples", std::to_string((*dump)->samples.size()), std::to_string(runs.size()));
    return {};
}

}  // namespace

Status writeRun(const std::string& path, const std::vector<std::shared_ptr<const Run>>& runs, const RunWriteOptions& options,
                const Progress& progress)
{
    if (runs.empty()) return Error::in(path, ErrorCode::InvalidArgument, "runs", "0", ">= 1");
    for (const auto& run : runs)
        if (!run || !run->complete || run->model != runs.front()->model) return Error::in(path, ErrorCode::InvalidArgument, "runs");
    const auto make = [&](const std::string& temporary) -> Status {
        h5::Writer out(temporary);
        RunWriter writer(out, options, progress);
        writer.head(*runs.front());
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (const Status s = writer.sample(*runs[i], static_cast<int>(i)); !s) return s;
        return out.finish();
    };
    return writeThroughTemporary(path, make, [&](const std::string& temporary) { return check(temporary, runs); });
}

}  // namespace hs
