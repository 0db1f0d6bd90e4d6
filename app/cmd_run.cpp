// SPDX-License-Identifier: GPL-3.0-or-later
// headscope run: a prompt through a model, everything written to RUN.h5.
#include <cmath>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/commands.h"
#include "engine/io/write/run_room.h"
#include "engine/session/jobs/run.h"
#include "engine/session/jobs/tokenise.h"
#include "engine/session/jobs/write.h"
#include "engine/session/jobs/written.h"

namespace hs::app {
namespace {

struct RunArguments : Arguments, PromptChoice {
    std::vector<int> types;
    std::string out;
    bool float16 = false;
};

std::string missing(const RunArguments& a)
{
    if (promptsGiven(a) > 1) return "give one of --text, --text-file and --tokens";
    if (promptsGiven(a) == 0) return "run needs --text, --text-file or --tokens";
    if (a.out.empty()) return "run needs --out FILE";
    return {};
}

int runPrompt(const RunArguments& arguments)
{
    const std::string& path = arguments.files.front();
    auto text = promptText(arguments);
    if (!text) return fail(text.error(), arguments.textFile);

    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "run", {}, {}}, path);

    RunJob job;
    job.model = *model;
    job.options.stats = false;
    job.options.keepResiduals = false;
    WriteRunJob write;
    write.path = arguments.out;
    write.options.float16 = arguments.float16;
    int tokens = static_cast<int>(arguments.tokens.size());
    if (tokens == 0 && (*model)->tokenizer()) {
        const auto split = batch.get<TokeniseResult>(TokeniseJob{*model, *text, arguments.special()});
        if (!split) return fail(split.error(), path);
        tokens = split->prompt->size();
    }
    if (const Status room = checkRunRoom(**model, tokens, job.options, write.path, write.options); !room) return fail(room.error(), path);

    job.text = std::move(*text);
    job.ids = arguments.tokens;
    job.types = arguments.types;
    job.special = arguments.special();
    const auto result = batch.get<RunResult>(std::move(job));
    if (!result) return fail(result.error(), path);
    const Run& run = *result->run;

    write.runs = {result->run};
    const auto written = batch.get<WrittenResult>(std::move(write));
    if (!written) return fail(written.error(), arguments.out);
    if (!arguments.quiet) {
        QString line =
            Words::tr("%1: %2 tokens, %3 layers").arg(QString::fromStdString(arguments.out)).arg(run.queries()).arg(run.layers());
        if (!std::isnan(run.loss) && !run.tokenLoss.empty())
            line += QStringLiteral(", ") + Words::tr("loss %1 nats").arg(run.loss, 0, 'f', 4);
        printOut(line + QLatin1Char('\n'));
    }
    return kDone;
}

}  // namespace

CommandSpec runCommand()
{
    const auto a = std::make_shared<RunArguments>();
    CommandSpec spec;
    spec.name = "run";
    spec.usage = {"FILE (--text TEXT | --text-file FILE | --tokens IDS) --out RUN.h5 [OPTION...]"};
    spec.call = "FILE ... --out RUN.h5";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "run a text, write attention, logits and head outputs");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Runs a prompt and writes an attention dump with tokens, ids, attentions, logits [n, V] and z [L, n, H, d_head]; of a model "
        "without an output layer the last hidden states, hidden [n, d].");
    spec.examples = {"model.h5 --text \"Once upon a time\" --out run.h5", "model.h5 --tokens 1,403,407 --out run.h5 --float16",
                     "gpt2.h5 --config n_heads=12 --config act_fn=gelu_new --text Hello --out run.h5"};
    spec.options = joined(
        promptOptions(*a),
        Options{outOption(a->out),
                maskPaddingOption(a->open),
                {"--token-types", "TYPES",
                 QT_TRANSLATE_NOOP("CommandLine", "type (segment) of each token, like 0,0,1,1; 0 for all by default"), numbers(a->types)},
                {"--float16", nullptr, QT_TRANSLATE_NOOP("CommandLine", "half the size: write 16-bit numbers"), toggle(a->float16)}});
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.run = [a] { return runPrompt(*a); };
    return spec;
}

}  // namespace hs::app
