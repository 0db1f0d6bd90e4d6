// SPDX-License-Identifier: GPL-3.0-or-later
// headscope convert: any readable model to the native layout.
#include <filesystem>

#include "app/batch.h"
#include "app/commands.h"
#include "engine/session/jobs/write.h"
#include "engine/session/jobs/written.h"

namespace hs::app {

int commandConvert(const Arguments& arguments)
{
    const std::string& in = arguments.files[0];
    const std::string& out = arguments.files[1];
    std::error_code ignored;
    if (std::filesystem::equivalent(in, out, ignored)) return failUsage("IN and OUT.h5 are the same file", "convert");

    Batch batch(arguments);
    const auto opened = open(batch, arguments, in);
    if (!opened) return fail(opened.error(), in);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, in, "convert", {}, {}}, in);
    const auto written = batch.get<WrittenResult>(WriteModelJob{out, *model});
    if (!written) return fail(written.error(), out);
    if (!arguments.quiet)
        printOut(Words::tr("%1: %2 tensors, layout native").arg(QString::fromStdString(out)).arg((*model)->tensors().size()) + QLatin1Char('\n'));
    return kDone;
}

}  // namespace hs::app
