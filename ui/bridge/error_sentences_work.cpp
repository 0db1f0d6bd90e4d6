// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

std::optional<Sentences> workSentences(ErrorCode code)
{
    switch (code) {
    case ErrorCode::TokenOutOfRange:
        return Sentences{ErrorWords::tr("A token id is out of range"), ErrorWords::tr("Token id %2 does not exist; ids go from %3."),
                         ErrorWords::tr("A token id is not in the vocabulary."), ErrorWords::tr("Correct the list of ids.")};
    case ErrorCode::TextEmpty:
        return Sentences{ErrorWords::tr("Nothing to run"), ErrorWords::tr("The text is empty."), ErrorWords::tr("The text is empty."),
                         ErrorWords::tr("Type a sentence, or give token ids.")};
    case ErrorCode::TextTooLong:
        return Sentences{ErrorWords::tr("The text is too long for this model"),
                         ErrorWords::tr("The text has %2 tokens; the model reads at most %3."),
                         ErrorWords::tr("The text has more tokens than the model reads at once."), ErrorWords::tr("Shorten the text.")};
    case ErrorCode::TextNotUtf8:
        return Sentences{ErrorWords::tr("The text is not valid UTF-8"), ErrorWords::tr("The bytes at %1 are no UTF-8 text."),
                         ErrorWords::tr("Some bytes are no UTF-8 text."), ErrorWords::tr("Save the text as UTF-8.")};
    case ErrorCode::JsonInvalid:
        return Sentences{ErrorWords::tr("The JSON is not valid"), ErrorWords::tr("The JSON cannot be read at %1: %2."),
                         ErrorWords::tr("The JSON cannot be read."), ErrorWords::tr("Correct the file, or get it again.")};
    case ErrorCode::DumpInvalid:
        return Sentences{ErrorWords::tr("The attention dump is not valid"), ErrorWords::tr("In the dump, %1 is %2; %3 was expected."),
                         ErrorWords::tr("The attention dump lacks something or contradicts itself."),
                         ErrorWords::tr("Write the dump again with attentions [layer, head, query, key] and one token for each query.")};
    case ErrorCode::RowsNotNormalised:
        return Sentences{ErrorWords::tr("Attention rows do not sum to 1"), ErrorWords::tr("The row at %1 sums to %2 instead of %3."),
                         ErrorWords::tr("Some rows of the attention do not sum to 1."),
                         ErrorWords::tr("Store attention weights after the softmax, without dropout and without padding.")};
    case ErrorCode::ModelPartial:
        return Sentences{ErrorWords::tr("The model is not complete"), ErrorWords::tr("The file lacks %1, so this model cannot run text."),
                         ErrorWords::tr("The file lacks parts, so this model cannot run text."),
                         ErrorWords::tr("Open a complete file; what needs only the weights that are there still works.")};
    case ErrorCode::NeedsWeights:
        return Sentences{ErrorWords::tr("This needs the model's weights"),
                         ErrorWords::tr("%1 needs the model's weights, and this file holds attention only."),
                         ErrorWords::tr("This needs the model's weights, and this file holds attention only."),
                         ErrorWords::tr("Open the model itself.")};
    case ErrorCode::HeadOutOfRange:
        return Sentences{ErrorWords::tr("No such head"), ErrorWords::tr("There is no head %1: the model has %3."),
                         ErrorWords::tr("The model has no such head."),
                         ErrorWords::tr("Choose a head like L0H0; layers and heads count from 0.")};
    case ErrorCode::PromptsDiffer:
        return Sentences{ErrorWords::tr("The prompts differ"), ErrorWords::tr("The tokens differ at %1: %2 and %3."),
                         ErrorWords::tr("The two runs do not have the same tokens."), ErrorWords::tr("Run both on the same text.")};
    case ErrorCode::OutOfMemory:
        return Sentences{ErrorWords::tr("Not enough memory"), ErrorWords::tr("There is not enough memory: %3 are needed and %2 are free."),
                         ErrorWords::tr("There is not enough memory for this."),
                         ErrorWords::tr("Shorten the text, close other programs, or use a smaller model.")};
    case ErrorCode::Cancelled:
        return Sentences{ErrorWords::tr("Cancelled"), ErrorWords::tr("The work was cancelled during %1."),
                         ErrorWords::tr("The work was cancelled."),
                         ErrorWords::tr("Start it again when you like; finished parts are kept.")};
    case ErrorCode::InvalidArgument:
        return Sentences{ErrorWords::tr("A value is not allowed"), ErrorWords::tr("%1 cannot be %2; it can be %3."),
                         ErrorWords::tr("A value is not allowed here."), ErrorWords::tr("Correct the value and try again.")};
    case ErrorCode::Internal:
        return Sentences{ErrorWords::tr("A fault in HeadScope"), ErrorWords::tr("Something happened that should not: %2."),
                         ErrorWords::tr("Something happened that should not."),
                         ErrorWords::tr("Your files are unchanged; please report this with what you did.")};
    default: break;
    }
    return std::nullopt;
}

}  // namespace hs::ui
