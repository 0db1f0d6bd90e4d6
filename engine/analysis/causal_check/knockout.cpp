// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causal_check/knockout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/forward/forward.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

using Edges = std::vector<std::pair<int, int>>;

/// Attention of one head that the edges hold, summed.
Result<double> massOn(const Run& run, HeadId head, const Edges& edges)
{
    const int n = run.queries();
    const auto map = run.tile(head, MapKind::Weights, 0, n, 0, n);
    if (!map) return map.error();
    double sum = 0;
    for (const auto& [query, key] : edges) sum += static_cast<double>((*map)(query, key));
    return sum;
}

int rowsOf(const Edges& edges)
{
    std::set<int> rows;
    for (const auto& edge : edges) rows.insert(edge.first);
    return static_cast<int>(rows.size());
}

struct Change {
    double output = 0;  ///< KL or share of the residual stream
    double loss = 0;
};

/// KL(p || q) of two rows of logits.
double divergence(const float* a, const float* b, std::ptrdiff_t n)
{
    double highA = -1e300, highB = -1e300, sumA = 0, sumB = 0, kl = 0;
    for (std::ptrdiff_t v = 0; v < n; ++v) {
        highA = std::max(highA, static_cast<double>(a[v]));
        highB = std::max(highB, static_cast<double>(b[v]));
    }
    for (std::ptrdiff_t v = 0; v < n; ++v) {
        const double p = std::exp(static_cast<double>(a[v]) - highA);
        sumA += p;
        sumB += std::exp(static_cast<double>(b[v]) - highB);
        kl += p * (static_cast<double>(a[v]) - highA - static_cast<double>(b[v]) + highB);
    }
    return std::max(0.0, kl / sumA - std::log(sumA) + std::log(sumB));
}

Result<Change> changeBetween(const Run& intact, const Run& cut, int first)
{
    Change c;
    const int n = intact.queries();
    int predictions = 0;
    for (int i = first; i < n; ++i) {
        if (intact.tokenLoss.empty()) {
            double square = 0, all = 0;
            for (std::ptrdiff_t k = 0; k < intact.residFinal.cols(); ++k) {
                const double x = static_cast<double>(intact.residFinal(i, k)), d = static_cast<double>(cut.residFinal(i, k)) - x;
                square += d * d;
                all += x * x;
            }
            c.output += all > 0 ? square / all : 0.0;
            continue;
        }
        if (!intact.logits.empty() && !cut.logits.empty()) {
            c.output += divergence(intact.logits.row(i), cut.logits.row(i), intact.logits.cols());
        } else {
            const auto a = intact.logitsRow(i), b = cut.logitsRow(i);
            if (!a) return a.error();
            if (!b) return b.error();
            c.output += divergence(a->data(), b->data(), static_cast<std::ptrdiff_t>(a->size()));
        }
        if (i + 1 < n) {
            c.loss += static_cast<double>(cut.tokenLoss[static_cast<std::size_t>(i)])
                      - static_cast<double>(intact.tokenLoss[static_cast<std::size_t>(i)]);
            ++predictions;
        }
    }
    c.output /= std::max(1, n - first);
    c.loss /= std::max(1, predictions);
    return c;
}

/// One knocked-out pass of a document.
struct Task {
    std::size_t question = 0;
    const Edges* edges = nullptr;
    bool control = false;
    Change change;
    double removed = 0;
    std::optional<Error> error;
};

/// Heads of the layer by turns; the head itself where it is alone.
HeadId otherHead(const Run& run, HeadId head, std::size_t document)
{
    const int heads = run.heads(head.layer);
    if (heads == 1) return head;
    const int step = 1 + static_cast<int>(document % static_cast<std::size_t>(heads - 1));
    return {head.layer, (head.head + step) % heads};
}

std::optional<Error> runTask(Task& task, const std::shared_ptr<const Run>& base, HeadId head, std::size_t document, std::uint64_t seed,
                             const Progress& progress)
{
    ForwardOptions options;
    options.keepResiduals = options.stats = false;
    const auto label = massOn(*base, head, *task.edges);
    if (!label) return label.error();
    if (task.control) {
        auto control = controlKnockout(*base, head, otherHead(*base, head, document), *task.edges, seed);
        if (!control) return control.error();
        const auto mass = massOn(*base, control->head, control->edges);
        if (!mass) return mass.error();
        task.removed = *mass;
        if (!control->edges.empty()) options.interventions = {*std::move(control)};
    } else {
        options.interventions = {knockOut(head, *task.edges)};
        task.removed = *label;
    }
    task.removed /= rowsOf(*task.edges);
    if (options.interventions.empty()) return std::nullopt;  // no other attention at all
    const auto cut = forwardFrom(base, options, progress);
    if (!cut) return cut.error();
    const auto change = changeBetween(*base, **cut, std::min_element(task.edges->begin(), task.edges->end())->first);
    if (!change) return change.error();
    task.change = *change;
    return std::nullopt;
}

