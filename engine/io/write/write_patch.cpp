// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/write_patch.h"

#include <filesystem>

#include "engine/base/version.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/h5/file.h"
#include "engine/io/h5/writer.h"

namespace hs {
namespace {

/// The text, or the ids where a prompt came as ids.
std::string textOf(const Prompt& prompt)
{
    if (!prompt.text.empty()) return prompt.text;
    std::string out;
    for (const int id : prompt.ids()) {
        if (!out.empty()) out += ",";
        out += std::to_string(id);
    }
    return out;
}

std::vector<std::int64_t> wide(const std::vector<int>& values) { return {values.begin(), values.end()}; }

void describe(h5::Writer& out, const std::string& object, const PatchFile& f)
{
    out.attribute(object, "metric", f.metric);
    out.attribute(object, "site", f.site);
    out.attribute(object, "clean", textOf(*f.clean));
    out.attribute(object, "corrupt", textOf(*f.corrupt));
    out.attribute(object, "direction", f.direction);
    out.attribute(object, "axes", f.axes);
    out.attribute(object, "effect", std::string(f.normalised ? "normalised" : "change"));
    out.attribute(object, "clean_metric", f.cleanValue);
    out.attribute(object, "corrupt_metric", f.corruptValue);
}

}  // namespace

Status writePatch(const std::string& path, const PatchFile& f)
{
    std::size_t cells = 1;
    for (const std::int64_t n : f.shape) cells *= static_cast<std::size_t>(n);
    if (f.effect.size() != cells || f.value.size() != cells)
        return Error::in(path, ErrorCode::ShapeMismatch, "effect", std::to_string(f.effect.size()), std::to_string(cells));
    const auto make = [&](const std::string& temporary) -> Status {
        h5::Writer out(temporary);
        out.attribute("", "format", std::string("headscope-patch"));
        out.attribute("", "framework", std::string("HeadScope ") + kVersion);
        out.attribute("", "model", f.model->identity().name);
        out.attribute("", "model_file", std::filesystem::path(f.model->identity().path).filename().string());
        out.dataset("effect", f.shape, Dtype::F64, f.effect.data());
        out.dataset("value", f.shape, Dtype::F64, f.value.data());
        out.integers("clean_ids", {f.clean->size()}, wide(f.clean->ids()));
        out.integers("corrupt_ids", {f.corrupt->size()}, wide(f.corrupt->ids()));
        for (const char* object : {"", "effect"}) describe(out, object, f);
        out.attribute("", "answer", std::int64_t(f.answer));
        out.attribute("", "wrong", std::int64_t(f.wrong));
        out.attribute("", "positions", wide(f.positions));
        out.attribute("", "mask_padding", std::int64_t(f.model->config().paddingToken));
        if (!f.targetsHash.empty()) {
            std::vector<int> ids;
            for (const Target& t : f.clean->targets) ids.push_back(t.id);
            out.attribute("", "targets", wide(ids));
            out.attribute("", "targets_sha256", f.targetsHash);
        }
        return out.finish();
    };
    const auto check = [&](const std::string& temporary) -> Status {
        auto file = h5::File::open(temporary);
        return file ? Status{} : Status(file.error());
    };
    return writeThroughTemporary(path, make, check);
}

}  // namespace hs
