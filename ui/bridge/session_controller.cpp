// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/session_controller.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/state/cut_values.h"
#include "ui/state/head_losses.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

constexpr int kPreviewDelayMs = 120;   // a head crossed with the arrow keys is not worth a run
constexpr int kPreviewRows = 4;

/// Ids typed as text, for models without a tokeniser: "1, 2 3".
std::vector<int> idsInText(const QString& text)
{
    static const QRegularExpression only(QStringLiteral("^[\\s,;0-9]*$"));
    if (!only.match(text).hasMatch()) return {};
    std::vector<int> ids;
    const QStringList parts = text.split(QRegularExpression(QStringLiteral("[\\s,;]+")), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        bool ok = false;
        const int id = part.toInt(&ok);
        if (!ok) return {};
        ids.push_back(id);
    }
    return ids;
}

}  // namespace

SessionController::SessionController(const ViewContext& context, QObject* parent)
    : QObject(parent), m_c(context), m_losses(new HeadLosses(this))
{
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(kPreviewDelayMs);
    connect(&m_previewTimer, &QTimer::timeout, this, &SessionController::askPreview);

    EngineBridge* bridge = m_c.bridge;
    connect(bridge, &EngineBridge::opened, this, &SessionController::opened);
    connect(bridge, &EngineBridge::jobEnded, this, &SessionController::ended);
    connect(bridge, &EngineBridge::ablationReady, this, &SessionController::ablationReady);
    connect(bridge, &EngineBridge::jobProgress, this, [this](const JobProgress& p) {
        if (p.job && (p.job == m_openJob || p.job == m_runJob || p.job == m_baseJob)) Q_EMIT progress(p.report, p.secondsLeft);
    });
    connect(bridge, &EngineBridge::runUpdated, this, [this](JobId job, const RunResult& result) {
        const auto it = m_runPrompt.find(job);
        if (it != m_runPrompt.end()) m_c.project->setRun(it->second, result.run);
    });
    connect(bridge, &EngineBridge::hashReady, this, [this](JobId job, const HashResult& result) {
        if (job == m_hashJob) m_c.project->setHash(QString::fromStdString(result.sha256));
    });
    connect(bridge, &EngineBridge::parityReady, this, [this](JobId job, const ParityResult& result) {
        if (job == m_parityJob && result.model == m_c.project->model()) m_c.project->setParity(result.report);
    });
    connect(bridge, &EngineBridge::continued, this, [this](JobId job, const ContinueResult& result) {
        if (job == m_continueJob) m_continued = result;
    });

    Project* project = m_c.project;
    connect(project, &Project::sourceChanged, this, [this] {
        m_losses->clear();
        if (m_measureJob) m_c.bridge->cancel(m_measureJob);
        m_previewTimer.start();
    });
    connect(project, &Project::currentChanged, this, [this] {
        m_runError.reset();
        const PromptEntry* entry = m_c.project->current();
        const bool fresh = entry && entry->run && entry->run->complete && CutValues::of(*m_c.project)->inForce(*entry->run);
        if (entry && !entry->sample && !fresh) run();
        Q_EMIT runStateChanged();
    });
    connect(project, &Project::interventionsChanged, this, [this] {
        if (m_c.project->current() && !m_c.project->current()->sample && m_c.project->model()) run();
    });
    connect(CutValues::of(*project), &CutValues::changed, this, [this] {
        // With no head off the run stays; what switching one off would do does not.
        m_losses->clear();
        if (m_measureJob) m_c.bridge->cancel(m_measureJob);
        m_previewTimer.start();
    });
    connect(m_c.selection, &Selection::headChanged, this, [this] { m_previewTimer.start(); });
    connect(m_c.selection, &Selection::pairChanged, this, [this] {
        if (m_preview && m_preview->position != previewPosition()) m_previewTimer.start();
    });
}

