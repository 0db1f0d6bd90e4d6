// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/cut_values.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/state/project.h"

namespace hs::ui {

CutValues::CutValues(Project* project) : QObject(project), m_project(project)
{
    connect(project, &Project::modelChanged, this, [this] {
        m_values.reset();
        m_text = {};
        m_stored.clear();
    });
}

void CutValues::set(std::shared_ptr<const AblationValues> values, const PruneText& text)
{
    if (values && values->kind == AblationKind::Zero) values.reset();
    if (values == m_values) return;
    m_values = std::move(values);
    m_text = m_values ? text : PruneText{};
    m_stored.clear();
    Q_EMIT changed();
}

Interventions CutValues::applied(const Interventions& list, const Prompt& prompt) const
{
    if (!m_values || !m_project->model()) return list;
    const ModelConfig& config = m_project->model()->config();
    const int n = prompt.size();
    const int donor = m_values->kind == AblationKind::Resample ? m_values->donorFor(0, 0, prompt.ids()) : 0;
    const auto follows = [&config](const Intervention& i) {
        return switchesOff(i) && i.head.layer >= 0 && i.head.layer < config.nLayers && i.head.head >= 0
               && i.head.head < config.heads(i.head.layer);
    };
    HeadCuts cuts;
    for (const Intervention& i : list)
        if (follows(i)) cuts.push_back({i.head, 0.0f, -1});
    Interventions put = cutInterventions(cuts, *m_values, config, n, donor);  // one for each cut
    Interventions out;
    auto next = put.begin();
    for (const Intervention& i : list) {
        if (!follows(i)) {
            out.push_back(i);
            continue;
        }
        next->positions = i.positions;
        if (next->stored) {
            auto& known = m_stored[{i.head.layer, {donor, n}}];
            if (auto before = known.lock()) next->stored = std::move(before);
            else known = next->stored;
        }
        out.push_back(std::move(*next++));
    }
    return out;
}

Interventions CutValues::applied(const Prompt& prompt) const { return applied(m_project->interventions(), prompt); }

bool CutValues::inForce(const Run& run) const
{
    if (!m_values || !run.prompt) return run.interventions == m_project->interventions();
    return run.interventions == applied(*run.prompt);
}

QString CutValues::sentence() const
{
    const QString data = m_values ? QString::fromStdString(m_values->dataName) : QString();
    switch (kind()) {
    case AblationKind::Zero: return tr("Heads that are off write zero.");
    case AblationKind::Mean:
        return tr("Heads that are off write their mean over %1 (%2 tokens).").arg(data, QLocale().toString(qlonglong(m_values->tokens)));
    case AblationKind::Resample:
        return tr("Heads that are off write what they wrote on one other passage (%1), for a prompt always the same one.").arg(data);
    case AblationKind::Uniform: return tr("Heads that are off look at all visible tokens alike.");
    }
    return {};
}

QString CutValues::shortSentence() const
{
    switch (kind()) {
    case AblationKind::Zero: return tr("writes zero");
    case AblationKind::Mean: return tr("writes its mean over the calibration text");
    case AblationKind::Resample: return tr("writes what it wrote on another passage of the calibration text");
    case AblationKind::Uniform: return tr("looks at all visible tokens alike");
    }
    return {};
}

bool switchesOff(const Intervention& i)
{
    return i.kind == InterventionKind::ZeroHead || (i.kind == InterventionKind::ScaleHead && i.value == 0.0f);
}

}  // namespace hs::ui
