// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_controller.h"

#include <algorithm>
#include <cmath>

#include "engine/io/write/write.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/run_pace.h"
#include "ui/prune/prune_texts.h"
#include "ui/state/cut_values.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {

constexpr int kSettleMs = 60;
constexpr int kDraws = 4;
constexpr int kMostStepsForOne = 64;  // heads: beyond, the curve goes by several heads a step

/// What a head that is off writes is the same under both.
bool sameValues(const PruneSettings& a, const PruneSettings& b)
{
    return a.ablation == b.ablation && a.calibration == b.calibration && (a.ablation != AblationKind::Resample || a.seed == b.seed);
}

}  // namespace

PruneController::PruneController(const ViewContext& context, PruneBench* bench, const QString& folder, QObject* parent)
    : QObject(parent), m_c(context), m_bench(bench), m_folder(folder),
      m_live(context.bridge, tr("Switch heads"), QStringLiteral("prune-live")),
      m_alone(context.bridge, tr("Importance of heads"), QStringLiteral("prune-alone")),
      m_next(context.bridge, tr("Importance of heads"), QStringLiteral("prune-next")),
      m_sets(context.bridge, tr("Switch sets of heads off"), QStringLiteral("prune-sets")),
      m_pairs(context.bridge, tr("Switch sets of heads off"), QStringLiteral("prune-pairs")),
      m_curve(context.bridge, tr("Pruning experiment"), QStringLiteral("prune-curve")),
      m_measureValues(context.bridge, tr("Mean outputs of heads"), QStringLiteral("prune-values")),
      m_write(context.bridge, tr("Write pruned model"), QStringLiteral("prune-write"))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &PruneController::refresh);
    connectAnswers();
    connect(m_bench, &PruneBench::settingsChanged, this, [this] {
        cancel();
        m_error.reset();
        if (!sameValues(m_valuesFor, m_bench->settings())) {
            m_measureValues.forget();  // its answer would be of other values
            m_values.reset();
            // Views keep what they show, and say so, until the new values are there.
            if (m_bench->settings().ablation == AblationKind::Zero) m_c.project->cuts()->set(nullptr);
        }
        m_settle.start();
        Q_EMIT stateChanged();
    });
    connect(m_bench, &PruneBench::cutsChanged, this, [this] {
        hasValues();
        askLive();
        m_settle.start();
        Q_EMIT stateChanged();
    });
    connect(m_c.project, &Project::modelChanged, this, [this] {
        cancel();
        m_measureValues.forget();
        m_values.reset();
        m_error.reset();
        m_settle.start();
        Q_EMIT stateChanged();
    });
    connect(m_c.project, &Project::sourceChanged, this, [this] {
        const PromptEntry* entry = m_c.project->current();
        if (m_bench->live() && (!entry || m_bench->live()->base != entry->baseRun)) {
            m_bench->forgetLive();
        }
        askLive();
        if (!m_bench->alone() && !m_alone.busy()) m_settle.start();  // the first run comes before any sweep
    });
}

void PruneController::connectAnswers()
{
    const auto here = [this](const std::shared_ptr<const Model>& model) { return model == m_c.project->model(); };
    m_live.onAnswer([this](const LiveSwitchResult& result) {
        m_switchSeconds = result.seconds;
        m_bench->setLive(result);
    });
    m_alone.onAnswer([this, here](const ImportanceResult& result) {
        if (here(result.model)) m_bench->setAlone(result.table);
    });
    m_next.onAnswer([this, here](const ImportanceResult& result) {
        if (here(result.model)) m_bench->setNext(m_nextFor, result.table);
    });
    m_sets.onAnswer([this, here](const SetAblationResult& result) {
        if (here(result.model) && result.ablation == m_bench->settings().ablation) m_bench->addSets(result.sets);
    });
    m_pairs.onAnswer([this, here](const SetAblationResult& result) {
        if (here(result.model) && result.ablation == m_bench->settings().ablation) m_bench->setPairs(result.pairs, m_pairHeads);
    });
    m_measureValues.onAnswer([this, here](const AblationValuesResult& result) {
        if (!here(result.model)) return;
        m_values = result.values;
        m_c.project->cuts()->set(m_values, m_valuesFor.calibration);
    });
    m_curve.onAnswer([this, here](const PruningCurveResult& result) {
        if (here(result.model)) m_bench->setCurve(result.curve);
    });
    m_write.onAnswer([this](const WritePrunedResult& result) { Q_EMIT prunedWritten(result); });
    for (OneAsk* ask : std::initializer_list<OneAsk*>{&m_live, &m_alone, &m_next, &m_sets, &m_pairs, &m_measureValues, &m_curve, &m_write})
        follow(ask);
    connect(&m_measureValues, &OneAsk::ended, this, [this](const JobEnded& end) {
        if (end.state == JobState::Done) askLive();
    });
    connect(&m_curve, &OneAsk::ended, this, [this](const JobEnded& end) {
        if (end.state == JobState::Done) applyBudget();
    });
}

