// SPDX-License-Identifier: GPL-3.0-or-later
// Small LoRA adapters, as PEFT writes them.
#pragma once

#include <QDir>

#include <string>
#include <tuple>
#include <vector>

#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kHfGpt2;
}

namespace hs::test {

inline constexpr const char* kAdapterPrefix = "base_model.model.";

/// [rows, cols] of zeros but for a few cells.
inline SafeTensor sparse(const std::string& name, std::int64_t rows, std::int64_t cols,
                         std::initializer_list<std::tuple<int, int, float>> cells)
{
    std::vector<float> values(static_cast<std::size_t>(rows * cols));
    for (const auto& [r, c, x] : cells) values[static_cast<std::size_t>(r * cols + c)] = x;
    return floatTensor(kAdapterPrefix + name, {rows, cols}, values);
}

/// Two factors of rank 2 that add scale * 3 at (input 0, output `first`) and scale * -1 at (input 3, output `second`).
inline std::vector<SafeTensor> adapterFactors(const std::string& module, int in, int out, int first, int second)
{
    return {sparse(module + ".lora_A.weight", 2, in, {{0, 0, 1.0f}, {1, 3, 0.5f}}),
            sparse(module + ".lora_B.weight", out, 2, {{first, 0, 3.0f}, {second, 1, -2.0f}})};
}

inline std::string adapterSettings(const std::string& more = {})
{
    return R"({"peft_type":"LORA","task_type":"CAUSAL_LM","r":2,"lora_alpha":4,"bias":"none","fan_in_fan_out":true,"lora_dropout":0.1,)"
           R"("init_lora_weights":true,"inference_mode":true,"use_dora":false,"loftq_config":{},)"
           R"("peft_version":"0.21.2","megatron_core":"megatron.core","qalora_group_size":16,"use_bdlora":null)"
           + (more.empty() ? std::string(R"(,"target_modules":["c_attn"])") : "," + more) + "}";
}

/// model.safetensors of GPT-2's names (2 layers of 4 heads, no tokeniser) with its settings, and an adapter to it in the same folder.
inline void writeModelWithAdapter(const QString& folder)
{
    const auto path = [&](const char* name) { return QDir(folder).filePath(QString::fromLatin1(name)).toStdString(); };
    const auto model = randomModel(smallConfig());
    const int d = model->config().dModel;
    writeText(path("model.safetensors"), safetensorsText(tensorsAs(kHfGpt2, *model, "transformer.")));
    writeText(path("config.json"), R"({"n_head":4})");
    writeText(path("adapter_model.safetensors"), safetensorsText(adapterFactors("transformer.h.0.attn.c_attn", d, 3 * d, 1, d + 5)));
    writeText(path("adapter_config.json"), adapterSettings());
}

}  // namespace hs::test
