// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/steps.h"

namespace hs::session {

Error missingArgument(const char* what) { return Error::argument(what); }

Result<std::shared_ptr<const Prompt>> promptFor(const Model& model, const std::string& text, const std::vector<int>& ids,
                                                const Progress& progress, SpecialText special)
{
    const Tokenizer* tokenizer = model.tokenizer().get();
    if (ids.empty() && !tokenizer) return model.withoutTokenizer();
    auto prompt = ids.empty() ? makePrompt(*tokenizer, text, progress, special) : makePromptFromIds(tokenizer, ids, model.config().dVocab);
    if (!prompt) {
        Error error = prompt.error();
        if (error.file.empty() && error.code != ErrorCode::Cancelled) error.file = model.identity().path;
        return error;
    }
    return std::make_shared<const Prompt>(std::move(*prompt));
}

Result<std::shared_ptr<const Run>> rerun(const std::shared_ptr<const Run>& base, const ForwardOptions& options, const Progress& progress,
                                         const RunStage& onStage)
{
    const bool residualsKept = base->complete && !base->layerRuns.empty() && !base->layerRuns.front()->residPre.empty();
    if (residualsKept) return forwardFrom(base, options, progress, onStage);
    return forward(base->model, base->prompt, options, progress, onStage);
}

}  // namespace hs::session
