// SPDX-License-Identifier: GPL-3.0-or-later
// headscope convert: any readable model to the native layout.
#include "app/batch.h"
#include "app/command.h"
#include "app/commands.h"
#include "engine/session/jobs/write.h"
#include "engine/session/jobs/written.h"

namespace hs::app {
namespace {

int convert(const Arguments& arguments)
{
    const std::string& in = arguments.files[0];
    const std::string& out = arguments.files[1];

    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, in);
    if (!opened) return fail(opened.error(), in);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, in, "convert", {}, {}}, in);
    const auto written = batch.get<WrittenResult>(WriteModelJob{out, *model});
    if (!written) return fail(written.error(), out);
    if (!arguments.quiet)
        printOut(Words::tr("%1: %2 tensors, layout native").arg(QString::fromStdString(out)).arg((*model)->tensors().size())
                 + QLatin1Char('\n'));
    return kDone;
}

}  // namespace

CommandSpec convertCommand()
{
    const auto a = std::make_shared<Arguments>();
    CommandSpec spec;
    spec.name = "convert";
    spec.usage = {"IN OUT.h5 [OPTION...]"};
    spec.call = "IN OUT.h5";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "write any readable model in HeadScope's own layout");
    spec.about =
        QT_TRANSLATE_NOOP("CommandLine", "Writes any readable model in HeadScope's own layout, with configuration and tokeniser inside.");
    spec.examples = {"tf_model.h5 gpt2.h5", "weights.h5 model.h5 --config config.json --tokenizer vocab-folder"};
    spec.files = {reads("IN"), writes("OUT.h5")};
    spec.arguments = a;
    spec.run = [a] { return convert(*a); };
    return spec;
}

}  // namespace hs::app
