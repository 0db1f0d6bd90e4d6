// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_finder.h"

#include <algorithm>

namespace hs::ui {

QString plainText(const QAction& action)
{
    QString text = action.text().section(QLatin1Char('\t'), 0, 0);
    text.remove(QLatin1Char('&'));
    return text;
}

CommandFinder::CommandFinder(const QList<QAction*>& actions, QWidget* window) : PopupList(tr("Find a command"), window)
{
    for (QAction* action : actions) m_actions << action;
    connect(this, &PopupList::chosen, this, [list = m_actions](int id) {
        if (QAction* action = list.value(id)) action->trigger();
    });
}

std::vector<PopupList::Entry> CommandFinder::matches(const QString& typed) const
{
    std::vector<std::pair<int, Entry>> scored;
    for (int i = 0; i < m_actions.size(); ++i) {
        const QAction* action = m_actions[i];
        if (!action) continue;
        Entry entry;
        entry.text = plainText(*action);
        int score = fuzzyScore(entry.text, typed);
        // Other names count only as whole words or their beginnings: letters picked out of a list of them would fit anything.
        if (const QString also = action->property("alsoCalled").toString(); score < 900 && !typed.isEmpty() && !also.isEmpty()) {
            const qsizetype at = also.indexOf(typed, 0, Qt::CaseInsensitive);
            if (at == 0 || (at > 0 && !also[at - 1].isLetterOrNumber())) score = std::max(score, 900);
        }
        if (score < 0) continue;
        entry.hint = action->shortcut().isEmpty() ? action->text().section(QLatin1Char('\t'), 1)
                                                  : action->shortcut().toString(QKeySequence::NativeText);
        entry.id = i;
        entry.enabled = action->isEnabled();
        scored.emplace_back(score + (entry.enabled ? 0 : -400), std::move(entry));
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Entry> out;
    for (auto& [score, entry] : scored) out.push_back(std::move(entry));
    return out;
}

QString CommandFinder::nothing(const QString& typed) const
{
    return tr("No command fits “%1”. Try fewer letters, or another word.").arg(typed);
}

}  // namespace hs::ui
