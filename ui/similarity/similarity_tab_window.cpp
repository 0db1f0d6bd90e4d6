// SPDX-License-Identifier: GPL-3.0-or-later
// The Similarity tab and the window: what it can work with, its pages as commands and in the project.
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {

constexpr const char* kPages[] = {"matrix", "map", "groups", "random", "head", "ranking"};  // in the order of Page

}  // namespace

QString SimilarityTab::obstacle() const { return m_c.project->empty() ? QString() : m_store->withoutWeights(); }

/// Pages by their names and by what the field calls them.
void SimilarityTab::addCommands(CommandList& commands, Desk& desk)
{
    const QString menu = id();
    commands.addMenu({menu, tr("&Similarity of heads"), 151, QStringLiteral("view")});
    const QStringList names = pageNames();
    const QStringList alsoCalled{tr("principal angles of a pair"),
                                 tr("scaling, embedding of heads"),
                                 tr("clusters, swap test, interchangeable"),
                                 tr("random subspaces, chance, null"),
                                 tr("spectra, singular values, tokens that a head writes"),
                                 tr("identity, replaceable, stand-in")};
    for (int i = 0; i < names.size(); ++i)
        commands.add({QStringLiteral("similarity.") + QLatin1String(kPages[i]),
                      tr("Similarity: %1").arg(names[i]),
                      menu,
                      100 + i,
                      [this, &desk, i] {
                          desk.showView(id());
                          setPage(Page(i));
                      },
                      {},
                      {},
                      {},
                      alsoCalled.value(i)});
}

void SimilarityTab::save(QJsonObject& state) const { state[QStringLiteral("page")] = QString::fromLatin1(kPages[page()]); }

void SimilarityTab::restore(const QJsonObject& state)
{
    for (int i = 0; i < int(std::size(kPages)); ++i)
        if (state.value(QStringLiteral("page")).toString() == QLatin1String(kPages[i])) setPage(Page(i));
}

}  // namespace hs::ui