void PruneController::follow(OneAsk* ask)
{
    if (ask != &m_live && ask != &m_sets && ask != &m_measureValues)
        connect(ask, &OneAsk::progress, this, [this](double fraction, const QString& words) { Q_EMIT progress(words, fraction); });
    connect(ask, &OneAsk::ended, this, [this, ask](const JobEnded& end) {
        if (end.state == JobState::Failed && end.error) {
            // A state that does not fit stops nothing else.
            const bool misfit = ask == &m_curve && m_bench->curve() && end.error->code == ErrorCode::InvalidArgument;
            if (ask != &m_write && !misfit) m_error = end.error;
            Q_EMIT failed(errorText(*end.error), *end.error);
        }
        Q_EMIT stateChanged();
    });
}

bool PruneController::measuringScores() const
{
    return std::any_of(m_scores.begin(), m_scores.end(), [](const auto& entry) { return entry.second->busy(); });
}

bool PruneController::busy() const
{
    return m_curve.busy() || m_alone.busy() || m_next.busy() || m_sets.busy() || m_measureValues.busy() || m_pairs.busy()
           || measuringScores();
}

QString PruneController::needsWeights()
{
    return tr("This file holds attention only: heads can be switched off in a model with its weights.");
}

QString PruneController::needsOutput()
{
    return tr(
        "This model has no output layer: it predicts nothing, so there is no loss that could change. Open the full model, with its output "
        "layer.");
}

QString PruneController::obstacle() const
{
    const auto& model = m_c.project->model();
    if (!model) return m_c.project->dump() ? needsWeights() : tr("Open a model first.");
    if (!model->canRun()) return tr("This file cannot run text, so no loss can be measured.");
    if (!model->canPredict()) return needsOutput();
    if (model->config().outputTransform)
        return tr("This model fills in the word at each place, and sees it: there is no loss of next words to measure heads with.");
    for (const PruneText* text : {&m_bench->settings().test, &m_bench->settings().calibration})
        if (!model->tokenizer() && text->source != PruneText::Source::Tokens)
            return tr(
                "This model brings no tokeniser, so text cannot become its tokens. Choose files of token ids (separated by commas, one "
                "prompt a line) as test and calibration text. Switching heads and the prompt's numbers work without.");
        else if (!textRequest(*text, m_folder).given()) return tr("No text to measure on: choose a file.");
    // A path at the end of a sentence takes no full stop: the next step begins a line of its own.
    if (m_error) return errorText(*m_error).what + QLatin1Char(m_error->file.empty() ? ' ' : '\n') + errorText(*m_error).next;
    return {};
}

bool PruneController::canMeasure() const { return m_active && obstacle().isEmpty(); }

void PruneController::setActive(bool active)
{
    if (active == m_active) return;
    m_active = active;
    if (active) {
        askLive();
        m_settle.start();
    }
}

void PruneController::askLive()
{
    const PromptEntry* entry = m_c.project->current();
    if (!m_active || !entry || !entry->baseRun || !entry->baseRun->complete || !entry->baseRun->model->canPredict()
        || entry->baseRun->model->config().outputTransform)
        return;
    const auto cut = m_bench->cuts();
    if (m_bench->live() && m_bench->live()->base == entry->baseRun && m_bench->live()->cut == cut) return;
    if (!hasValues()) return;
    LiveSwitchJob job;
    job.base = entry->baseRun;
    job.cut = cut;
    job.values = m_values;
    m_live.start(std::move(job));
}

bool PruneController::hasValues()
{
    const PruneSettings& s = m_bench->settings();
    if (s.ablation == AblationKind::Zero || (m_values && sameValues(m_valuesFor, s))) return true;
    if (m_measureValues.busy() || !(m_active || !m_bench->cuts().empty()) || !obstacle().isEmpty()) return false;
    AblationValuesJob job;
    job.model = m_c.project->model();
    job.calibration = textRequest(s.calibration, m_folder);
    job.ablation = s.ablation;
    job.options.draws = kDraws;
    job.options.seed = s.seed;
    job.options.dataName = job.calibration.name;
    m_valuesFor = s;
    m_measureValues.start(std::move(job));
    Q_EMIT stateChanged();
    return false;
}

