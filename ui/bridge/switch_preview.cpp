// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/switch_preview.h"

#include <algorithm>

#include "ui/state/cut_values.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

constexpr int kRestMs = 120;  // a head crossed with the arrow keys is not worth a run
constexpr int kRows = 4;

}  // namespace

SwitchPreviews::SwitchPreviews(EngineBridge* bridge, Project* project, Selection* selection, QObject* parent)
    : QObject(parent), m_project(project), m_selection(selection),
      m_ask(bridge, tr("Switch heads off, one by one"), QStringLiteral("preview"))
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &SwitchPreviews::ask);
    m_ask.onAnswer([this](const AblationResult& result) { take(result); });
    connect(&m_ask, &OneAsk::ended, this, &SwitchPreviews::changed);
    const auto wait = [this] { m_rest.start(); };
    connect(project, &Project::sourceChanged, this, wait);
    connect(project->cuts(), &CutValues::changed, this, wait);
    connect(selection, &Selection::headChanged, this, wait);
    connect(selection, &Selection::pairChanged, this, [this] {
        if (m_preview && m_preview->position != position()) m_rest.start();
    });
}

int SwitchPreviews::position() const
{
    const PromptEntry* entry = m_project->current();
    if (!entry || !entry->run) return -1;
    const int last = entry->run->queries() - 1;
    return m_selection->locked() && m_selection->query() >= 0 ? std::min(m_selection->query(), last) : last;
}

void SwitchPreviews::ask()
{
    const PromptEntry* entry = m_project->current();
    // A long run keeps no matrix of logits; the rows that are asked for are computed, and are the same.
    const bool possible = entry && entry->run && entry->run->complete && entry->baseRun && entry->run->model->canPredict()
                          && !entry->run->model->config().outputTransform && m_selection->head().layer < entry->run->layers();
    if (!possible) {
        m_ask.forget();
        m_preview.reset();
        Q_EMIT changed();
        return;
    }
    const HeadId head = m_selection->head();
    const CutValues& cuts = *m_project->cuts();
    AblationJob job;
    m_ofOff = m_project->isOff(head);
    if (m_ofOff) {
        // Already off: "on" is the run with all other switches but this one.
        job.base = entry->baseRun;
        Interventions others = m_project->interventions();
        std::erase_if(others, [head](const Intervention& i) { return i.head == head; });
        job.variants.push_back(cuts.applied(others, *entry->run->prompt));
    } else {
        job.base = entry->run;
        job.variants.push_back(cuts.applied({zeroHead(head)}, *entry->run->prompt));
    }
    job.position = position();
    job.topK = kRows;
    m_head = head;
    m_ask.start(std::move(job));
    Q_EMIT changed();
}

void SwitchPreviews::take(const AblationResult& result)
{
    const PromptEntry* entry = m_project->current();
    if (!entry || !entry->run || result.outcome.next.empty()) return;
    SwitchPreview p;
    p.head = m_head;
    p.position = position();
    p.lossOn = m_ofOff ? result.outcome.loss : entry->run->loss;
    p.lossOff = m_ofOff ? entry->run->loss : result.outcome.loss;
    std::vector<int> ids;
    for (const NextToken& t : result.outcome.next) ids.push_back(t.id);
    const std::vector<float> now = nextProbabilities(*entry->run, p.position, ids);
    for (std::size_t i = 0; i < result.outcome.next.size() && i < now.size(); ++i) {
        const NextToken& t = result.outcome.next[i];
        p.rows.push_back({t.id, QString::fromStdString(t.text), m_ofOff ? t.probability : now[i], m_ofOff ? now[i] : t.probability});
    }
    std::stable_sort(p.rows.begin(), p.rows.end(), [](const auto& a, const auto& b) { return a.on > b.on; });
    m_preview = std::move(p);
    Q_EMIT changed();
}

}  // namespace hs::ui
