// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/head_weights.h"

#include <bit>
#include <filesystem>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/version.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/session/jobs/steps.h"

namespace hs::session {
namespace {

/// Eight bytes with the length of a JSON header, the header, the numbers one after the other (huggingface.co/docs/safetensors).
class Safetensors {
public:
    explicit Safetensors(nlohmann::ordered_json metadata) { m_header["__metadata__"] = std::move(metadata); }

    void matrix(const char* name, ViewF view)
    {
        const std::size_t begin = m_numbers.size();
        for (std::ptrdiff_t r = 0; r < view.rows; ++r)
            for (std::ptrdiff_t c = 0; c < view.cols; ++c) little(std::bit_cast<std::uint32_t>(view(r, c)), 4, m_numbers);
        entry(name, {view.rows, view.cols}, begin);
    }
    /// The head's part of a layer's biases, if it has any.
    void bias(const char* name, const std::vector<float>& layer, int head, int width)
    {
        if (layer.empty()) return;
        const std::size_t begin = m_numbers.size();
        for (int i = head * width; i < (head + 1) * width; ++i)
            little(std::bit_cast<std::uint32_t>(layer[static_cast<std::size_t>(i)]), 4, m_numbers);
        entry(name, {width}, begin);
    }
    std::string bytes() const
    {
        std::string header = m_header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), out;
        header.append((8 - header.size() % 8) % 8, ' ');
        little(header.size(), 8, out);
        return out + header + m_numbers;
    }

private:
    static void little(std::uint64_t value, int count, std::string& out)
    {
        for (int i = 0; i < count; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
    }
    void entry(const char* name, const std::vector<std::int64_t>& shape, std::size_t begin)
    {
        m_header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {begin, m_numbers.size()}}};
    }

    nlohmann::ordered_json m_header;
    std::string m_numbers;
};

std::string fileOf(const Model& model, HeadId head, const LayerWeights& w)
{
    const int shared = model.config().kvHeadOf(head.layer, head.head);
    // Values of the metadata are text: the format knows nothing else.
    Safetensors out({{"format", "headscope-head"},
                     {"framework", std::string("HeadScope ") + kVersion},
                     {"model", model.identity().name},
                     {"model_file", std::filesystem::path(model.identity().path).filename().string()},
                     {"weight_processing", "raw"},
                     {"layer", std::to_string(head.layer)},
                     {"head", std::to_string(head.head)},
                     {"kv_head", std::to_string(shared)}});
    out.matrix("W_Q", w.headQ(head.head));
    out.matrix("W_K", w.headK(shared));
    out.matrix("W_V", w.headV(shared));
    out.matrix("W_O", w.headO(head.head));
    out.bias("b_Q", w.bQ, head.head, w.dHead);
    out.bias("b_K", w.bK, shared, w.dHead);
    out.bias("b_V", w.bV, shared, w.dHead);
    return out.bytes();
}

}  // namespace

Status runJob(const WriteHeadWeightsJob& job, const ContextOf<WriteHeadWeightsJob>& context)
{
    if (!job.model) return missingArgument("model");
    if (job.model->lacks(Part::AttentionWeights)) return Error::of(ErrorCode::NeedsWeights, headName(job.head));
    const auto layer = job.model->layer(job.head.layer, context.progress);
    if (!layer) return layer.error();
    context.progress.report(Stage::Writing, 0, 0);
    if (const Status written = writeFileAtomically(job.path, fileOf(*job.model, job.head, **layer)); !written) return written;
    context.publish(WrittenResult{job.path});
    return {};
}

}  // namespace hs::session
