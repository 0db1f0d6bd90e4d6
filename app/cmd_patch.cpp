// SPDX-License-Identifier: GPL-3.0-or-later
// headscope patch: activations of one prompt put into another, cell by cell, written to P.h5.
#include <cmath>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/commands.h"
#include "engine/analysis/causes/patching.h"
#include "engine/session/jobs/patching.h"
#include "engine/session/jobs/written.h"

namespace hs::app {
namespace {

struct PatchArguments : Arguments {
    std::string clean, corrupt, answer, wrong;
    std::string targets;  ///< a file: the metric is their loss
    std::vector<int> cleanTokens, corruptTokens;
    bool spellSpecial = false;
    Site site = Site::Z;
    std::optional<PatchAxes> axes;  ///< nothing: by head where the site has heads
    PatchDirection direction = PatchDirection::Denoise;
    std::string out;
};

std::string missing(const PatchArguments& a)
{
    if (!a.clean.empty() && !a.cleanTokens.empty()) return "give either --clean or --clean-tokens";
    if (!a.corrupt.empty() && !a.corruptTokens.empty()) return "give either --corrupt or --corrupt-tokens";
    if (a.clean.empty() && a.cleanTokens.empty()) return "patch needs --clean or --clean-tokens";
    if (a.corrupt.empty() && a.corruptTokens.empty()) return "patch needs --corrupt or --corrupt-tokens";
    if (a.answer.empty() && a.targets.empty()) return "patch needs --answer or --targets";
    if (!a.targets.empty() && !(a.answer.empty() && a.wrong.empty())) return "give either --answer or --targets";
    if (a.out.empty()) return "patch needs --out";
    if (a.axes && *a.axes != PatchAxes::LayerPosition && !isHeadSite(a.site))
        return "--site " + std::string(siteName(a.site)) + " goes with --by position";
    return {};
}

std::optional<PatchAxes> parseAxes(const std::string& name)
{
    if (name == "head") return PatchAxes::LayerHead;
    if (name == "position") return PatchAxes::LayerPosition;
    if (name == "head-position") return PatchAxes::LayerHeadPosition;
    return std::nullopt;
}

std::optional<PatchDirection> parseDirection(const std::string& name)
{
    if (name == "denoise") return PatchDirection::Denoise;
    if (name == "noise") return PatchDirection::Noise;
    return std::nullopt;
}

int patch(const PatchArguments& arguments)
{
    const std::string& path = arguments.files.front();
    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "patch", {}, {}}, path);

    PatchJob job;
    job.prompts.model = *model;
    job.prompts.cleanText = arguments.clean;
    job.prompts.corruptText = arguments.corrupt;
    job.prompts.cleanIds = arguments.cleanTokens;
    job.prompts.corruptIds = arguments.corruptTokens;
    job.prompts.special = arguments.spellSpecial ? SpecialText::Spell : SpecialText::Recognise;
    job.prompts.answer = arguments.answer;
    job.prompts.wrong = arguments.wrong;
    job.prompts.targetsFile = arguments.targets;
    job.options.site = arguments.site;
    job.options.direction = arguments.direction;
    job.options.axes = arguments.axes.value_or(isHeadSite(arguments.site) ? PatchAxes::LayerHead : PatchAxes::LayerPosition);
    const auto result = batch.get<PatchResult>(std::move(job));
    if (!result) return fail(result.error(), path);

    WritePatchJob write;
    write.path = arguments.out;
    write.pair = result->pair;
    write.targetsHash = result->targetsHash;
    write.map = result->map;
    const auto written = batch.get<WrittenResult>(std::move(write));
    if (!written) return fail(written.error(), arguments.out);
    const PatchMap& map = *result->map;
    if (!arguments.quiet) {
        const QString line = arguments.targets.empty() ? Words::tr("%1: logit difference %2 clean, %3 corrupted, %4 patches at %5")
                                                       : Words::tr("%1: loss %2 clean, %3 corrupted, %4 patches at %5");
        printOut(line.arg(QString::fromStdString(arguments.out))
                     .arg(map.clean, 0, 'f', 4)
                     .arg(map.corrupt, 0, 'f', 4)
                     .arg(map.done)
                     .arg(QString::fromLatin1(siteName(map.options.site)))
                 + QLatin1Char('\n'));
        if (!map.normalised())
            printOut((arguments.targets.empty()
                          ? Words::tr("Both prompts hardly differ: the file holds changes of the logit difference, not shares of it.")
                          : Words::tr("Both prompts hardly differ: the file holds changes of the loss, not shares of it."))
                     + QLatin1Char('\n'));
    }
    return kDone;
}

}  // namespace

