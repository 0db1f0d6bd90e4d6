// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causal_check/cause_checker.h"

#include <algorithm>
#include <map>

#include "engine/analysis/causal_check/knockout.h"
#include "engine/analysis/labels/label_kinds.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/synthetic/repeats.h"
#include "engine/analysis/synthetic/run_documents.h"

namespace hs {
namespace {

using Prompts = std::vector<std::shared_ptr<const Prompt>>;
using Edges = std::vector<std::pair<int, int>>;

/// Longest document that is knocked out: the cost grows with it and the answer does not.
constexpr int kLongest = 96;

Edges edgesOf(const TargetList& targets)
{
    Edges out;
    for (const RowTargets& row : targets)
        for (const int key : row.keys) out.emplace_back(row.query, key);
    return out;
}

/// Labels that are measured on repeated tokens by targets of their own: the same edges are knocked out.
struct MeasuredTargets {
    LabelKind kind;
    TargetList (*targets)(const SyntheticDocument&, MaskKind);
};
constexpr MeasuredTargets kMeasured[] = {
    {LabelKind::PreviousToken,
     [](const SyntheticDocument& d, MaskKind) { return offsetTargets(static_cast<int>(d.ids.size()), -1, d.begin + 1); }},
    {LabelKind::NextToken, [](const SyntheticDocument& d, MaskKind) { return offsetTargets(static_cast<int>(d.ids.size()), 1, d.begin); }},
    {LabelKind::DuplicateToken, [](const SyntheticDocument& d, MaskKind mask) { return duplicateTargets(d.ids, d.begin, mask); }},
    {LabelKind::Induction, [](const SyntheticDocument& d, MaskKind) { return inductionTargets(d.ids, d.begin); }},
};

/// Does the label describe attention that documents show?
bool knockable(const CauseRequest& request)
{
    const LabelKindInfo& kind = labelKind(request.label.kind);
    return (kind.targets || kind.needles) && request.data != DataKind::Weights;
}

/// The three kinds of documents that labels are found on, made when a request asks for them.
class Documents {
public:
    Documents(const DetectorInput& input, int count) : m_input(input), m_count(count), m_vocabulary(syntheticVocabulary(*input.model)) {}

    Prompts prompts;

    /// Documents and edges of a request; empty when there is nothing to knock out.
    std::vector<DocumentEdges> edges(const CauseRequest& request)
    {
        if (!knockable(request)) return {};
        if (labelKind(request.label.kind).needles) return needles();
        if (request.data == DataKind::Synthetic) return repeats(request);
        return text(request);
    }

private:
    std::vector<DocumentEdges> repeats(const CauseRequest& request)
    {
        const ModelConfig& config = m_input.model->config();
        if (m_repeats.empty()) {
            const int copy = copyLength(m_vocabulary, syntheticContext(config), 2);
            if (copy < kLeastCopy) return {};
            for (int s = 0; s < m_count; ++s)
                m_repeats.push_back(
                    {add(repeatedTokens(m_vocabulary, copy, 2, m_input.seed, s)), repeatedTokens(m_vocabulary, copy, 2, m_input.seed, s)});
        }
        const auto* own = std::find_if(std::begin(kMeasured), std::end(kMeasured),
                                       [&](const MeasuredTargets& m) { return m.kind == request.label.kind; });
        std::vector<DocumentEdges> out;
        for (const auto& [place, d] : m_repeats) {
            if (own != std::end(kMeasured)) out.push_back({place, edgesOf(own->targets(d, config.mask))});
            else out.push_back({place, described(request, annotated(place))});  // found on other random tokens
        }
        return out;
    }
    std::vector<DocumentEdges> needles()
    {
        const int context = syntheticContext(m_input.model->config());
        std::vector<DocumentEdges> out;
        if (std::min(context, m_vocabulary.size()) < leastNeedleContext()) return out;
        for (int s = 0; s < m_count; ++s) {
            const NeedleDocument d = keyValueNeedle(m_vocabulary, context, m_input.seed, s, m_count, true);
            if (static_cast<int>(m_needles.size()) <= s) m_needles.push_back(add(d));
            Edges edges;
            const std::vector<int> rows = d.emitting();
            for (int t = 0; t < d.values; ++t) edges.emplace_back(rows[static_cast<std::size_t>(t)], d.needle + 1 + t);
            out.push_back({m_needles[static_cast<std::size_t>(s)], std::move(edges)});
        }
        return out;
    }
    std::vector<DocumentEdges> text(const CauseRequest& request)
    {
        std::vector<DocumentEdges> out;
        if (!m_input.corpus || m_input.corpus->size() == 0 || !hasTargetSet(request.label)) return out;
        const bool causal = !m_input.model->config().looksAhead();
        if (m_text.empty()) {
            // Spread over the corpus.
            const int size = m_input.corpus->size(), count = std::min(m_count, size);
            for (int s = 0; s < count; ++s) {
                AnnotatedDocument d = m_input.corpus->document(static_cast<int>(static_cast<long>(s) * size / count));
                if (d.size() > kLongest) cut(d, causal);
                prompts.push_back(std::make_shared<const Prompt>(d.prompt));
                m_text.push_back({prompts.size() - 1, std::move(d)});
            }
        }
        for (const auto& [place, d] : m_text) out.push_back({place, described(request, d)});
        return out;
    }
    AnnotatedDocument annotated(std::size_t place) const
    {
        AnnotatedDocument d;
        d.prompt = *prompts[place];
        annotate(d, !m_input.model->config().looksAhead());
        return d;
    }
    /// What targetKeys() says of every row.
    Edges described(const CauseRequest& request, const AnnotatedDocument& d) const
    {
        const Visibility mask = m_input.model->config().visibility(request.head.layer);
        Edges edges;
        if (!hasTargetSet(request.label)) return edges;
        std::vector<int> keys;
        for (int i = 0; i < d.size(); ++i) {
            if (d.isReference[static_cast<std::size_t>(i)]) continue;
            keys.clear();
            targetKeys(request.label, request.variant, d, i, mask, keys);
            // A row that can see nothing else has nothing to fall back on.
            if (static_cast<int>(keys.size()) >= mask.keys(i, d.size()).size()) continue;
            for (const int key : keys) edges.emplace_back(i, key);
        }
        return edges;
    }
    static void cut(AnnotatedDocument& d, bool causal)
    {
        d.prompt.tokens.resize(kLongest);
        const std::vector<long> frequency(d.frequency.begin(), d.frequency.begin() + kLongest);
        const std::vector<int> rank(d.rank.begin(), d.rank.begin() + kLongest);
        annotate(d, causal);
        d.frequency = frequency;
        d.rank = rank;
    }
    std::size_t add(const SyntheticDocument& d)
    {
        prompts.push_back(promptOf(d, m_input.model->tokenizer().get()));
        return prompts.size() - 1;
    }

