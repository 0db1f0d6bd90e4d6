// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/error_sentences.h"

namespace hs::ui {

namespace {

/// What only encoders meet.
std::optional<Sentences> encoderSentences(const Error& error)
{
    if (error.item == "output_transform")
        return Sentences{ErrorWords::tr("A model that fills in words"),
                         ErrorWords::tr(
                             "This model's output says which token stands at each place, and reads it through a layer and a norm of "
                             "its own: there is no next token and no loss of one, and no logit is a sum over the residual stream."),
                         ErrorWords::tr("This model's output is of the place itself, not of the next token."),
                         ErrorWords::tr("Give targets for a loss (--targets), or look at attention.")};
    if (error.item == "embed/W_widen")
        return Sentences{ErrorWords::tr("Embeddings narrower than the stream"),
                         ErrorWords::tr(
                             "This model widens what it knows of a token after a norm: a row of its embedding is no vector of the "
                             "residual stream, and nothing can be read off it from weights alone."),
                         ErrorWords::tr("Rows of this model's embedding are no vectors of the residual stream."),
                         ErrorWords::tr("Use an analysis of prompts instead.")};
    if (error.item == "position scores")
        return Sentences{ErrorWords::tr("Scores of distances cannot be written"),
                         ErrorWords::tr(
                             "This model adds something to its scores for each distance, and HeadScope's own files have no place for it."),
                         ErrorWords::tr("HeadScope's own files have no place for scores of distances."),
                         ErrorWords::tr("Keep the file as it is.")};
    if (error.item == "token_types")
        return Sentences{ErrorWords::tr("Token types do not fit"),
                         ErrorWords::tr("The token types do not fit the prompt or the model: %2, and %3 is right."),
                         ErrorWords::tr("The token types do not fit the prompt or the model."),
                         ErrorWords::tr("Give one type for each token (--token-types 0,0,1), of those that the model has a row for.")};
    return std::nullopt;
}

}  // namespace

std::optional<Sentences> causeSentences(const Error& error)
{
    if (error.code == ErrorCode::InvalidArgument)
        if (auto sentences = encoderSentences(error)) return sentences;
    if (error.code == ErrorCode::PromptsDiffer && error.item == "clean, corrupt")
        return Sentences{ErrorWords::tr("The prompts do not align"),
                         ErrorWords::tr("The clean prompt has %2 tokens, the corrupted one %3."),
                         ErrorWords::tr("Both prompts need the same number of tokens."),
                         ErrorWords::tr("Change words until both have as many tokens, with the same roles at the same places.")};
    if (error.code == ErrorCode::InvalidArgument && (error.item == "answer" || error.item == "wrong") && error.expected == "1 token")
        return Sentences{ErrorWords::tr("An answer of several tokens"),
                         ErrorWords::tr("This answer is split into tokens: %2. It must be one."),
                         ErrorWords::tr("An answer must be exactly one token."),
                         ErrorWords::tr(
                             "Take its first token, begin it with a space where it stands inside a text, or give an id like #403.")};
    if (error.code == ErrorCode::InvalidArgument && (error.item == "answer" || error.item == "wrong") && error.expected.starts_with('"'))
        return Sentences{ErrorWords::tr("An answer of several tokens"),
                         ErrorWords::tr("This answer is split into tokens: %2. %3 is one token."),
                         ErrorWords::tr("An answer must be exactly one token."),
                         ErrorWords::tr("Mind the space: give the answer as the quotes have it, if that is meant.")};
    if (error.code == ErrorCode::TokenOutOfRange && error.expected.ends_with(" rows"))
        return Sentences{ErrorWords::tr("A token without an embedding"),
                         ErrorWords::tr("The token “%1” has the id %2, but the model's embedding has %3."),
                         ErrorWords::tr("The model's embedding has no row for a token of the prompt."),
                         ErrorWords::tr("Leave the token out, or choose the tokeniser this model was trained with (--tokenizer PATH).")};
    if (error.code == ErrorCode::VocabularyMismatch && error.expected.empty())
        return Sentences{ErrorWords::tr("The vocabulary lacks a character"),
                         ErrorWords::tr("At byte %1 of the text stands “%2”, for which this vocabulary has no token."),
                         ErrorWords::tr("The text holds something that this vocabulary has no token for."),
                         ErrorWords::tr("Leave it out, or choose another tokeniser (--tokenizer PATH).")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "d_vocab_out")
        return Sentences{ErrorWords::tr("This model predicts no tokens"),
                         ErrorWords::tr("A position of this model has %2 outputs, and there are %3 tokens: no output stands for the next "
                                        "token, so there is no loss and no text to go on with."),
                         ErrorWords::tr("The outputs of this model do not stand for tokens."),
                         ErrorWords::tr("Ask about outputs by their numbers (#0, #1), or look at attention alone.")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "metric difference")
        return Sentences{ErrorWords::tr("The prompts give the same answer"),
                         ErrorWords::tr("The metric differs by %2 only; shares of it need %3."),
                         ErrorWords::tr("The metric hardly differs between both prompts."),
                         ErrorWords::tr("Choose prompts with different answers, or read the changes as they are.")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "experiment heads")
        return Sentences{ErrorWords::tr("An experiment on another model"),
                         ErrorWords::tr("The experiment cut a model of %2 heads; this one has %3."),
                         ErrorWords::tr("The experiment belongs to a model with another number of heads."),
                         ErrorWords::tr("Open its model first, then the experiment.")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "experiment model")
        return Sentences{ErrorWords::tr("An experiment on another model"),
                         ErrorWords::tr("The experiment was made with %2; %3 is open, with other weights."),
                         ErrorWords::tr("The experiment was made with other weights."),
                         ErrorWords::tr("Open its model first, or use Compare with experiment to see both curves.")};
    if (error.code == ErrorCode::InvalidArgument && (error.item == "test text" || error.item == "calibration text") && error.found.empty())
        return Sentences{ErrorWords::tr("The texts have changed"),
                         error.item == "test text"
                             ? ErrorWords::tr("The test text is not the one that the experiment was begun on.")
                             : ErrorWords::tr("The calibration text is not the one that the experiment was begun on."),
                         ErrorWords::tr("A text is not the one that the experiment was begun on."),
                         ErrorWords::tr("Choose the same text, or begin a new experiment; what was measured is kept.")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "model" && error.found.empty() && error.expected.empty())
        return Sentences{ErrorWords::tr("An experiment on another model"), ErrorWords::tr("The experiment was begun with other weights."),
                         ErrorWords::tr("The experiment was begun with other weights."),
                         ErrorWords::tr("Go on with the model that it was begun with, or begin a new experiment.")};
    if (error.code == ErrorCode::InvalidArgument && error.item == "settings" && error.found.empty())
        return Sentences{ErrorWords::tr("Other settings than the experiment's"),
                         ErrorWords::tr("Orders, score, steps, ablation and seed are not those that the experiment was begun with."),
                         ErrorWords::tr("The settings are not those that the experiment was begun with."),
                         ErrorWords::tr("Take the same settings, or begin a new experiment; what was measured is kept.")};
    if (error.code == ErrorCode::UnknownLayout && error.found.empty() && !error.item.empty() && error.expected.empty())
        return Sentences{ErrorWords::tr("No known model layout"),
                         ErrorWords::tr("The tensor names are like those of no layout HeadScope knows: %1."),
                         ErrorWords::tr("The tensor names are like those of no layout HeadScope knows."),
                         ErrorWords::tr("Write the weights with the names of TransformerLens or Hugging Face GPT-2 or LLaMA, or in "
                                        "HeadScope's own layout.")};
    if (error.code == ErrorCode::UnknownLayout && error.item == "model_type")
        return Sentences{
            ErrorWords::tr("A family HeadScope does not compute"),
            ErrorWords::tr(
                "The configuration says %1 = %2. Its tensors have the names of %3, but its arithmetic is not known to be the same."),
            ErrorWords::tr("The model's family uses known names for arithmetic that is not known to be the same."),
            ErrorWords::tr("Open a model of a family that is listed under Formats in the manual.")};
    const bool inLine = error.item.starts_with("line ");
    if (error.code == ErrorCode::InvalidArgument && inLine && error.expected == "1,2,3")
        return Sentences{ErrorWords::tr("Not a list of token ids"),
                         ErrorWords::tr("In %1 stands “%2”, which is not a list of ids like %3."),
                         ErrorWords::tr("A line is not a list of ids."),
                         ErrorWords::tr("Write ids separated by commas, one prompt a line.")};
    if (error.code == ErrorCode::TokenOutOfRange && inLine)
        return Sentences{ErrorWords::tr("A token id is out of range"),
                         ErrorWords::tr("In %1 stands the id %2; this model's ids go from %3."),
                         ErrorWords::tr("A token id is not in the vocabulary."),
                         ErrorWords::tr("Correct the line, or choose the ids of this model.")};
    if (error.code == ErrorCode::TextEmpty && error.expected == "2 ids")
        return Sentences{ErrorWords::tr("No prompt in the file"), ErrorWords::tr("No line of the file has %3 or more."),
                         ErrorWords::tr("No line of the file is a prompt."),
                         ErrorWords::tr("Write ids separated by commas, one prompt a line.")};
    return std::nullopt;
}

}  // namespace hs::ui