CommandSpec patchCommand()
{
    const auto a = std::make_shared<PatchArguments>();
    CommandSpec spec;
    spec.name = "patch";
    spec.usage = {"FILE (--clean TEXT | --clean-tokens IDS) (--corrupt TEXT | --corrupt-tokens IDS) ",
                  "(--answer TOKEN [--wrong TOKEN] | --targets FILE) --out P.h5 [OPTION...]"};
    spec.call = "FILE ... --out P.h5";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "put activations of one prompt into another");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Puts activations of one prompt into the run of another, one layer and head or position at a time, and writes "
        "what each does to the\n"
        "answer's logit, or with --targets to the loss: /effect, 0 like the patched prompt, 1 like the other, with the metric "
        "itself\nin /value.");
    spec.examples = {
        "model.h5 --clean \"I saw a boy. I saw a\" --corrupt \"I saw a girl. I saw a\" --answer \" boy\" --wrong \" girl\" --out z.h5",
        "model.h5 --clean A --corrupt B --answer \"#403\" --site resid_pre --out resid.h5",
        "model.h5 --clean-tokens 3,1,2 --corrupt-tokens 3,1,4 --answer \"#1\" --out z.h5"};
    spec.options = {
        outOption(a->out),
        {"--clean", "TEXT", QT_TRANSLATE_NOOP("CommandLine", "the prompt with the right answer"), text(a->clean)},
        {"--corrupt", "TEXT", QT_TRANSLATE_NOOP("CommandLine", "the other prompt, of the same number of tokens"), text(a->corrupt)},
        {"--clean-tokens", "IDS", QT_TRANSLATE_NOOP("CommandLine", "the clean prompt as token ids, like 1,2,3; nothing is put before them"),
         numbers(a->cleanTokens)},
        {"--corrupt-tokens", "IDS", QT_TRANSLATE_NOOP("CommandLine", "the other prompt as token ids"), numbers(a->corruptTokens)},
        spellSpecialOption(a->spellSpecial),
        {"--answer", "TEXT", QT_TRANSLATE_NOOP("CommandLine", "the right answer, one token (with its space), or #ID"), text(a->answer)},
        {"--wrong", "TEXT", QT_TRANSLATE_NOOP("CommandLine", "the wrong answer: effects are of the difference of both logits"),
         text(a->wrong)},
        {"--targets", reads("FILE"),
         QT_TRANSLATE_NOOP("CommandLine",
                           "instead of an answer: effects are of the loss against these position:id pairs, like 5:12,6:3 (one line)"),
         text(a->targets)},
        maskPaddingOption(a->open),
        {"--site", "SITE",
         QT_TRANSLATE_NOOP("CommandLine",
                           "what is patched: resid_pre, resid_mid, resid_post, attn_out, mlp_out, z (default), q, k, v, pattern"),
         parsed(a->site, parseSite, "resid_pre, resid_mid, resid_post, attn_out, mlp_out, z, q, k, v or pattern")},
        {"--by", "AXES",
         QT_TRANSLATE_NOOP("CommandLine", "head, position or head-position: one patch each; by default head where the site has heads"),
         parsed(a->axes, parseAxes, "head, position or head-position")},
        {"--direction", "NAME", QT_TRANSLATE_NOOP("CommandLine", "denoise (default): clean into corrupt; noise: the other way"),
         parsed(a->direction, parseDirection, "denoise or noise")},
    };
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.run = [a] { return patch(*a); };
    return spec;
}

}  // namespace hs::app