    const DetectorInput& m_input;
    int m_count = 0;
    SyntheticVocabulary m_vocabulary;
    std::vector<std::pair<std::size_t, SyntheticDocument>> m_repeats;
    std::vector<std::size_t> m_needles;
    std::vector<std::pair<std::size_t, AnnotatedDocument>> m_text;
};

/// Fewer say nothing about an interval.
constexpr int kLeastDocuments = 8;

/// What each request costs in one document: the label's attention and another head's, from its layer on.
double workOf(const Model& model, const CauseRequest& request) { return 2 * passWork(model, kLongest, true, request.head.layer); }

}  // namespace

KnockoutPlan knockoutPlan(const Model& model, const LabelPreset& preset, const std::vector<CauseRequest>& requests)
{
    KnockoutPlan plan;
    plan.reached.assign(requests.size(), false);
    const double budget = preset.value("attention-knockout.work") * kWorkUnit;
    const double intact = 2 * passWork(model, kLongest, true);  // of each document: made ones and text
    double all = intact;
    for (const CauseRequest& request : requests)
        if (knockable(request)) all += workOf(model, request);
    plan.documents = affordable(budget, all, static_cast<int>(preset.value("attention-knockout.documents")), kLeastDocuments);
    // The strongest of each kind, then the second of each: one common kind does not take everything.
    std::map<std::string, std::vector<std::size_t>> kinds;
    for (std::size_t i = 0; i < requests.size(); ++i)
        if (knockable(requests[i])) kinds[labelName(requests[i].label)].push_back(i);
    for (auto& [name, members] : kinds)
        std::stable_sort(members.begin(), members.end(),
                         [&](std::size_t a, std::size_t b) { return requests[a].score > requests[b].score; });
    plan.work = plan.documents * intact;
    bool more = !kinds.empty();
    for (std::size_t round = 0; more; ++round) {
        more = false;
        for (const auto& [name, members] : kinds) {
            if (round >= members.size()) continue;
            const double work = plan.documents * workOf(model, requests[members[round]]);
            // All of them at the wanted number of documents: a sum of another order must not drop the last one.
            if (plan.work + work > budget * (1 + 1e-9)) continue;
            plan.work += work;
            plan.reached[members[round]] = true;
            more = true;
        }
    }
    return plan;
}

const AnalysisEntry& knockoutEntry()
{
    static const AnalysisEntry entry{"attention-knockout",
                                     "Knockout of the attention a label describes",
                                     "Geva et al. 2023, arXiv:2304.14767; own control",
                                     {AnalysisInput::Synthetic, AnalysisInput::Text},
                                     "two partial forward passes of 20 documents for each awarded label, within a budget",
                                     {},
                                     {{"attention-knockout.documents", 20, 8, 100, "documents in which attention is knocked out", "own"},
                                      {"attention-knockout.work", 1.5, 1e-3, 1e6,
                                       "10^12 multiply-adds: fewer documents and labels beyond that, the strongest of each kind first",
                                       "own"},
                                      {"attention-knockout.effect", 1e-4, 0, 1, "least mean change of the prediction, in nats", "own"}},
                                     "attention from ids"};
    return entry;
}

Result<std::vector<CauseOutcome>> checkCausesByKnockout(const DetectorInput& input, const std::vector<CauseRequest>& requests,
                                                        const Progress& progress)
{
    std::vector<CauseOutcome> out(requests.size());
    if (!input.model->canRun()) return out;
    const KnockoutPlan plan = knockoutPlan(*input.model, *input.preset, requests);
    Documents documents(input, plan.documents);
    std::vector<KnockoutQuestion> questions;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        questions.push_back({requests[i].head, {}});
        if (plan.reached[i]) questions.back().documents = documents.edges(requests[i]);
        else out[i].left = knockable(requests[i]);
    }
    KnockoutOptions options;
    options.seed = input.seed;
    options.leastEffect = input.parameter("attention-knockout.effect");
    const auto answers = checkKnockouts(input.model, documents.prompts, questions, options, progress);
    if (!answers) return answers.error();
    for (std::size_t i = 0; i < out.size(); ++i) {
        const KnockoutAnswer& a = (*answers)[i];
        if (a.documents < 2) continue;
        out[i] = {
            a.confirmed ? LabelCause::Confirmed : LabelCause::PatternOnly, a.difference, a.low, a.high, "attention-knockout", a.documents};
    }
    return out;
}

}  // namespace hs