void PruneController::refresh()
{
    hasValues();
    askLive();
    if (!canMeasure()) return Q_EMIT stateChanged();
    const PromptEntry* entry = m_c.project->current();
    if (entry && !entry->sample && !(entry->baseRun && entry->baseRun->complete) && !entry->text.isEmpty())
        return;  // the prompt comes first
    askAlone();
    askSets();
    askNext();
    Q_EMIT stateChanged();
}

ImportanceJob PruneController::importanceOfEach() const
{
    ImportanceJob job;
    job.model = m_c.project->model();
    job.text = textRequest(m_bench->settings().calibration, m_folder);
    job.calibration = job.text;
    job.options.kind = exactKind(m_bench->settings().ablation);
    job.options.draws = kDraws;
    job.options.seed = m_bench->settings().seed;
    return job;
}

void PruneController::askAlone()
{
    if (m_bench->alone() || m_alone.busy()) return;
    m_alone.start(importanceOfEach());
}

void PruneController::askNext()
{
    const auto cuts = m_bench->cuts();
    if (cuts.empty() || int(cuts.size()) >= m_bench->headCount() || m_bench->nextBest()) return;
    if (m_next.busy() && m_nextFor == cuts) return;
    ImportanceJob job = importanceOfEach();
    job.options.resamples = 0;
    for (const HeadId head : cuts) job.options.cut.push_back({head, 0.0f, -1});
    m_nextFor = cuts;
    m_next.start(std::move(job));
}

SetAblationJob PruneController::ablationOnTest() const
{
    SetAblationJob job;
    job.model = m_c.project->model();
    job.text = textRequest(m_bench->settings().test, m_folder);
    job.calibration = textRequest(m_bench->settings().calibration, m_folder);
    job.ablation = m_bench->settings().ablation;
    job.options.draws = kDraws;
    job.options.seed = m_bench->settings().seed;
    return job;
}

void PruneController::askSets()
{
    const auto missing = m_bench->missingSets();
    if (missing.empty()) return;
    SetAblationJob job = ablationOnTest();
    job.sets = missing;
    m_sets.start(std::move(job));
}

void PruneController::measurePairs(const std::vector<HeadId>& heads)
{
    if (m_pairs.busy() || heads.size() < 2 || !obstacle().isEmpty()) return;
    SetAblationJob job = ablationOnTest();
    job.pairs = heads;
    m_pairHeads = int(heads.size());
    m_pairs.start(std::move(job));
    Q_EMIT stateChanged();
}

void PruneController::cancelPairs() { m_pairs.cancel(); }

double PruneController::curveCost() const
{
    const auto& model = m_c.project->model();
    if (!model) return 0;
    const PruneSettings& s = m_bench->settings();
    const PromptEntry* entry = m_c.project->current();
    const double one = passSeconds(*model, s.test.length, entry ? entry->baseRun.get() : nullptr);
    const double heads = m_bench->headCount(), steps = heads <= kMostStepsForOne ? heads : heads / std::ceil(heads / 40.0);
    // Greedy tries every head left at each step, half of them on average, and recomputes half of the layers.
    return one * (0.25 * heads * steps * s.calibration.passages + 0.6 * steps * (s.randomOrders + 2) * s.test.passages);
}

void PruneController::measureCurve()
{
    if (m_curve.busy() || !obstacle().isEmpty()) return;
    const PruneSettings& s = m_bench->settings();
    PruningCurveJob job;
    job.model = m_c.project->model();
    job.calibration = textRequest(s.calibration, m_folder);
    job.test = textRequest(s.test, m_folder);
    job.spec.score = s.score.value_or(exactKind(s.ablation));
    job.spec.recompute = s.recompute;
    job.spec.orders = s.orders;
    job.spec.orders.push_back(OrderKind::Random);
    job.spec.randomSeeds = s.randomOrders;
    job.spec.seed = s.seed;
    const int heads = m_bench->headCount();
    job.spec.stepHeads = s.stepHeads > 0 ? s.stepHeads : heads <= kMostStepsForOne ? 1 : (heads + 39) / 40;
    job.spec.ablation = s.ablation;
    job.spec.draws = kDraws;
    job.modelHash = m_c.project->modelHash().toStdString();
    if (const auto& begun = m_bench->curve(); begun && !begun->complete) {
        job.resume = begun;  // a cancelled or opened one goes on where it ended, by its own settings
        job.spec = begun->spec;
        if (job.modelHash.empty() || begun->data.modelHash.empty()) job.modelHash = begun->data.modelHash;
    }
    m_curve.start(std::move(job));
    Q_EMIT stateChanged();
}