void SessionController::openFile(const QString& path, const OpenOptions& options)
{
    m_pendingOptions = options;
    m_openingPath = path;
    m_openJob = m_c.bridge->submit(OpenJob{path.toStdString(), options}, QStringLiteral("open"));
    Q_EMIT openStarted(path);
    Q_EMIT runStateChanged();
}

void SessionController::reopenWith(const std::map<std::string, std::string>& config)
{
    OpenOptions options = m_openOptions;
    for (const auto& [key, value] : config) options.config[key] = value;
    openFile(m_c.project->path(), options);
}

void SessionController::opened(JobId job, const OpenedResult& result)
{
    if (job != m_openJob) return;
    m_openOptions = m_pendingOptions;
    m_runError.reset();
    m_c.bridge->cancel(m_runJob);
    m_c.bridge->cancel(m_baseJob);
    m_runJob = m_baseJob = 0;
    m_runPrompt.clear();
    if (const auto* model = std::get_if<std::shared_ptr<const Model>>(&result.opened)) m_c.project->setModel(*model);
    else m_c.project->setDump(std::get<std::shared_ptr<const AttentionDump>>(result.opened));
}

void SessionController::run()
{
    Project& project = *m_c.project;
    const PromptEntry* entry = project.current();
    if (!entry || entry->sample || !project.model()) return;
    m_runError.reset();
    const int index = project.currentIndex();
    const bool wantsBase = !entry->baseRun || !entry->baseRun->complete;
    if (project.interventions().empty() && !wantsBase) {
        m_c.bridge->cancel(m_runJob);
        m_runJob = 0;
        project.setRun(index, entry->baseRun);
        Q_EMIT runStateChanged();
        Q_EMIT runFinished();
        return;
    }
    // The very same base run is on its way already (opening a file tells of a new prompt more than once).
    if (wantsBase && m_baseJob && m_baseModel == project.model().get() && m_baseText == entry->text && m_baseIds == entry->ids && m_runPrompt[m_baseJob] == index) return;
    submitRun(index, wantsBase ? nullptr : entry->baseRun);
    Q_EMIT runStateChanged();
}

void SessionController::submitRun(int index, const std::shared_ptr<const Run>& base)
{
    const PromptEntry& entry = m_c.project->prompts()[std::size_t(index)];
    RunJob job;
    job.model = m_c.project->model();
    job.text = entry.text.toStdString();
    job.ids = entry.ids;
    if (job.ids.empty() && !job.model->tokenizer()) job.ids = idsInText(entry.text);
    job.base = base;
    if (base) job.options.interventions = CutValues::of(*m_c.project)->applied(*base->prompt);
    // The base comes first: switches are compared with it and recompute only from their layer on.
    const JobId id = m_c.bridge->submit(std::move(job), QStringLiteral("run"));
    m_runPrompt[id] = index;
    (base ? m_runJob : m_baseJob) = id;
    if (!base) {
        m_baseModel = m_c.project->model().get();
        m_baseText = entry.text;
        m_baseIds = entry.ids;
    }
}

void SessionController::setTextAndRun(const QString& text)
{
    Project& project = *m_c.project;
    if (project.dump()) return;
    if (!project.current()) {
        PromptEntry entry;
        entry.text = text;
        const int index = project.addPrompt(entry);
        project.setCurrent(index);
        return;   // currentChanged runs it
    }
    project.setPromptText(project.currentIndex(), text);
    run();
}

void SessionController::cancel()
{
    for (const JobId job : {m_openJob, m_baseJob, m_runJob, m_continueJob, m_measureJob})
        if (job) m_c.bridge->cancel(job);
}

