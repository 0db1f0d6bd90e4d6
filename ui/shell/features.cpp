// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/features.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>

#include "ui/atlas/atlas_feature.h"
#include "ui/cause/cause_tab.h"
#include "ui/compare/compare_tab.h"
#include "ui/feature/desk.h"
#include "ui/graph/graph_feature.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/grid/grid_tab.h"
#include "ui/head/head_card.h"
#include "ui/head/head_feature.h"
#include "ui/head/head_tab.h"
#include "ui/labels/corpus_tab.h"
#include "ui/labels/label_store.h"
#include "ui/labels/labels_feature.h"
#include "ui/prune/prune_feature.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/interventions_feature.h"
#include "ui/shell/jobs_feature.h"
#include "ui/shell/start_options.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/text/text_tab.h"

namespace hs::ui {

namespace {

struct WorkspaceTitle {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::WorkspaceTitle)
};

}  // namespace

void Features::addStores(ViewContext& c, QObject* owner)
{
    c.labels = new LabelStore(c.project, owner);
    c.graph = new GraphStore(c.bridge, c.project, owner);
    c.similarity = new SimilarityStore(c.bridge, c.project, owner);
}

Features::Features(const ViewContext& c, Desk& desk, SessionController* controller, JobsModel* jobs, const StartOptions& options)
{
    QObject* owner = desk.window();
    const QString texts = options.samplePath.isEmpty() ? QString() : QFileInfo(options.samplePath).absolutePath();
    // From the lower floors up: a feature is given those it stands on.
    auto* labels = add(new LabelsFeature(c, desk, options.sampleCorpusPaths, options.presetFolder, owner));
    auto* graph = add(new GraphFeature(c, desk, options.classSetFolder, owner));
    auto* atlas = add(new AtlasFeature(c, desk, controller, labels, owner));
    auto* head = add(new HeadFeature(c, desk, controller, labels, graph->tab(), atlas, owner));
    auto* prune = add(new PruneFeature(c, desk, atlas, texts, owner));
    add(new JobsFeature(c, desk, jobs, owner));
    add(new InterventionsFeature(c, desk, owner));

    auto* compare = new CompareTab(c);
    m_workspaces = {
        {QStringLiteral("explore"), WorkspaceTitle::tr("Explore"), {new HeadTab(c), new GridTab(c), new TextTab(c), labels->tab()}},
        {QStringLiteral("relate"), WorkspaceTitle::tr("Relate"), {graph->tab(), new SimilarityTab(c)}},
        {QStringLiteral("cause"), WorkspaceTitle::tr("Cause"), {new CauseTab(c)}},
        {QStringLiteral("compare"), WorkspaceTitle::tr("Compare"), {compare}},
        {QStringLiteral("prune"), WorkspaceTitle::tr("Prune"), {prune->tab()}},
    };

    // Rooms on the same floor do not know each other: what one has to say to another goes through here.
    QObject::connect(prune, &PruneFeature::offNoteChanged, head->card(), &HeadCard::setOffNote);
    QObject::connect(prune, &PruneFeature::compareRequested, compare, [&desk, compare](const QString& path) {
        compare->setMode(CompareMode::Models);  // first: a change of mode drops what is being opened
        compare->sources()->openModel(path);
        desk.showView(compare->id());
    });
}

Features::~Features()
{
    // Those above go before those they stand on.
    std::for_each(m_all.rbegin(), m_all.rend(), [](Feature* feature) { delete feature; });
}

template <typename F>
F* Features::add(F* feature)
{
    m_all.push_back(feature);
    return feature;
}

void Features::addCommands(CommandList& commands, Desk& desk)
{
    for (Feature* feature : m_all) feature->addCommands(commands);
    for (const Workspace& workspace : m_workspaces)
        for (CentreTab* tab : workspace.tabs) tab->addCommands(commands, desk);
}

void Features::save(ProjectFile& project) const
{
    for (const Feature* feature : m_all) feature->save(project);
}

void Features::restore(const ProjectFile& project)
{
    for (Feature* feature : m_all) feature->restore(project);
}

void Features::saveSettings(QSettings& settings) const
{
    for (const Feature* feature : m_all) feature->saveSettings(settings);
}

void Features::restoreSettings(const QSettings& settings)
{
    for (Feature* feature : m_all) feature->restoreSettings(settings);
}

void Features::start()
{
    for (Feature* feature : m_all) feature->start();
}

void Features::introduce()
{
    for (Feature* feature : m_all) feature->introduce();
}

bool Features::takeKey(QKeyEvent& event)
{
    return std::any_of(m_all.begin(), m_all.end(), [&event](Feature* feature) { return feature->takeKey(event); });
}

}  // namespace hs::ui
