// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/tokenise.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const TokeniseJob& job, const ContextOf<TokeniseJob>& context)
{
    if (!job.model) return missingArgument("model");
    auto prompt = promptFor(*job.model, job.text, {}, context.progress, job.special);
    if (!prompt) return prompt.error();
    context.publish(TokeniseResult{job.text, job.special, std::move(*prompt)});
    return {};
}

}  // namespace hs::session