double medianOf(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// Median of the differences and its interval, documents drawn with replacement.
void bootstrap(std::vector<double> differences, const KnockoutOptions& options, std::uint64_t part, KnockoutAnswer& answer)
{
    if (differences.size() < 2) return;
    SeededRandom random(options.seed, part);
    std::vector<double> medians(static_cast<std::size_t>(options.draws)), drawn(differences.size());
    for (double& median : medians) {
        for (double& d : drawn) d = differences[static_cast<std::size_t>(random.below(differences.size()))];
        median = medianOf(drawn);
    }
    std::sort(medians.begin(), medians.end());
    answer.low = medians[static_cast<std::size_t>(0.025 * static_cast<double>(medians.size()))];
    answer.high = medians[static_cast<std::size_t>(0.975 * static_cast<double>(medians.size()))];
    answer.difference = medianOf(differences);
}

}  // namespace

Result<Intervention> controlKnockout(const Run& run, HeadId head, HeadId other, const std::vector<std::pair<int, int>>& edges,
                                     std::uint64_t seed)
{
    const int n = run.queries();
    const auto labelled = run.tile(head, MapKind::Weights, 0, n, 0, n), map = run.tile(other, MapKind::Weights, 0, n, 0, n);
    if (!labelled) return labelled.error();
    if (!map) return map.error();
    std::map<int, std::vector<int>> rows;
    for (const auto& [query, key] : edges) rows[query].push_back(key);
    Intervention out = knockOut(other, {});
    SeededRandom random(seed);
    double carried = 0;  // what the rows before took too little
    for (const auto& [query, keys] : rows) {
        const KeyRange seen = run.visible(other.layer, query);
        double wanted = carried, taken = 0;
        for (const int key : keys) wanted += static_cast<double>((*labelled)(query, key));
        std::vector<int> cells;
        for (int key = seen.first; key < seen.end; ++key)
            if (other != head || std::find(keys.begin(), keys.end(), key) == keys.end()) cells.push_back(key);
        random.shuffle(cells);
        int left = seen.size();
        for (const int key : cells) {
            const double weight = static_cast<double>((*map)(query, key));
            // Half a cell too much is as near as half a cell too little.
            if (left <= 1 || taken + weight / 2 > wanted) continue;
            --left;
            taken += weight;
            out.edges.emplace_back(query, key);
        }
        // A head that is alone may have no more to give: that is no debt of later rows.
        carried = other == head ? std::min(0.0, wanted - taken) : wanted - taken;
    }
    return out;
}

Result<std::vector<KnockoutAnswer>> checkKnockouts(const std::shared_ptr<const Model>& model,
                                                   const std::vector<std::shared_ptr<const Prompt>>& prompts,
                                                   const std::vector<KnockoutQuestion>& questions, const KnockoutOptions& options,
                                                   const Progress& progress)
{
    const Progress inner(progress.token(), {});
    std::vector<KnockoutAnswer> answers(questions.size());
    std::vector<std::vector<double>> differences(questions.size());
    ForwardOptions whole;
    whole.stats = false;
    for (std::size_t s = 0; s < prompts.size(); ++s) {
        progress.report(Stage::LabelCauses, static_cast<std::int64_t>(s), static_cast<std::int64_t>(prompts.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        std::vector<Task> tasks;
        for (std::size_t q = 0; q < questions.size(); ++q)
            for (const DocumentEdges& d : questions[q].documents)
                if (d.document == s && !d.edges.empty())
                    for (const bool control : {false, true}) {
                        Task task;
                        task.question = q;
                        task.edges = &d.edges;
                        task.control = control;
                        tasks.push_back(std::move(task));
                    }
        if (tasks.empty()) continue;
        const auto base = forward(model, prompts[s], whole, inner);
        if (!base) return base.error();
        // Questions about late layers are cheap, those about early ones long: the long ones first.
        std::stable_sort(tasks.begin(), tasks.end(),
                         [&](const Task& a, const Task& b) { return questions[a.question].head.layer < questions[b.question].head.layer; });
        parallelFor(tasks.size(), [&](std::size_t i) {
            Task& task = tasks[i];
            task.error = progress.stopped()
                             ? std::optional<Error>(Error::cancelled())
                             : runTask(task, *base, questions[task.question].head, s, options.seed + 0x10001 * s + task.question, inner);
        });
        for (const Task& task : tasks)
            if (task.error) return *task.error;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            const Task& task = tasks[i];
            KnockoutAnswer& answer = answers[task.question];
            if (task.control) {
                answer.control += task.change.output;
                answer.controlLossChange += task.change.loss;
                answer.controlRemoved += task.removed;
                // Tasks of one question stand side by side, the label's first.
                differences[task.question].push_back(tasks[i - 1].change.output - task.change.output);
            } else {
                answer.effect += task.change.output;
                answer.lossChange += task.change.loss;
                answer.removed += task.removed;
                ++answer.documents;
            }
        }
    }
    for (std::size_t q = 0; q < answers.size(); ++q) {
        KnockoutAnswer& a = answers[q];
        if (a.documents == 0) continue;
        for (double* mean : {&a.effect, &a.control, &a.lossChange, &a.controlLossChange, &a.removed, &a.controlRemoved})
            *mean /= a.documents;
        bootstrap(differences[q], options, q, a);
        a.confirmed = a.documents >= 2 && a.low > 0 && a.effect >= options.leastEffect;
    }
    return answers;
}

}  // namespace hs
