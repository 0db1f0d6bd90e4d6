// SPDX-License-Identifier: GPL-3.0-or-later
// Lists that are read line by line, and what only the user can say.
#include "engine/io/store/adapter.h"
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

std::optional<Sentences> lineSentences(const Error& error)
{
    if (error.code == ErrorCode::ConfigMissing && error.item == "pad_token_id")
        return Sentences{ErrorWords::tr("No padding token"),
                         ErrorWords::tr(
                             "Neither the settings (%1) nor the tokeniser of this model name a padding token that could be hidden."),
                         ErrorWords::tr("The model has no padding token that could be hidden."),
                         ErrorWords::tr("Leave out --mask-padding, or name the token: --config pad_token_id=N.")};
    if (error.code == ErrorCode::UnknownLayout && asksForAdapter(error))
        return Sentences{ErrorWords::tr("An adapter changes this model"),
                         ErrorWords::tr("Beside the weights lies an adapter that changes what they compute (%1 in %2), and nothing says "
                                        "whether it is meant."),
                         ErrorWords::tr("An adapter beside the weights changes what they compute, and nothing says whether it is meant."),
                         ErrorWords::tr("Merge it with --adapter FOLDER, or take the weights alone with --adapter none.")};
    if (asksForAdapter(error))
        return Sentences{ErrorWords::tr("An adapter HeadScope does not merge"),
                         ErrorWords::tr("The adapter has “%2” at %1; HeadScope merges LoRA with %3."),
                         ErrorWords::tr("The adapter is not one that HeadScope merges."),
                         ErrorWords::tr("Merge it with the program that made it, or take the weights alone with --adapter none.")};
    if (!error.item.starts_with("line ")) return std::nullopt;
    if (error.code == ErrorCode::TextTooLong)
        return Sentences{ErrorWords::tr("A prompt is too long for its targets"),
                         ErrorWords::tr("In %1 stands a prompt of %2 tokens; with targets it is read whole, and %3 are the most."),
                         ErrorWords::tr("A prompt with targets is read whole, and this one is too long."),
                         ErrorWords::tr("Shorten the prompt, or raise --length if the model reads more.")};
    if (error.code != ErrorCode::InvalidArgument) return std::nullopt;
    if (error.expected == "5:12,6:3")
        return Sentences{ErrorWords::tr("Not a list of targets"),
                         error.found.empty() ? ErrorWords::tr("In %1 stands nothing; targets look like %3.")
                                             : ErrorWords::tr("In %1 stands “%2”, which is not a list of targets like %3."),
                         ErrorWords::tr("A line is not a list of targets."),
                         ErrorWords::tr("Write position:id pairs with commas, one line a prompt, each position once.")};
    if (error.expected.ends_with(" lines"))
        return Sentences{ErrorWords::tr("Prompts and targets do not pair up"),
                         ErrorWords::tr("The targets have %2 lines, the prompts %3; at %1 they part."),
                         ErrorWords::tr("There is not one line of targets for each prompt."),
                         ErrorWords::tr("Write one line of targets for each line of prompts, in the same order.")};
    if (error.expected.starts_with("0 .. "))
        return Sentences{ErrorWords::tr("A target outside of its prompt"),
                         ErrorWords::tr("In %1 stands the position %2; those of its prompt are %3."),
                         ErrorWords::tr("A target's position lies outside of its prompt."),
                         ErrorWords::tr("Count positions from 0, and correct the line.")};
    if (error.expected == "1,2,3" && error.found.empty())
        return Sentences{ErrorWords::tr("A prompt is missing"), ErrorWords::tr("In %1 stands no prompt; with targets every line is one."),
                         ErrorWords::tr("A line holds no prompt, and with targets every line is one."),
                         ErrorWords::tr("Write the ids of a prompt there, or take out the line in both files.")};
    return std::nullopt;
}

}  // namespace hs::ui
