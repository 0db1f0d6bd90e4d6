// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

std::optional<Sentences> modelSentences(ErrorCode code)
{
    switch (code) {
    case ErrorCode::TensorMissing:
        return Sentences{ErrorWords::tr("A tensor is missing"), ErrorWords::tr("Tensor %1 is not in the file."),
                         ErrorWords::tr("The file lacks a tensor that the model needs."),
                         ErrorWords::tr("Open a complete file, or write this one again with all tensors.")};
    case ErrorCode::ShapeMismatch:
        return Sentences{ErrorWords::tr("A shape does not fit"), ErrorWords::tr("%1 has %2 numbers; %3 were expected."),
                         ErrorWords::tr("An array has another shape than the configuration says."),
                         ErrorWords::tr("Take the settings that belong to these weights, or write the file again.")};
    case ErrorCode::RankMismatch:
        return Sentences{ErrorWords::tr("A tensor has the wrong number of dimensions"),
                         ErrorWords::tr("%1 has %2 dimensions; %3 were expected."),
                         ErrorWords::tr("An array has another number of dimensions than expected."),
                         ErrorWords::tr("Write the tensor again in the expected form.")};
    case ErrorCode::DtypeUnsupported:
        return Sentences{ErrorWords::tr("A number type is not supported"), ErrorWords::tr("%1 is stored as %2; HeadScope reads %3."),
                         ErrorWords::tr("An array is stored in a number type HeadScope does not read."),
                         ErrorWords::tr("Write the tensor as float16, bfloat16, float32 or float64.")};
    case ErrorCode::NotFinite:
        return Sentences{ErrorWords::tr("Not a number among the values"), ErrorWords::tr("%1 contains %2, which is no finite number."),
                         ErrorWords::tr("Some value is infinite or not a number."),
                         ErrorWords::tr("Use another checkpoint; in half precision, numbers above 65504 become infinite.")};
    case ErrorCode::NumberOutOfRange:
        return Sentences{ErrorWords::tr("A number is out of range"), ErrorWords::tr("%1 is %2; numbers here can be %3."),
                         ErrorWords::tr("A number is larger than the file's format allows."),
                         ErrorWords::tr("Get the file from its source again, or write it again with that number in range.")};
    case ErrorCode::StorageInvalid:
        return Sentences{ErrorWords::tr("A dataset is stored in an impossible way"),
                         ErrorWords::tr("The storage of %1 makes no sense: %2."),
                         ErrorWords::tr("The way a dataset is stored makes no sense."),
                         ErrorWords::tr("Write the file again as plain, contiguous datasets.")};
    case ErrorCode::ConfigMissing:
        return Sentences{ErrorWords::tr("The configuration is not complete"), ErrorWords::tr("Nothing says what %1 is."),
                         ErrorWords::tr("The file does not say how the model is built."),
                         ErrorWords::tr(
                             "Give it yourself: --config KEY=VALUE, --config config.json, or the configuration card in the window.")};
    case ErrorCode::ConfigInvalid:
        return Sentences{ErrorWords::tr("A configuration value is not valid"), ErrorWords::tr("%1 cannot be “%2”; it can be %3."),
                         ErrorWords::tr("A configuration value is not valid."),
                         ErrorWords::tr("Get the settings from their source again; what you gave yourself, give differently.")};
    case ErrorCode::ConfigContradiction:
        return Sentences{ErrorWords::tr("Configuration and weights disagree"), ErrorWords::tr("%1 is given as %2, but the rest says %3."),
                         ErrorWords::tr("The configuration contradicts itself or the shapes of the weights."),
                         ErrorWords::tr(
                             "Take the settings that belong to these weights; what you gave yourself, give differently or leave out.")};
    case ErrorCode::ConfigUnknownKey:
        return Sentences{ErrorWords::tr("Unknown configuration key"), ErrorWords::tr("There is no configuration key “%1”."),
                         ErrorWords::tr("There is no such configuration key."),
                         ErrorWords::tr("Use the keys that “headscope info FILE” lists.")};
    case ErrorCode::HeadsGuessed:
        return Sentences{ErrorWords::tr("How many heads has this model?"),
                         ErrorWords::tr("Neither the file nor its settings say %1; %2 is a guess from the shapes, and nothing is computed "
                                        "for each head from a guess."),
                         ErrorWords::tr("The number of heads is a guess from the shapes, and nothing is computed for each head from it."),
                         ErrorWords::tr("Say how many heads a layer has: --config n_heads=N.")};
    case ErrorCode::VocabularyMismatch:
        return Sentences{ErrorWords::tr("Vocabulary and model do not fit"),
                         ErrorWords::tr("The tokeniser has %2 tokens; the model knows %3."),
                         ErrorWords::tr("The tokeniser has more tokens than the model knows."),
                         ErrorWords::tr("Prompts that hold one of the others are refused. Choose the tokeniser this model was trained with "
                                        "(--tokenizer PATH), if there is another.")};
    case ErrorCode::TokenizerMissing:
        return Sentences{ErrorWords::tr("No tokeniser found"),
                         ErrorWords::tr("No tokeniser lies in the file or beside it (%1), so text cannot be turned into tokens."),
                         ErrorWords::tr("No tokeniser lies in the file or beside it, so text cannot be turned into tokens."),
                         ErrorWords::tr("Put tokenizer.json, tokenizer.model, vocab.json with merges.txt, or vocabulary.json beside it, "
                                        "name one with --tokenizer PATH, or give token ids.")};
    case ErrorCode::TokenizerUnsupported:
        return Sentences{ErrorWords::tr("This kind of tokeniser is not supported"),
                         ErrorWords::tr("The tokeniser uses %1 of kind “%2”, which HeadScope cannot follow exactly."),
                         ErrorWords::tr("The tokeniser uses steps HeadScope cannot follow exactly."),
                         ErrorWords::tr("Give token ids instead, or a tokeniser of another kind.")};
    case ErrorCode::TokenizerInvalid:
        return Sentences{ErrorWords::tr("The tokeniser file is not valid"), ErrorWords::tr("In the tokeniser, %1 is %2; %3 was expected."),
                         ErrorWords::tr("The tokeniser file is not what it should be."),
                         ErrorWords::tr("Get the tokeniser file again, or name another one with --tokenizer PATH.")};
    default: break;
    }
    return std::nullopt;
}

}  // namespace hs::ui
