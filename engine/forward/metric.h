// SPDX-License-Identifier: GPL-3.0-or-later
// One number that says how well a run did what we ask about; every causal analysis and the backward pass start from it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/forward/run.h"

namespace hs {

enum class MetricKind {
    Loss,             ///< mean of -log p over positions, nats: of the prompt's targets, or of the next token where it has none
    LogitDifference,  ///< mean over positions of logit(answer) - logit(wrong)
    LogProb,          ///< mean over positions of log p(answer)
    Kl,               ///< mean over positions of KL(p_reference || p), nats
};

struct Metric {
    MetricKind kind = MetricKind::Loss;
    /// Positions whose prediction counts (-1: the last). Empty: for Loss those of the prompt's targets, or all that predict a next
    /// token (padding left out); all that are not padding for Kl; the last otherwise.
    std::vector<int> positions;
    int answer = -1;  ///< token id, or output number of a model with other outputs; LogProb with -1: the prompt's own next token
    int wrong = -1;   ///< LogitDifference; -1: the logit of the answer alone
    std::shared_ptr<const Run> reference;  ///< Kl: same number of positions and the same vocabulary
};

/// "loss", "logit_diff", "log_prob", "kl".
const char* metricName(MetricKind kind);

/// Positions that count, none negative; see Metric::positions.
std::vector<int> metricPositions(const Metric& metric, const Prompt& prompt, const std::vector<bool>& padding);
/// The id whose probability counts after a position that checkMetric let pass, for Loss and LogProb.
int wantedAt(const Metric& metric, const Prompt& prompt, int position);
/// What a loss measures: the prompt's targets, or the tokens that follow. -1 for positions that do not count: [n].
std::vector<int> wantedIds(const Prompt& prompt, const std::vector<bool>& padding);

/// TokenOutOfRange (item "target") or InvalidArgument (item "position") for a target that the prompt or the model's outputs do not hold.
Status checkTargets(const Model& model, const Prompt& prompt);
/// Why a model whose logits do not stand for the next token has no next-token loss: InvalidArgument (item = d_vocab_out, found = outputs,
/// expected = tokens; item = output_transform where they are of the token at the position itself).
Error noNextToken(const Model& model);

/// ModelPartial (no output layer), InvalidArgument as noNextToken says, TokenOutOfRange (answer, wrong), InvalidArgument (positions, no
/// reference, no target at a position), TextTooLong (no next token to predict), PromptsDiffer (reference of another length), errors of
/// checkTargets.
Status checkMetric(const Metric& metric, const Model& model, const Prompt& prompt, const std::vector<bool>& padding);

/// Value of the metric on a complete run; logits that the run did not keep are computed for the metric's positions only.
Result<double> metricValue(const Run& run, const Metric& metric, const Progress& progress = {});

/// Logits of a few tokens after `position`: the final norm of one row and one product for each id. `capped` false: before the model's
/// soft cap, where they are still a sum of what the residual stream holds.
Result<std::vector<float>> answerLogits(const Run& run, int position, const std::vector<int>& ids, bool capped = true);

/// Ids of one token each that the texts " Paris" and " Rome" stand for. InvalidArgument with item "answer" or "wrong" when a text is
/// not exactly one token (found: the pieces, expected: "1 token", or in quotes the same word with or without its space where that is
/// one); TokenizerMissing, or why the tokeniser that is there cannot be read. A text "#403" is the id 403, and the only way to name an
/// output of a model whose logits do not stand for tokens (noNextToken).
Result<int> singleToken(const Model& model, const std::string& text, const char* item);

}  // namespace hs