void PruneController::measureScores()
{
    if (!obstacle().isEmpty() || measuringScores()) return;
    for (const ImportanceKind kind : importanceKinds()) {
        if (m_bench->scores().contains(kind) || kind == ImportanceKind::AblationUniform) continue;
        if (ablationOf(kind) && kind != exactKind(m_bench->settings().ablation)) continue;
        ImportanceJob job;
        job.model = m_c.project->model();
        if (needsText(kind)) job.text = textRequest(m_bench->settings().calibration, m_folder);
        job.options.kind = kind;
        job.options.seed = m_bench->settings().seed;
        auto& ask = m_scores[kind];
        if (!ask) {
            ask = std::make_unique<Ask<ImportanceJob>>(m_c.bridge, tr("Importance of heads"),
                                                       QStringLiteral("prune-score-") + QString::fromStdString(importanceName(kind)));
            ask->onAnswer([this](const ImportanceResult& result) {
                if (result.model == m_c.project->model()) m_bench->setScore(result.table);
            });
            follow(ask.get());
        }
        ask->start(std::move(job));
    }
    Q_EMIT stateChanged();
}

void PruneController::cancel()
{
    for (OneAsk* ask : std::initializer_list<OneAsk*>{&m_alone, &m_next, &m_sets, &m_curve, &m_measureValues, &m_write, &m_pairs})
        ask->cancel();
    for (const auto& [kind, ask] : m_scores) ask->cancel();
    m_budget.reset();
}

void PruneController::toggle(HeadId head) { m_c.project->switchHead(head, !m_c.project->isOff(head)); }

void PruneController::cutNextBest()
{
    const auto best = m_bench->nextBest();
    if (best) m_c.project->switchHead(best->head, true);
}

void PruneController::cutTo(int headsOff, int gesture)
{
    const auto& curve = m_bench->curve();
    const PruningSeries* series = m_bench->leading();
    if (!curve || !series) return;
    const int point = PruneBench::pointAt(*curve, *series, headsOff);
    if (point < 0) return;
    m_c.project->setOffHeads(series->cutAt(std::size_t(point)), tr("set %1 heads off").arg(headsOff), gesture);
}

void PruneController::restoreAll() { m_c.project->setOffHeads({}, tr("restore all heads")); }

void PruneController::invert()
{
    std::vector<HeadId> off;
    for (const HeadId head : m_bench->allHeads())
        if (!m_c.project->isOff(head)) off.push_back(head);
    m_c.project->setOffHeads(off, tr("invert the cut"));
}

void PruneController::cutWithin(double percent)
{
    m_budget = percent;
    const PruningSeries* series = m_bench->leading();
    if (series && series->complete) return applyBudget();
    measureCurve();
}

void PruneController::applyBudget()
{
    const PruningSeries* series = m_bench->leading();
    if (!m_budget || !series) return;
    const auto choice = withinBudget(*series, *m_budget);
    m_budget.reset();
    if (!choice) return;
    m_c.project->setOffHeads(choice->cut, tr("prune to a budget"));
    Q_EMIT budgetReached(int(choice->cut.size()), choice->loss);
}

void PruneController::writePruned(const QString& path)
{
    if (m_write.busy() || !m_c.project->model()) return;
    if (m_bench->settings().ablation == AblationKind::Mean && !hasValues()) {
        // Never a file that writes zero where means were asked for.
        const Error waits = Error::in(path.toStdString(), ErrorCode::InvalidArgument, "means");
        Q_EMIT failed({tr("The means are not measured yet"),
                       tr("What a cut head writes on average is still being measured on the calibration text."),
                       tr("Try again in a moment.")},
                      waits);
        return askLive();
    }
    WritePrunedJob job;
    job.path = path.toStdString();
    job.model = m_c.project->model();
    job.cut = m_bench->cuts();
    if (m_bench->settings().ablation == AblationKind::Mean) job.values = m_values;
    if (const PromptEntry* entry = m_c.project->current(); entry && entry->run) job.check = entry->run->prompt;
    const PruningSeries* leading = m_bench->leading();
    const bool byOrder =
        leading && job.cut.size() <= leading->cut.size() && std::equal(job.cut.begin(), job.cut.end(), leading->cut.begin());
    job.score = byOrder ? orderName(leading->order) : "chosen in the pruning bench";
    job.modelHash = m_c.project->modelHash().toStdString();
    m_write.start(std::move(job));
    Q_EMIT stateChanged();
}

}  // namespace hs::ui
