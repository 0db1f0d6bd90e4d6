// SPDX-License-Identifier: GPL-3.0-or-later
// headscope run: a prompt through a model, everything written to RUN.h5.
#include <cmath>

#include "app/batch.h"
#include "app/commands.h"
#include "engine/session/jobs/run.h"
#include "engine/session/jobs/write.h"
#include "engine/session/jobs/written.h"

namespace hs::app {

int commandRun(const Arguments& arguments)
{
    const std::string& path = arguments.files.front();
    auto text = promptText(arguments);
    if (!text) return fail(text.error(), arguments.textFile);

    Batch batch(arguments);
    const auto opened = open(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "run", {}, {}}, path);

    RunJob job;
    job.model = *model;
    job.text = std::move(*text);
    job.ids = arguments.tokens;
    job.options.stats = false;
    job.options.keepResiduals = false;
    const auto result = batch.get<RunResult>(std::move(job));
    if (!result) return fail(result.error(), path);
    const Run& run = *result->run;

    WriteRunJob write;
    write.path = arguments.out;
    write.runs = {result->run};
    write.options.float16 = arguments.float16;
    const auto written = batch.get<WrittenResult>(std::move(write));
    if (!written) return fail(written.error(), arguments.out);
    if (!arguments.quiet) {
        QString line = Words::tr("%1: %2 tokens, %3 layers").arg(QString::fromStdString(arguments.out)).arg(run.queries()).arg(run.layers());
        if (!std::isnan(run.loss) && !run.tokenLoss.empty()) line += QStringLiteral(", ") + Words::tr("loss %1 nats").arg(run.loss, 0, 'f', 4);
        printOut(line + QLatin1Char('\n'));
    }
    return kDone;
}

}  // namespace hs::app
