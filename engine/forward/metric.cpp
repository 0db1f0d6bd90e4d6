// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/metric.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "engine/forward/unembedding.h"

namespace hs {
namespace {

bool padded(const std::vector<bool>& padding, int p) { return !padding.empty() && padding[static_cast<std::size_t>(p)]; }

/// max + log of the sum of exponentials.
double logSumExp(const std::vector<float>& row)
{
    double top = -HUGE_VAL, sum = 0;
    for (const float x : row) top = std::max(top, static_cast<double>(x));
    for (const float x : row) sum += std::exp(static_cast<double>(x) - top);
    return top + std::log(sum);
}

/// The loss is that of targets.
bool byTargets(const Metric& metric, const Prompt& prompt) { return metric.kind == MetricKind::Loss && !prompt.targets.empty(); }

const Target* targetAt(const Prompt& prompt, int position)
{
    const auto it = std::find_if(prompt.targets.begin(), prompt.targets.end(), [&](const Target& t) { return t.position == position; });
    return it == prompt.targets.end() ? nullptr : &*it;
}

Result<double> valueAt(const Run& run, const Metric& metric, int position)
{
    if (metric.kind == MetricKind::LogitDifference) {
        std::vector<int> ids{metric.answer};
        if (metric.wrong >= 0) ids.push_back(metric.wrong);
        const auto logits = answerLogits(run, position, ids);
        if (!logits) return logits.error();
        return static_cast<double>(logits->front()) - (metric.wrong >= 0 ? static_cast<double>(logits->back()) : 0.0);
    }
    const auto row = run.logitsRow(position);
    if (!row) return row.error();
    const double lse = logSumExp(*row);
    if (metric.kind != MetricKind::Kl) {
        const double logProb = static_cast<double>((*row)[static_cast<std::size_t>(wantedAt(metric, *run.prompt, position))]) - lse;
        return metric.kind == MetricKind::Loss ? -logProb : logProb;
    }
    const auto other = metric.reference->logitsRow(position);
    if (!other) return other.error();
    const double otherLse = logSumExp(*other);
    double sum = 0;
    for (std::size_t i = 0; i < row->size(); ++i) {
        const double log0 = static_cast<double>((*other)[i]) - otherLse;
        sum += std::exp(log0) * (log0 - (static_cast<double>((*row)[i]) - lse));
    }
    return sum;
}

Status checkId(const char* item, int id, int vocabulary)
{
    if (id >= 0 && id < vocabulary) return {};
    return Error::of(ErrorCode::TokenOutOfRange, item, std::to_string(id), "0 .. " + std::to_string(vocabulary - 1));
}

/// The token that stands for exactly this text inside a longer one (" Paris", not "Paris"), when there is one and only one. Tokens
/// for single bytes ("<0x2C>") are what a vocabulary falls back on, no words of it.
std::optional<int> tokenOfText(const Tokenizer& tokenizer, int vocabulary, const std::string& text)
{
    int match = -1, matches = 0;
    for (int id = 0; id < std::min(vocabulary, tokenizer.vocabSize()); ++id)
        if (tokenizer.tokenBytes(id) == text && tokenizer.piece(id).rfind("<0x", 0) != 0) {
            match = id;
            ++matches;
        }
    return matches == 1 ? std::optional(match) : std::nullopt;
}

/// The text with a space in front, or without it, when that is one token.
std::optional<std::string> otherSpacing(const Tokenizer& tokenizer, int vocabulary, const std::string& text)
{
    const std::string other = text.starts_with(' ') ? text.substr(1) : ' ' + text;
    return !other.empty() && tokenOfText(tokenizer, vocabulary, other) ? std::optional(other) : std::nullopt;
}

}  // namespace

const char* metricName(MetricKind kind)
{
    switch (kind) {
    case MetricKind::Loss: return "loss";
    case MetricKind::LogitDifference: return "logit_diff";
    case MetricKind::LogProb: return "log_prob";
    case MetricKind::Kl: return "kl";
    }
    return "";
}

std::vector<int> metricPositions(const Metric& metric, const Prompt& prompt, const std::vector<bool>& padding)
{
    const int n = prompt.size();
    int last = n - 1;
    while (last > 0 && padded(padding, last)) --last;
    std::vector<int> out = metric.positions;
    for (int& p : out)
        if (p == -1) p = last;
    if (!out.empty()) return out;
    if (byTargets(metric, prompt)) {
        for (const Target& t : prompt.targets) out.push_back(t.position);
        return out;
    }
    switch (metric.kind) {
    case MetricKind::Loss:
        for (int p = 0; p + 1 < n; ++p)
            if (!padded(padding, p) && !padded(padding, p + 1)) out.push_back(p);
        break;
    case MetricKind::Kl:
        for (int p = 0; p < n; ++p)
            if (!padded(padding, p)) out.push_back(p);
        break;
    case MetricKind::LogitDifference: out = {last}; break;
    case MetricKind::LogProb: out = {metric.answer >= 0 ? last : last - 1}; break;
    }
    return out;
}

int wantedAt(const Metric& metric, const Prompt& prompt, int position)
{
    if (metric.kind == MetricKind::LogProb && metric.answer >= 0) return metric.answer;
    if (byTargets(metric, prompt))
        if (const Target* t = targetAt(prompt, position)) return t->id;
    return prompt.tokens[static_cast<std::size_t>(position + 1)].id;
}

std::vector<int> wantedIds(const Prompt& prompt, const std::vector<bool>& padding)
{
    const Metric loss;
    std::vector<int> out(prompt.tokens.size(), -1);
    for (const int p : metricPositions(loss, prompt, padding)) out[static_cast<std::size_t>(p)] = wantedAt(loss, prompt, p);
    return out;
}

Status checkTargets(const Model& model, const Prompt& prompt)
{
    for (const Target& t : prompt.targets) {
        if (t.position < 0 || t.position >= prompt.size())
            return Error::argument("position", std::to_string(t.position), "0 .. " + std::to_string(prompt.size() - 1));
        if (Status s = checkId("target", t.id, model.config().outputs()); !s) return s;
    }
    return {};
}

Error noNextToken(const Model& model)
{
    const ModelConfig& config = model.config();
    if (Status s = logitsAreSums(model); !s && config.predictsTokens()) return s.error();
    return Error::in(model.identity().path, ErrorCode::InvalidArgument, "d_vocab_out", std::to_string(config.outputs()),
                     std::to_string(config.dVocab));
}

Status checkMetric(const Metric& metric, const Model& model, const Prompt& prompt, const std::vector<bool>& padding)
{
    if (!model.canPredict()) return Error::in(model.identity().path, ErrorCode::ModelPartial, "unembed/W_U");
    const int n = prompt.size(), vocabulary = model.config().outputs();
    if (n == 0) return Error::of(ErrorCode::TextEmpty);
    const std::vector<int> positions = metricPositions(metric, prompt, padding);
    const bool targets = byTargets(metric, prompt);
    const bool next = (metric.kind == MetricKind::Loss && !targets) || (metric.kind == MetricKind::LogProb && metric.answer < 0);
    if (next && !model.config().predictsNext()) return noNextToken(model);
    const int last = next ? n - 2 : n - 1;
    if (positions.empty() || last < 0) return Error::argument("tokens", std::to_string(n), "2");
    for (const int p : positions)
        if (p < 0 || p > last || (targets && !targetAt(prompt, p)))
            return Error::argument("position", std::to_string(p), targets ? "a target" : "0 .. " + std::to_string(last));
    if (Status s = targets ? checkTargets(model, prompt) : Status(); !s) return s;
    if (metric.kind == MetricKind::LogitDifference)
        if (Status s = checkId("answer", metric.answer, vocabulary); !s) return s;
    if (metric.answer >= 0)
        if (Status s = checkId("answer", metric.answer, vocabulary); !s) return s;
    if (metric.wrong >= 0)
        if (Status s = checkId("wrong", metric.wrong, vocabulary); !s) return s;
    if (metric.kind != MetricKind::Kl) return {};
    if (!metric.reference || !metric.reference->complete) return Error::argument("reference");
    if (metric.reference->queries() != n)
        return Error::of(ErrorCode::PromptsDiffer, "reference", std::to_string(metric.reference->queries()), std::to_string(n));
    const int other = metric.reference->model->config().outputs();
    if (other != vocabulary)
        return Error::of(ErrorCode::VocabularyMismatch, "reference", std::to_string(other), std::to_string(vocabulary));
    return {};
}

Result<double> metricValue(const Run& run, const Metric& metric, const Progress& progress)
{
    if (!run.complete) return Error::argument("run");
    if (Status s = checkMetric(metric, *run.model, *run.prompt, run.padding); !s) return s.error();
    if (metric.kind == MetricKind::Loss && metric.positions.empty() && run.prompt->targets.empty() && !run.tokenLoss.empty())
        return run.loss;
    const std::vector<int> positions = metricPositions(metric, *run.prompt, run.padding);
    double sum = 0;
    for (const int p : positions) {
        if (progress.stopped()) return Error::cancelled();
        const auto value = valueAt(run, metric, p);
        if (!value) return value.error();
        sum += *value;
    }
    const double value = sum / static_cast<double>(positions.size());
    if (!std::isfinite(value)) return Error::of(ErrorCode::NotFinite, metricName(metric.kind), std::to_string(value));
    return value;
}

Result<std::vector<float>> answerLogits(const Run& run, int position, const std::vector<int>& ids, bool capped)
{
    if (!run.complete || position < 0 || position >= run.residFinal.rows())
        return Error::argument("position", std::to_string(position), "0 .. " + std::to_string(run.residFinal.rows() - 1));
    const auto made = unembedding(*run.model, {});
    if (!made) return made.error();
    std::vector<float> out;
    out.reserve(ids.size());
    const double cap = capped ? run.model->config().finalSoftcap : 0.0;
    if (!run.logits.empty() && (capped || run.model->config().finalSoftcap == 0)) {
        for (const int id : ids) {
            if (Status s = checkId("token", id, static_cast<int>(run.logits.cols())); !s) return s.error();
            out.push_back(run.logits(position, id));
        }
        return out;
    }
    const MatrixF x = finalNorm(*run.model, *made, std::as_const(run.residFinal).view().block(position, 0, 1, run.residFinal.cols()));
    for (const int id : ids) {
        if (Status s = checkId("token", id, static_cast<int>(made->vocabulary())); !s) return s.error();
        double sum = made->output->bU.empty() ? 0.0 : static_cast<double>(made->output->bU[static_cast<std::size_t>(id)]);
        for (std::ptrdiff_t i = 0; i < x.cols(); ++i)
            sum += static_cast<double>(x(0, i)) * static_cast<double>(made->tied() ? made->embedding->wE(id, i) : made->output->wU(i, id));
        out.push_back(static_cast<float>(cap > 0 ? cap * std::tanh(sum / cap) : sum));
    }
    return out;
}

Result<int> singleToken(const Model& model, const std::string& text, const char* item)
{
    const int vocabulary = model.config().outputs();
    if (text.size() > 1 && text[0] == '#') {
        int id = -1;
        const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), id);
        if (error == std::errc{} && end == text.data() + text.size()) {
            if (Status s = checkId(item, id, vocabulary); !s) return s.error();
            return id;
        }
    }
    if (!model.config().predictsTokens()) return noNextToken(model);
    const auto& tokenizer = model.tokenizer();
    if (!tokenizer) return model.withoutTokenizer(item);
    if (text.empty()) return Error::of(ErrorCode::TextEmpty, item);
    if (const auto id = tokenOfText(*tokenizer, vocabulary, text)) return *id;
    const auto tokens = tokenizer->encode(text);
    if (!tokens) {
        Error error = tokens.error();
        error.item = item;
        return error;
    }
    if (tokens->size() == 1) {
        if (Status s = checkId(item, tokens->front().id, vocabulary); !s) return s.error();
        return tokens->front().id;
    }
    std::string pieces;
    for (const Token& t : *tokens) {
        if (!pieces.empty()) pieces += " | ";
        pieces += t.piece;
    }
    const auto other = otherSpacing(*tokenizer, vocabulary, text);
    return Error::argument(item, pieces, other ? "\"" + *other + "\"" : "1 token");
}

}  // namespace hs
