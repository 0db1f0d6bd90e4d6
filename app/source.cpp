// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/source.h"

#include <filesystem>

#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/run.h"

namespace hs::app {
namespace {

Result<SourceWithOrigin> fromDump(const AttentionDump& dump, int wanted)
{
    const auto count = dump.samples.size();
    const auto index = static_cast<std::size_t>(wanted);
    if (index >= count)
        return Error::in(dump.path, ErrorCode::InvalidArgument, "--sample", std::to_string(index), "0 - " + std::to_string(count - 1));
    SourceWithOrigin out;
    const auto& sample = dump.samples[index];
    out.source = sample;
    out.origin.modelName = QString::fromStdString(dump.model);
    out.origin.modelPath = QString::fromStdString(dump.path);
    out.origin.layout = QStringLiteral("attention-dump");
    out.origin.promptText = QString::fromStdString(sample->text());
    out.origin.ids = sample->ids();
    return out;
}

Result<SourceWithOrigin> fromModel(Batch& batch, std::shared_ptr<const Model> model, const SourcePrompt& prompt)
{
    RunJob job;
    job.model = model;
    job.text = prompt.text;
    job.ids = prompt.ids;
    job.special = prompt.special;
    auto result = batch.get<RunResult>(std::move(job));
    if (!result) return result.error();

    SourceWithOrigin out;
    out.model = std::move(model);
    out.run = std::move(result->run);
    out.source = out.run;
    const ModelIdentity& identity = out.model->identity();
    out.origin.modelName = QString::fromStdString(identity.name);
    out.origin.modelPath = QString::fromStdString(identity.path);
    out.origin.layout = QString::fromStdString(identity.layout);
    out.origin.weightDtype = QString::fromStdString(identity.weightDtype);
    for (const std::string& value : out.model->saidValues()) out.origin.said << QString::fromStdString(value);
    out.origin.promptText = QString::fromStdString(out.run->prompt->text);
    out.origin.ids = out.run->prompt->ids();
    return out;
}

}  // namespace

Result<SourceWithOrigin> makeSource(Batch& batch, const Arguments& arguments, const std::string& path, const SourcePrompt& prompt)
{
    auto opened = openForHeads(batch, arguments, path);
    if (!opened) return opened.error();
    auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    auto made =
        model ? fromModel(batch, *model, prompt) : fromDump(*std::get<std::shared_ptr<const AttentionDump>>(*opened), prompt.sample);
    if (!made) return made;
    const auto hash = batch.get<HashResult>(HashJob{made->origin.modelPath.toStdString()});
    if (!hash) return hash.error();
    made->origin.modelHash = QString::fromStdString(hash->sha256);
    return made;
}

}  // namespace hs::app