void SessionController::continueText(int tokens, double temperature, quint64 seed)
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run || !entry->run->complete) return;
    if (CutValues::of(*m_c.project)->followsPrompt() && !m_c.project->offHeads().empty()) {
        // Their rows belong to the tokens that are there.
        Q_EMIT failed({tr("Nothing can be written on with these cuts"), CutValues::of(*m_c.project)->sentence() + QLatin1Char(' ') + tr("For new tokens there is nothing that they could write."),
                       tr("Choose Zero or Mean in the pruning bench, or switch all heads on.")},
                      Error::argument("ablation", ablationName(CutValues::of(*m_c.project)->kind()), "zero, mean"));
        return;
    }
    ContinueJob job;
    job.model = m_c.project->model();
    job.prompt = entry->run->prompt;
    job.interventions = CutValues::of(*m_c.project)->applied(*job.prompt);
    job.tokens = tokens;
    job.temperature = temperature;
    job.seed = seed;
    m_continueJob = m_c.bridge->submit(std::move(job), QStringLiteral("continue"));
    m_continued.reset();
    Q_EMIT runStateChanged();
}

void SessionController::adopt(const std::vector<int>& ids, const QString& text)
{
    m_c.project->setPromptText(m_c.project->currentIndex(), text, ids);
    run();
}

void SessionController::adoptContinuation(const ContinueResult& result)
{
    std::vector<int> ids = result.prompt->ids();
    ids.insert(ids.end(), result.newIds.begin(), result.newIds.end());
    const auto& tokenizer = m_c.project->model()->tokenizer();
    const std::string added = tokenizer ? tokenizer->decode(result.newIds) : std::string();
    adopt(ids, QString::fromStdString(result.prompt->text + added));
}

void SessionController::takeToken(int id, const QString& text)
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run || !entry->run->prompt) return;
    std::vector<int> ids = entry->run->prompt->ids();
    ids.push_back(id);
    adopt(ids, entry->text + text);
}

double SessionController::measureCost() const
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run || !m_c.project->model()) return 0;
    const double one = estimateCost(*m_c.project->model(), entry->run->queries(), {}).seconds;
    int heads = 0;
    for (int l = 0; l < entry->run->layers(); ++l) heads += entry->run->heads(l);
    return one * heads;
}

void SessionController::measureLosses()
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run || !entry->run->complete || m_measureJob) return;
    AblationJob job;
    job.base = entry->run;
    m_measured.clear();
    for (int l = 0; l < entry->run->layers(); ++l)
        for (int h = 0; h < entry->run->heads(l); ++h) {
            const HeadId head{l, h};
            if (m_c.project->isOff(head)) continue;
            Intervention zero;
            zero.head = head;
            job.variants.push_back(CutValues::of(*m_c.project)->applied({zero}, *entry->run->prompt));
            m_measured.push_back(head);
        }
    m_measureJob = m_c.bridge->submit(std::move(job), QStringLiteral("measure"));
    Q_EMIT runStateChanged();
}

int SessionController::previewPosition() const
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run) return -1;
    const int last = entry->run->queries() - 1;
    return m_c.selection->locked() && m_c.selection->query() >= 0 ? std::min(m_c.selection->query(), last) : last;
}

void SessionController::askPreview()
{
    const PromptEntry* entry = m_c.project->current();
    const bool possible = entry && entry->run && entry->run->complete && entry->baseRun && !entry->run->logits.empty()
        && m_c.selection->head().layer < entry->run->layers();
    if (!possible) {
        if (m_preview) {
            m_preview.reset();
            Q_EMIT previewChanged();
        }
        return;
    }
    const HeadId head = m_c.selection->head();
    AblationJob job;
    m_previewOfOff = m_c.project->isOff(head);
    if (m_previewOfOff) {
        // Already off: "on" is the run with all other switches but this one.
        job.base = entry->baseRun;
        Interventions others = m_c.project->interventions();
        std::erase_if(others, [head](const Intervention& i) { return i.head == head; });
        job.variants.push_back(CutValues::of(*m_c.project)->applied(others, *entry->run->prompt));
    } else {
        job.base = entry->run;
        Intervention zero;
        zero.head = head;
        job.variants.push_back(CutValues::of(*m_c.project)->applied({zero}, *entry->run->prompt));
    }
    job.position = previewPosition();
    job.topK = kPreviewRows;
    m_previewHead = head;
    m_previewJob = m_c.bridge->submit(std::move(job), QStringLiteral("preview"));
}

