// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

std::optional<Sentences> causeSentences(const Error& error)
{
    if (error.code == ErrorCode::PromptsDiffer && error.item == "clean, corrupt")
        return Sentences{ErrorWords::tr("The prompts do not align"), ErrorWords::tr("The clean prompt has %2 tokens, the corrupted one %3."),
                         ErrorWords::tr("Both prompts need the same number of tokens."),
                         ErrorWords::tr("Change words until both have as many tokens, with the same roles at the same places.")};
    if (error.code == ErrorCode::InvalidArgument && (error.item == "answer" || error.item == "wrong") && error.expected == "1 token")
        return Sentences{ErrorWords::tr("An answer of several tokens"), ErrorWords::tr("This answer is split into tokens: %2. It must be one."),
                         ErrorWords::tr("An answer must be exactly one token."),
                         ErrorWords::tr("Take its first token, begin it with a space where it stands inside a text, or give an id like #403.")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "metric difference")
        return Sentences{ErrorWords::tr("The prompts give the same answer"), ErrorWords::tr("The metric differs by %2 only; shares of it need %3."),
                         ErrorWords::tr("The metric hardly differs between both prompts."),
                         ErrorWords::tr("Choose prompts with different answers, or read the changes as they are.")};
    return std::nullopt;
}

}  // namespace hs::ui
