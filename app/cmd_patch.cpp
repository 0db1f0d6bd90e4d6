// SPDX-License-Identifier: GPL-3.0-or-later
// headscope patch: activations of one prompt put into another, cell by cell, written to P.h5.
#include <cmath>

#include "app/batch.h"
#include "app/commands.h"
#include "engine/session/jobs/patching.h"
#include "engine/session/jobs/written.h"

namespace hs::app {

int commandPatch(const Arguments& arguments)
{
    const std::string& path = arguments.files.front();
    Batch batch(arguments);
    const auto opened = open(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "patch", {}, {}}, path);

    PatchJob job;
    job.prompts.model = *model;
    job.prompts.cleanText = arguments.clean;
    job.prompts.corruptText = arguments.corrupt;
    job.prompts.answer = arguments.answer;
    job.prompts.wrong = arguments.wrong;
    job.options.site = arguments.site;
    job.options.direction = arguments.noise ? PatchDirection::Noise : PatchDirection::Denoise;
    job.options.axes = arguments.axes.value_or(isHeadSite(arguments.site) ? PatchAxes::LayerHead : PatchAxes::LayerPosition);
    const auto result = batch.get<PatchResult>(std::move(job));
    if (!result) return fail(result.error(), path);

    WritePatchJob write;
    write.path = arguments.out;
    write.pair = result->pair;
    write.map = result->map;
    const auto written = batch.get<WrittenResult>(std::move(write));
    if (!written) return fail(written.error(), arguments.out);
    const PatchMap& map = *result->map;
    if (!arguments.quiet) {
        printOut(Words::tr("%1: logit difference %2 clean, %3 corrupted, %4 patches at %5").arg(QString::fromStdString(arguments.out))
                     .arg(map.clean, 0, 'f', 4).arg(map.corrupt, 0, 'f', 4).arg(map.done).arg(QString::fromLatin1(siteName(map.options.site)))
                 + QLatin1Char('\n'));
        if (!map.normalised())
            printOut(Words::tr("Both prompts hardly differ: the file holds changes of the logit difference, not shares of it.") + QLatin1Char('\n'));
    }
    return kDone;
}

}  // namespace hs::app
