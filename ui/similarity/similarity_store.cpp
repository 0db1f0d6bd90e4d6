// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/similarity_store.h"

#include <QFileInfo>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/bridge/error_text.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"

namespace hs::ui {

SimilarityStore::SimilarityStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_compare(bridge, tr("Compare heads"), QStringLiteral("similarity")),
      m_behave(bridge, tr("Compare heads on a text"), QStringLiteral("similarity")),
      m_group(bridge, tr("Groups of heads"), QStringLiteral("similarity groups")),
      m_plane(bridge, tr("Map of heads"), QStringLiteral("similarity map"))
{
    connect(project, &Project::modelChanged, this, &SimilarityStore::modelChanged);
    connect(project, &Project::sourceChanged, this, &SimilarityStore::sourceChanged);
    m_compare.onAnswer([this](const SimilarityResult& result) {
        if (!result.matrix) return;
        m_matrix = result.matrix;
        m_partial = false;
        follow();
    });
    m_behave.onAnswer([this](const BehaviourAnswer& answer) {
        if (!answer.result) return;
        const auto& matrix = answer.result->of(m_settings.measure);
        if (!matrix) return;
        m_matrix = matrix;
        m_behaviour = answer.result;
        m_sinkMass = answer.result->referenceMass;
        m_sinkSource = textName();
        m_partial = !answer.result->complete;
        follow();
    });
    m_group.onAnswer([this](const ClusterResult& result) {
        if (result.matrix != m_matrix) return;
        m_clusters = std::make_shared<const ClusterResult>(result);
        Q_EMIT changed();
    });
    m_plane.onAnswer([this](const HeadMapResult& result) {
        if (result.matrix != m_matrix) return;
        m_map = result.map;
        Q_EMIT changed();
    });
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_group), static_cast<OneAsk*>(&m_plane)})
        connect(ask, &OneAsk::ended, this, [this](const JobEnded& ended) {
            if (ended.state != JobState::Failed) return;
            m_error = ended.error;
            Q_EMIT changed();
        });
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_compare), static_cast<OneAsk*>(&m_behave)}) {
        connect(ask, &OneAsk::progress, this, &SimilarityStore::progress);
        connect(ask, &OneAsk::ended, this, [this](const JobEnded& ended) {
            if (ended.state == JobState::Failed) m_error = ended.error;
            else if (ended.state == JobState::Cancelled && !m_matrix) m_error = Error::cancelled();
            Q_EMIT changed();
        });
    }
}

void SimilarityStore::modelChanged()
{
    cancel();
    m_matrix.reset();
    m_clusters.reset();
    m_map.reset();
    m_behaviour.reset();
    m_sinkMass.clear();
    m_groupCount = 0;
    m_error.reset();
    m_partial = false;
    Q_EMIT changed();
    if (m_wanted) ask();
}

void SimilarityStore::sourceChanged()
{
    const PromptEntry* entry = m_project->current();
    if (!m_wanted || !entry || !entry->run || !entry->run->complete) return;
    // Another prompt: what heads do on "the open prompt" is another question. A head switched off is not: the model is compared as it is.
    if (needsCorpus(m_settings.measure)) {
        if (m_settings.corpusPaths.empty() && m_prompt != entry->run->prompt) ask();
    } else if (m_clusters && m_sinkMass.empty()) {
        askGroups();
    }
}

bool SimilarityStore::symmetric() const { return needsCorpus(m_settings.measure) || m_settings.pairing.sameRole(); }

QString SimilarityStore::withoutWeights() const
{
    const auto& model = m_project->model();
    if (!model) return tr("Comparing heads needs a model file; attention dumps hold no weights.");
    return hasSomeAttention(*model) ? QString() : tr("This file holds no attention weights.");
}

QString SimilarityStore::impossible() const
{
    const auto& model = m_project->model();
    if (model && needsCorpus(m_settings.measure)) {
        if (!model->canRun())
            return tr("This measure compares what heads do on text, and this file cannot run text. Measures of weights work.");
        if (m_settings.corpusPaths.empty() && (!m_project->current() || !m_project->current()->run))
            return tr("This measure compares what heads do on text: run a prompt, or choose a text file.");
        return {};
    }
    return withoutWeights();
}

void SimilarityStore::setSettings(const SimilaritySettings& settings)
{
    if (settings == m_settings) return;
    const bool onlyText =
        settings.measure == m_settings.measure && settings.pairing == m_settings.pairing && settings.weights == m_settings.weights;
    m_settings = settings;
    if (onlyText && !needsCorpus(m_settings.measure)) return Q_EMIT changed();  // weights do not read text
    if (m_wanted) ask();
}

void SimilarityStore::setGroupCount(int clusters)
{
    if (clusters == m_groupCount) return;
    m_groupCount = clusters;
    if (m_matrix && symmetric() && !m_partial) askGroups();
}

QString SimilarityStore::textName() const
{
    if (m_settings.corpusPaths.empty()) return tr("the open prompt");
    const QString first = QFileInfo(QString::fromStdString(m_settings.corpusPaths.front())).fileName();
    return m_settings.corpusPaths.size() == 1 ? first : tr("%1 and %2 more").arg(first).arg(m_settings.corpusPaths.size() - 1);
}