void SessionController::ablationReady(JobId job, const AblationResult& result)
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run) return;
    if (job == m_measureJob && result.base == entry->run && result.index < m_measured.size()) {
        if (std::isfinite(result.outcome.loss)) m_losses->set(m_measured[result.index], result.outcome.loss - entry->run->loss);
        return;
    }
    if (job != m_previewJob || result.outcome.next.empty()) return;
    SwitchPreview p;
    p.head = m_previewHead;
    p.position = previewPosition();
    p.lossOn = m_previewOfOff ? result.outcome.loss : entry->run->loss;
    p.lossOff = m_previewOfOff ? entry->run->loss : result.outcome.loss;
    std::vector<int> ids;
    for (const NextToken& t : result.outcome.next) ids.push_back(t.id);
    const std::vector<float> now = nextProbabilities(*entry->run, p.position, ids);
    for (std::size_t i = 0; i < result.outcome.next.size() && i < now.size(); ++i) {
        const NextToken& t = result.outcome.next[i];
        p.rows.push_back({t.id, QString::fromStdString(t.text), m_previewOfOff ? t.probability : now[i], m_previewOfOff ? now[i] : t.probability});
    }
    std::stable_sort(p.rows.begin(), p.rows.end(), [](const auto& a, const auto& b) { return a.on > b.on; });
    m_preview = std::move(p);
    Q_EMIT previewChanged();
}

void SessionController::ended(const JobEnded& end)
{
    const bool failedNow = end.state == JobState::Failed && end.error;
    if (end.job == m_openJob) {
        m_openJob = 0;
        const QString path = m_openingPath;
        const bool ok = end.state == JobState::Done;
        m_openingPath.clear();
        if (failedNow) Q_EMIT failed(errorText(*end.error), *end.error);
        if (ok) {
            // The run comes first, so that the window fills; hash and comparison follow behind it.
            run();
            m_hashJob = m_c.bridge->submit(HashJob{m_c.project->path().toStdString()}, QStringLiteral("hash"));
            if (m_c.project->model() && m_c.project->model()->canRun())
                m_parityJob = m_c.bridge->submit(ParityJob{m_c.project->model()}, QStringLiteral("parity"));
        }
        Q_EMIT openEnded(path, ok);
        Q_EMIT runStateChanged();
        return;
    }
    if (end.job == m_baseJob || end.job == m_runJob) {
        const bool base = end.job == m_baseJob;
        (base ? m_baseJob : m_runJob) = 0;
        const auto it = m_runPrompt.find(end.job);
        const int index = it == m_runPrompt.end() ? -1 : it->second;
        m_runPrompt.erase(end.job);
        if (failedNow) {
            m_runError = *end.error;
            Q_EMIT runFailed(errorText(*end.error), *end.error);
        } else if (end.state == JobState::Done && index == m_c.project->currentIndex()) {
            if (base && !m_c.project->interventions().empty()) run();
            else Q_EMIT runFinished();
        }
        Q_EMIT runStateChanged();
        return;
    }
    if (end.job == m_measureJob) {
        m_measureJob = 0;
        if (failedNow) Q_EMIT failed(errorText(*end.error), *end.error);
        Q_EMIT runStateChanged();
        return;
    }
    if (end.job == m_continueJob) {
        m_continueJob = 0;
        if (failedNow) Q_EMIT failed(errorText(*end.error), *end.error);
        else if (m_continued && !m_continued->newIds.empty()) adoptContinuation(*m_continued);
        m_continued.reset();
        Q_EMIT runStateChanged();
    }
}

}  // namespace hs::ui
