// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/similarity_store.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {
const QString kKey = QStringLiteral("similarity"), kClusterKey = QStringLiteral("similarity groups"), kMapKey = QStringLiteral("similarity map");
}

SimilarityStore::SimilarityStore(EngineBridge* bridge, Project* project, QObject* parent) : QObject(parent), m_bridge(bridge), m_project(project)
{
    connect(project, &Project::modelChanged, this, &SimilarityStore::modelChanged);
    connect(bridge, &EngineBridge::similarityReady, this, [this](JobId job, const SimilarityResult& result) {
        if (job != m_job || !result.matrix) return;
        m_matrix = result.matrix;
        m_partial = false;
        follow();
    });
    connect(bridge, &EngineBridge::behaviourReady, this, [this](JobId job, const BehaviourAnswer& answer) {
        if (job != m_job || !answer.result) return;
        const auto& matrix = m_settings.measure == HeadMeasure::PatternDistance ? answer.result->patterns : answer.result->outputs;
        if (!matrix) return;
        m_matrix = matrix;
        m_sinkMass = answer.result->referenceMass;
        m_partial = !answer.result->complete;
        follow();
    });
    connect(bridge, &EngineBridge::clustersReady, this, [this](JobId job, const ClusterResult& result) {
        if (job != m_clusterJob || result.matrix != m_matrix) return;
        m_clusters = std::make_shared<const ClusterResult>(result);
        Q_EMIT changed();
    });
    connect(bridge, &EngineBridge::headMapReady, this, [this](JobId job, const HeadMapResult& result) {
        if (job != m_mapJob || result.matrix != m_matrix) return;
        m_map = result.map;
        Q_EMIT changed();
    });
    connect(bridge, &EngineBridge::jobProgress, this, [this](const JobProgress& p) {
        if (p.job == m_job) Q_EMIT progress(p.report.total > 0 ? double(p.report.done) / double(p.report.total) : -1.0, progressText(p.report));
    });
    connect(bridge, &EngineBridge::jobEnded, this, [this](const JobEnded& ended) {
        if (ended.job == m_clusterJob || ended.job == m_mapJob) {
            if (ended.state == JobState::Failed) m_error = ended.error;
            (ended.job == m_clusterJob ? m_clusterJob : m_mapJob) = 0;
            if (ended.state == JobState::Failed) Q_EMIT changed();
            return;
        }
        if (ended.job != m_job) return;
        m_job = 0;
        if (ended.state == JobState::Failed) m_error = ended.error;
        else if (ended.state == JobState::Cancelled && !m_matrix) m_error = Error{ErrorCode::Cancelled, {}, {}, {}, {}};
        Q_EMIT changed();
    });
}

void SimilarityStore::modelChanged()
{
    cancel();
    m_matrix.reset();
    m_clusters.reset();
    m_map.reset();
    m_sinkMass.clear();
    m_error.reset();
    m_partial = false;
    Q_EMIT changed();
    if (m_wanted) ask();
}

bool SimilarityStore::symmetric() const { return needsCorpus(m_settings.measure) || m_settings.pairing.sameRole(); }

QString SimilarityStore::impossible() const
{
    const auto& model = m_project->model();
    if (!model) return tr("Comparing heads needs a model file; attention dumps hold no weights.");
    if (needsCorpus(m_settings.measure)) {
        if (!model->canRun()) return tr("This measure compares what heads do on text, and this file cannot run text. Measures of weights work.");
        if (m_settings.corpusPaths.empty() && (!m_project->current() || !m_project->current()->run)) return tr("This measure compares what heads do on text: run a prompt, or choose a text file.");
    } else if (model->lacks(Part::AttentionWeights)) {
        return tr("This file holds no attention weights.");
    }
    return {};
}

void SimilarityStore::setSettings(const SimilaritySettings& settings)
{
    if (settings == m_settings) return;
    m_settings = settings;
    if (m_wanted) ask();
}

void SimilarityStore::need()
{
    if (m_wanted && (m_matrix || busy() || m_error)) return;
    m_wanted = true;
    ask();
}

void SimilarityStore::needMap()
{
    m_mapWanted = true;
    askMap();
}

void SimilarityStore::cancel()
{
    for (const JobId job : {m_job, m_clusterJob, m_mapJob})
        if (job) m_bridge->cancel(job);
}

void SimilarityStore::ask()
{
    m_error.reset();
    m_matrix.reset();
    m_clusters.reset();
    m_map.reset();
    m_partial = false;
    if (m_job) m_bridge->cancel(m_job);
    m_job = 0;
    if (!impossible().isEmpty()) return Q_EMIT changed();
    const auto& model = m_project->model();
    const std::string hash = m_project->modelHash().toStdString();
    if (needsCorpus(m_settings.measure)) {
        BehaviourJob job;
        job.model = model;
        job.modelHash = hash;
        job.request.patterns = m_settings.measure == HeadMeasure::PatternDistance;
        job.request.outputs = !job.request.patterns;
        job.text.corpusPaths = m_settings.corpusPaths;
        if (m_settings.corpusPaths.empty()) {
            job.text.prompts.push_back(m_project->current()->run->prompt);
            job.text.name = tr("the open prompt").toStdString();
        }
        m_job = m_bridge->submit(std::move(job), kKey);
    } else {
        SimilarityJob job;
        job.model = model;
        job.modelHash = hash;
        job.measure = m_settings.measure;
        job.weights = m_settings.weights;
        job.pairings = {m_settings.pairing};
        m_job = m_bridge->submit(std::move(job), kKey);
    }
    Q_EMIT changed();
}

void SimilarityStore::askMap()
{
    if (m_mapWanted && m_matrix && !m_map && m_mapJob == 0 && symmetric() && !m_partial && m_matrix->rows.size() > 1)
        m_mapJob = m_bridge->submit(HeadMapJob{m_matrix, 0}, kMapKey);
}

void SimilarityStore::follow()
{
    m_mapJob = 0;   // of an older matrix, if any
    Q_EMIT changed();
    if (!m_matrix || !symmetric() || m_partial || m_matrix->rows.size() < 2) return;
    if (!m_clusters) {
        ClusterJob job;
        job.matrix = m_matrix;
        if (m_sinkMass.size() == m_matrix->rows.size()) job.sinkMass = m_sinkMass;
        m_clusterJob = m_bridge->submit(std::move(job), kClusterKey);
    }
    askMap();
}

std::vector<int> nearestHeads(const HeadMatrix& matrix, int head, int count)
{
    std::vector<int> out;
    if (head < 0 || std::size_t(head) >= matrix.rows.size()) return out;
    for (int c = 0; c < int(matrix.cols.size()); ++c)
        if ((c != head || matrix.rows.size() != matrix.cols.size()) && std::isfinite(matrix.value(std::size_t(head), std::size_t(c)))) out.push_back(c);
    const bool small = isDistance(matrix.measure);
    std::stable_sort(out.begin(), out.end(), [&](int a, int b) {
        const double x = matrix.normalised(std::size_t(head), std::size_t(a)), y = matrix.normalised(std::size_t(head), std::size_t(b));
        return small ? x < y : x > y;
    });
    if (int(out.size()) > count) out.resize(std::size_t(count));
    return out;
}

}  // namespace hs::ui