BehaviourText SimilarityStore::text() const
{
    BehaviourText text;
    text.corpusPaths = m_settings.corpusPaths;
    addOpenInputs(text.corpusPaths);
    if (text.corpusPaths.empty() && m_project->current() && m_project->current()->run) {
        text.prompts.push_back(m_project->current()->run->prompt);
        text.name = textName().toStdString();
    }
    return text;
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

void SimilarityStore::again()
{
    m_wanted = true;
    ask();
}

int SimilarityStore::comparable() const
{
    if (!m_matrix) return 0;
    const auto& heads = m_matrix->rows.heads;
    return int(std::count_if(heads.begin(), heads.end(), [](const AxisHead& head) { return head.fault == NoValue::None; }));
}

void SimilarityStore::cancel()
{
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_compare), static_cast<OneAsk*>(&m_behave), static_cast<OneAsk*>(&m_group),
                        static_cast<OneAsk*>(&m_plane)})
        ask->cancel();
}

void SimilarityStore::ask()
{
    m_error.reset();
    m_matrix.reset();
    m_clusters.reset();
    m_map.reset();
    m_behaviour.reset();
    m_sinkMass.clear();
    m_groupCount = 0;
    m_partial = false;
    m_compare.forget();
    m_behave.forget();
    if (!impossible().isEmpty()) return Q_EMIT changed();
    const auto& model = m_project->model();
    const std::string hash = m_project->modelHash().toStdString();
    if (needsCorpus(m_settings.measure)) {
        BehaviourJob job;
        job.model = model;
        job.modelHash = hash;
        job.request = BehaviourRequest::of(m_settings.measure);
        job.text = text();
        m_prompt = job.text.prompts.empty() ? nullptr : job.text.prompts.front();
        m_behave.start(std::move(job));
    } else {
        SimilarityJob job;
        job.model = model;
        job.modelHash = hash;
        job.measure = m_settings.measure;
        job.weights = m_settings.weights;
        job.pairings = {m_settings.pairing};
        m_compare.start(std::move(job));
    }
    Q_EMIT changed();
}

void SimilarityStore::askMap()
{
    if (m_mapWanted && m_matrix && !m_map && !m_plane.busy() && symmetric() && !m_partial && comparable() > 1)
        m_plane.start(HeadMapJob{m_matrix, 0});
}

void SimilarityStore::follow()
{
    m_plane.forget();  // of an older matrix, if any
    Q_EMIT changed();
    if (!m_matrix || !symmetric() || m_partial || comparable() < 2) return;
    if (!m_clusters) askGroups();
    askMap();
}

void SimilarityStore::readSinks()
{
    // Weights know no sinks: the open prompt's run does. A row of shared key/value heads is none unless all its query heads are.
    const PromptEntry* entry = m_project->current();
    if (needsCorpus(m_settings.measure) || !entry || !entry->run || !entry->run->complete) return;
    std::vector<double> mass;
    for (const AxisHead& head : m_matrix->rows.heads) {
        double least = 1;
        for (int h = head.firstHead; h <= head.lastHead; ++h) {
            const auto stats = head.id.layer < entry->run->layers() && h < entry->run->heads(head.id.layer)
                                   ? entry->run->stats({head.id.layer, h})
                                   : nullptr;
            if (!stats) return;
            least = std::min(least, static_cast<double>(stats->firstMass));
        }
        mass.push_back(least);
    }
    m_sinkMass = std::move(mass);
    m_sinkSource = tr("the open prompt");
}

void SimilarityStore::askGroups()
{
    readSinks();
    ClusterJob job;
    job.matrix = m_matrix;
    job.clusters = m_groupCount;
    if (m_sinkMass.size() == m_matrix->rows.size()) job.sinkMass = m_sinkMass;
    m_group.start(std::move(job));
}

std::vector<int> nearestHeads(const HeadMatrix& matrix, int head, int count, bool incoming)
{
    std::vector<int> out;
    const HeadAxis &mine = incoming ? matrix.cols : matrix.rows, &others = incoming ? matrix.rows : matrix.cols;
    if (head < 0 || std::size_t(head) >= mine.size()) return out;
    const auto row = [&](int other) { return std::size_t(incoming ? other : head); };
    const auto col = [&](int other) { return std::size_t(incoming ? head : other); };
    const bool all = !matrix.pairing || matrix.pairing->sameRole();
    for (int i = 0; i < int(others.size()); ++i)
        if (!(all && i == head) && std::isfinite(matrix.value(row(i), col(i)))) out.push_back(i);
    const bool small = isDistance(matrix.measure);
    std::stable_sort(out.begin(), out.end(), [&](int a, int b) {
        const double x = matrix.normalised(row(a), col(a)), y = matrix.normalised(row(b), col(b));
        return small ? x < y : x > y;
    });
    if (int(out.size()) > count) out.resize(std::size_t(count));
    return out;
}

}  // namespace hs::ui
