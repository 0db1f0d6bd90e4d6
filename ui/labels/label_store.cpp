// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_store.h"

#include <QCoreApplication>
#include <QUndoCommand>
#include <algorithm>

#include "ui/state/project.h"

namespace hs::ui {

namespace {

class NoteCommand : public QUndoCommand {
public:
    NoteCommand(LabelStore* store, HeadId head, HeadNote before, HeadNote after, const QString& text)
        : QUndoCommand(text), m_store(store), m_head(head), m_before(std::move(before)), m_after(std::move(after))
    {}
    void redo() override { put(m_after); }
    void undo() override { put(m_before); }

private:
    void put(const HeadNote& note)
    {
        HeadNotes notes = m_store->notes();
        if (note.empty()) notes.erase(m_head);
        else notes[m_head] = note;
        m_store->setNotes(notes);
    }
    LabelStore* m_store;
    HeadId m_head;
    HeadNote m_before, m_after;
};

}  // namespace

LabelStore::LabelStore(Project* project, QObject* parent) : QObject(parent), m_project(project), m_path(project->path())
{
    connect(project, &Project::modelChanged, this, &LabelStore::modelChanged);
}

void LabelStore::modelChanged()
{
    const QString path = m_project->path();
    if (path != m_path) {
        // Notes belong to the file; who comes back to it in the same session finds them.
        if (!m_path.isEmpty()) m_shelf[m_path] = m_notes;
        const auto it = m_shelf.find(path);
        setNotes(it == m_shelf.end() || path.isEmpty() ? HeadNotes{} : it->second);
        m_path = path;
    }
    clearReport();
    setFilter({});
}

const HeadReport* LabelStore::head(HeadId head) const { return m_report ? m_report->find(head) : nullptr; }

LabelMark LabelStore::mark(HeadId head) const
{
    const auto it = m_marks.find(head);
    return it == m_marks.end() ? LabelMark{} : it->second;
}

QStringList LabelStore::furtherCodes(HeadId head) const
{
    QStringList out;
    const auto own = m_further.find(head);
    if (own == m_further.end()) return out;
    for (const LabelKind kind : codedKinds())
        if (const QString code = labelCode(kind); own->second.contains(code) && !out.contains(code)) out << code;
    return out;
}

std::optional<double> LabelStore::score(HeadId head) const
{
    const LabelMark shown = mark(head);
    return shown.hasLabel() ? std::optional<double>(shown.score) : std::nullopt;
}

std::optional<double> LabelStore::measured(HeadId id) const
{
    const HeadReport* report = m_measure.key.isEmpty() ? nullptr : head(id);
    return report ? measureOf(m_measure.key, *report) : std::nullopt;
}

void LabelStore::nameMeasure()
{
    if (!m_report || m_measure.key.isEmpty()) return;
    for (const LabelMeasure& measure : labelMeasures(*m_report))
        if (measure.key == m_measure.key) m_measure = measure;
}

void LabelStore::setMeasure(const QString& key)
{
    if (key == m_measure.key) return;
    m_measure = {key, {}, false};
    nameMeasure();
}

bool LabelStore::passes(HeadId head) const
{
    if (m_filter.isEmpty()) return true;
    if (m_filter.contains(kMine) && m_notes.contains(head)) return true;
    const QString code = mark(head).code;
    if (!code.isEmpty() && m_filter.contains(code)) return true;
    for (const auto* more : {&m_further, &m_attributes})
        if (const auto own = more->find(head); own != more->end() && own->second.intersects(m_filter)) return true;
    return false;
}

std::vector<LabelStore::Count> LabelStore::counts() const
{
    std::vector<Count> out;
    const auto add = [&](const QString& code) {
        Count count{code};
        count.first = int(std::count_if(m_marks.begin(), m_marks.end(), [&](const auto& entry) { return entry.second.code == code; }));
        for (const auto& [head, codes] : m_further)
            if (codes.contains(code)) count.further.push_back(head);
        if (count.first > 0 || !count.further.empty()) out.push_back(std::move(count));
    };
    for (const LabelKind kind : codedKinds()) add(labelCode(kind));
    for (const QString& code : {QStringLiteral("–"), QStringLiteral("?"), QStringLiteral("…")}) add(code);
    return out;
}

std::vector<std::pair<QString, int>> LabelStore::attributeCounts() const
{
    std::map<QString, int> counted;
    for (const auto& [head, names] : m_attributes)
        for (const QString& name : names) ++counted[name];
    return {counted.begin(), counted.end()};
}

void LabelStore::setReport(const std::shared_ptr<const Model>& model, const std::shared_ptr<const LabelReport>& report, bool fromCache)
{
    if (!report || !model || model != m_project->model()) return;
    if (!report->complete && complete()) return;
    m_report = report;
    m_fromCache = fromCache;
    m_marks.clear();
    m_attributes.clear();
    m_further.clear();
    for (const HeadReport& head : report->heads) {
        m_marks[head.head] = labelMark(head, report->complete);
        for (const HeadLabel& label : head.labels) {
            if (label.status != LabelStatus::Awarded) continue;
            const QString code = labelCode(label.id.kind);
            if (isAttribute(label.id.kind)) m_attributes[head.head].insert(QString::fromStdString(labelName(label.id)));
            else if (!code.isEmpty() && code != m_marks[head.head].code) m_further[head.head].insert(code);
        }
    }
    nameMeasure();
    // A filter that lets nothing through any more would look like an empty model.
    QSet<QString> left = m_filter;
    for (const QString& code : m_filter)
        if (code != kMine && std::none_of(m_marks.begin(), m_marks.end(), [&](const auto& entry) { return entry.second.code == code; })
            && std::none_of(m_further.begin(), m_further.end(), [&](const auto& entry) { return entry.second.contains(code); })
            && std::none_of(m_attributes.begin(), m_attributes.end(), [&](const auto& entry) { return entry.second.contains(code); }))
            left.remove(code);
    Q_EMIT changed();
    setFilter(left);
}

void LabelStore::clearReport()
{
    if (!m_report) return;
    m_report.reset();
    m_marks.clear();
    m_attributes.clear();
    m_further.clear();
    m_fromCache = false;
    Q_EMIT changed();
}

void LabelStore::setFilter(const QSet<QString>& codes)
{
    if (codes == m_filter) return;
    m_filter = codes;
    Q_EMIT filterChanged();
}

HeadNote LabelStore::note(HeadId head) const
{
    const auto it = m_notes.find(head);
    return it == m_notes.end() ? HeadNote{} : it->second;
}

void LabelStore::setNote(HeadId head, const HeadNote& wanted)
{
    const HeadNote after{wanted.label.simplified(), wanted.text.trimmed()};
    const HeadNote before = note(head);
    if (after == before) return;
    const QString text = QCoreApplication::translate("hs::ui::LabelStore", "note on %1").arg(QString::fromStdString(headName(head)));
    m_project->undo().push(new NoteCommand(this, head, before, after, text));
}

void LabelStore::setNotes(const HeadNotes& notes)
{
    if (notes == m_notes) return;
    m_notes = notes;
    Q_EMIT notesChanged();
    if (m_filter.contains(kMine)) {
        if (m_notes.empty()) {
            QSet<QString> left = m_filter;
            left.remove(kMine);
            setFilter(left);
        } else Q_EMIT filterChanged();
    }
}

}  // namespace hs::ui
