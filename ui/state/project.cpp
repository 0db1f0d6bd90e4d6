// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/project.h"

#include <QCoreApplication>
#include <QUndoCommand>
#include <algorithm>

#include "ui/state/cut_values.h"
#include "ui/state/prompt_title.h"

namespace hs::ui {

namespace {

class InterventionsCommand : public QUndoCommand {
public:
    InterventionsCommand(Project* project, Interventions before, Interventions after, const QString& text, int gesture = -1)
        : QUndoCommand(text), m_project(project), m_before(std::move(before)), m_after(std::move(after)), m_gesture(gesture)
    {}
    int id() const override { return m_gesture; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const InterventionsCommand*>(other);  // same id: same class
        m_after = next->m_after;
        setText(next->text());
        return true;
    }
    void redo() override { m_project->setInterventions(m_after); }
    void undo() override { m_project->setInterventions(m_before); }

private:
    Project* m_project;
    Interventions m_before, m_after;
    int m_gesture;
};

bool switchesOff(const Intervention& intervention, HeadId head) { return intervention.head == head && ui::switchesOff(intervention); }

}  // namespace

std::shared_ptr<const AttentionSource> PromptEntry::source() const
{
    if (run) return run;
    if (sample) return sample;
    return nullptr;
}

Project::Project(QObject* parent) : QObject(parent), m_cuts(new CutValues(this))  // first to hear of another model
{
    m_undo.setUndoLimit(1000);
    connect(m_cuts, &CutValues::changed, this, [this] {
        if (!offHeads().empty()) Q_EMIT interventionsChanged();
    });
}

QString Project::path() const
{
    if (m_model) return QString::fromStdString(m_model->identity().path);
    if (m_dump) return QString::fromStdString(m_dump->path);
    return {};
}

const PromptEntry* Project::current() const
{
    return m_current >= 0 && m_current < int(m_prompts.size()) ? &m_prompts[std::size_t(m_current)] : nullptr;
}

std::shared_ptr<const AttentionSource> Project::source() const
{
    const PromptEntry* entry = current();
    return entry ? entry->source() : nullptr;
}

bool Project::isOff(HeadId head) const
{
    return std::any_of(m_interventions.begin(), m_interventions.end(), [head](const Intervention& i) { return switchesOff(i, head); });
}

void Project::setModel(std::shared_ptr<const Model> model)
{
    m_model = std::move(model);
    m_dump.reset();
    m_hash.clear();
    m_parity = {};
    m_interventions.clear();
    m_undo.clear();
    // Texts stay, what was computed with the other model does not; ids and samples belong to the file they came from.
    std::erase_if(m_prompts, [](const PromptEntry& p) { return p.sample || (!p.ids.empty() && p.text.isEmpty()); });
    for (PromptEntry& p : m_prompts) {
        p.run.reset();
        p.baseRun.reset();
        p.ids.clear();
    }
    m_current = m_prompts.empty() ? -1 : std::clamp(m_current, 0, int(m_prompts.size()) - 1);
    Q_EMIT modelChanged();
    Q_EMIT hashChanged();
    Q_EMIT parityChanged();
    Q_EMIT promptsChanged();
    Q_EMIT currentChanged();
    Q_EMIT interventionsChanged();
    Q_EMIT sourceChanged();
}

void Project::setDump(std::shared_ptr<const AttentionDump> dump)
{
    m_dump = std::move(dump);
    m_model.reset();
    m_hash.clear();
    m_parity = {};
    m_interventions.clear();
    m_undo.clear();
    m_prompts.clear();
    m_current = -1;
    if (m_dump) {
        int number = 0;
        for (const auto& sample : m_dump->samples) {
            PromptEntry entry;
            entry.sample = sample;
            entry.text = QString::fromStdString(sample->text());
            entry.title =
                entry.text.isEmpty() ? QCoreApplication::translate("hs::ui::Project", "Sample %1").arg(number) : shortTitle(entry.text);
            m_prompts.push_back(std::move(entry));
            ++number;
        }
        m_current = m_prompts.empty() ? -1 : 0;
    }
    Q_EMIT modelChanged();
    Q_EMIT hashChanged();
    Q_EMIT parityChanged();
    Q_EMIT promptsChanged();
    Q_EMIT currentChanged();
    Q_EMIT interventionsChanged();
    Q_EMIT sourceChanged();
}

void Project::close()
{
    m_prompts.clear();
    setModel(nullptr);
}

void Project::setHash(const QString& hash)
{
    if (hash == m_hash) return;
    m_hash = hash;
    Q_EMIT hashChanged();
}

void Project::setParity(const ParityReport& report)
{
    m_parity = report;
    Q_EMIT parityChanged();
}

int Project::addPrompt(const PromptEntry& entry)
{
    m_prompts.push_back(entry);
    if (m_prompts.back().title.isEmpty()) m_prompts.back().title = shortTitle(entry.text);
    Q_EMIT promptsChanged();
    return int(m_prompts.size()) - 1;
}

void Project::removePrompt(int index)
{
    if (index < 0 || index >= int(m_prompts.size())) return;
    m_prompts.erase(m_prompts.begin() + index);
    const bool wasCurrent = index == m_current;
    if (index < m_current) --m_current;
    if (wasCurrent) m_current = m_prompts.empty() ? -1 : std::min(index, int(m_prompts.size()) - 1);
    Q_EMIT promptsChanged();
    if (wasCurrent) {
        Q_EMIT currentChanged();
        Q_EMIT sourceChanged();
    }
}

void Project::setCurrent(int index)
{
    if (index == m_current || index < 0 || index >= int(m_prompts.size())) return;
    m_current = index;
    Q_EMIT currentChanged();
    Q_EMIT sourceChanged();
}

void Project::setPromptText(int index, const QString& text, const std::vector<int>& ids)
{
    if (index < 0 || index >= int(m_prompts.size())) return;
    PromptEntry& entry = m_prompts[std::size_t(index)];
    if (entry.text == text && entry.ids == ids) return;
    if (entry.title.isEmpty() || entry.title == shortTitle(entry.text)) entry.title = shortTitle(text);
    entry.text = text;
    entry.ids = ids;
    entry.run.reset();
    entry.baseRun.reset();
    Q_EMIT promptsChanged();
    if (index == m_current) Q_EMIT sourceChanged();
}

void Project::setSpellSpecial(int index, bool spell)
{
    if (index < 0 || index >= int(m_prompts.size()) || m_prompts[std::size_t(index)].spellSpecial == spell) return;
    PromptEntry& entry = m_prompts[std::size_t(index)];
    entry.spellSpecial = spell;
    entry.run.reset();
    entry.baseRun.reset();
    Q_EMIT promptsChanged();
    if (index == m_current) Q_EMIT sourceChanged();
}

void Project::renamePrompt(int index, const QString& title)
{
    if (index < 0 || index >= int(m_prompts.size()) || title.trimmed().isEmpty()) return;
    m_prompts[std::size_t(index)].title = title.trimmed();
    Q_EMIT promptsChanged();
}

void Project::setRun(int index, std::shared_ptr<const Run> run)
{
    if (index < 0 || index >= int(m_prompts.size()) || !run || run->model != m_model) return;
    PromptEntry& entry = m_prompts[std::size_t(index)];
    if (run->interventions.empty()) entry.baseRun = run;
    if (m_cuts->inForce(*run)) entry.run = std::move(run);
    else if (!entry.run) entry.run = std::move(run);  // better the base than nothing while the other is computed
    else return;
    if (index == m_current) Q_EMIT sourceChanged();
}

void Project::switchHead(HeadId head, bool off)
{
    if (off == isOff(head)) return;
    Interventions after = m_interventions;
    if (off) {
        after.push_back(zeroHead(head));
    } else {
        std::erase_if(after, [head](const Intervention& i) { return switchesOff(i, head); });
    }
    const QString name = QString::fromStdString(headName(head));
    const QString text = off ? QCoreApplication::translate("hs::ui::Project", "switch %1 off").arg(name)
                             : QCoreApplication::translate("hs::ui::Project", "switch %1 on").arg(name);
    m_undo.push(new InterventionsCommand(this, m_interventions, std::move(after), text));
}

std::vector<HeadId> Project::offHeads() const
{
    std::vector<HeadId> out;
    for (const Intervention& i : m_interventions)
        if (ui::switchesOff(i) && std::find(out.begin(), out.end(), i.head) == out.end()) out.push_back(i.head);
    return out;
}

void Project::setOffHeads(const std::vector<HeadId>& heads, const QString& what, int gesture)
{
    if (heads == offHeads()) return;
    Interventions after = m_interventions;
    std::erase_if(after, [](const Intervention& i) { return ui::switchesOff(i); });
    for (const HeadId head : heads) after.push_back(zeroHead(head));
    changeInterventions(after, what, gesture);
}

void Project::changeInterventions(const Interventions& list, const QString& what, int gesture)
{
    if (list != m_interventions) m_undo.push(new InterventionsCommand(this, m_interventions, list, what, gesture));
}

void Project::switchAllOn()
{
    if (m_interventions.empty()) return;
    m_undo.push(new InterventionsCommand(this, m_interventions, {}, QCoreApplication::translate("hs::ui::Project", "switch all heads on")));
}

void Project::setInterventions(const Interventions& list)
{
    if (list == m_interventions) return;
    m_interventions = list;
    Q_EMIT interventionsChanged();
}

}  // namespace hs::ui
