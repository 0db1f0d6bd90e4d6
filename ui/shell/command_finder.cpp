// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_finder.h"

#include <algorithm>

#include "engine/base/ids.h"

namespace hs::ui {

QString plainText(const QAction& action)
{
    QString text = action.text().section(QLatin1Char('\t'), 0, 0);
    text.remove(QLatin1Char('&'));
    return text;
}

namespace {

constexpr int kOtherName = 900, kHeadName = 1900;
constexpr std::size_t kMostFound = 60;

/// Other names count only from the beginning of a word: letters picked out of a list of them would fit anything.
bool beginsAWord(const QString& names, const QString& typed)
{
    for (qsizetype at = names.indexOf(typed, 0, Qt::CaseInsensitive); at >= 0; at = names.indexOf(typed, at + 1, Qt::CaseInsensitive))
        if (at == 0 || !names[at - 1].isLetterOrNumber()) return true;
    return false;
}

int scoreOf(const FinderThing& thing, const QString& typed)
{
    const bool also = typed.size() > 1 && beginsAWord(thing.alsoCalled, typed);
    if (thing.kind == FinderThing::Kind::Head) {
        const QString name = thing.text.section(QLatin1Char(' '), -1);
        if (const auto wanted = parseHeadName(typed.toStdString()); wanted && QString::fromStdString(headName(*wanted)) == name)
            return kHeadName;
        const bool named = typed.size() > 1 && typed[1].isDigit() && name.startsWith(typed, Qt::CaseInsensitive);
        return named ? kHeadName - 1 : also ? kOtherName - 1 : -1;
    }
    // Parts of a word only: letters picked apart find commands, which are few; there are many files and labels.
    if (const int score = fuzzyScore(thing.text, typed); score > 200) return score;
    return also ? kOtherName - 1 : -1;
}

}  // namespace

CommandFinder::CommandFinder(const QList<QAction*>& actions, QWidget* window, std::vector<FinderThing> things)
    : PopupList(tr("Find a command, view, head, label or file"), window), m_things(std::move(things))
{
    for (QAction* action : actions) m_actions << action;
    connect(this, &PopupList::chosen, this, [list = m_actions, more = m_things](int id) {
        if (id >= list.size()) more[std::size_t(id - list.size())].run();
        else if (QAction* action = list.value(id)) action->trigger();
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
        if (score < kOtherName && !typed.isEmpty() && beginsAWord(action->property("alsoCalled").toString(), typed))
            score = std::max(score, kOtherName);
        if (score < 0) continue;
        entry.hint = action->shortcut().isEmpty() ? action->text().section(QLatin1Char('\t'), 1)
                                                  : action->shortcut().toString(QKeySequence::NativeText);
        entry.id = i;
        entry.enabled = action->isEnabled();
        scored.emplace_back(score + (entry.enabled ? 0 : -400), std::move(entry));
    }
    for (std::size_t i = 0; i < m_things.size() && !typed.isEmpty(); ++i)
        if (const int score = scoreOf(m_things[i], typed); score >= 0)
            scored.emplace_back(score, Entry{m_things[i].text, m_things[i].hint, int(m_actions.size()) + int(i), true, false});
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Entry> out;
    for (auto& [score, entry] : scored)
        if (typed.isEmpty() || out.size() < kMostFound) out.push_back(std::move(entry));
    return out;
}

QString CommandFinder::nothing(const QString& typed) const
{
    return tr("No command fits “%1”. Try fewer letters, or another word.").arg(typed);
}

}  // namespace hs::ui
