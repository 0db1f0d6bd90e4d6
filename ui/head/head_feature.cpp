// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/head/head_feature.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QPushButton>

#include "engine/session/jobs/head_weights.h"
#include "ui/atlas/atlas_feature.h"
#include "ui/bridge/ask.h"
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/graph/edge_bars.h"
#include "ui/graph/graph_card.h"
#include "ui/graph/graph_tab.h"
#include "ui/head/head_card.h"
#include "ui/kit/save_dialog.h"
#include "ui/labels/labels_feature.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

/// Asks where to, writes, says how it went.
void exportWeights(const ViewContext& context, Desk& desk)
{
    const HeadId head = context.selection->head();
    const QString name = QString::fromStdString(headName(head));
    auto* dialog = new SaveDialog(desk.window(), HeadFeature::tr("Export weights of %1").arg(name), openInputs());
    dialog->setNameFilters({HeadFeature::tr("W_Q, W_K, W_V, W_O and biases (*.safetensors)")});
    dialog->setDefaultSuffix(QStringLiteral("safetensors"));
    dialog->selectFile(QFileInfo(context.project->path()).completeBaseName() + QLatin1Char('-') + name + QStringLiteral(".safetensors"));
    const auto model = context.project->model();  // of the moment the user asked, whatever is opened while the dialog stands
    QObject::connect(dialog, &QFileDialog::fileSelected, &desk, [&desk, bridge = context.bridge, model, head, name](const QString& path) {
        auto* ask = new Ask<WriteHeadWeightsJob>(bridge, HeadFeature::tr("Weights of %1").arg(name), {}, &desk);
        QObject::connect(ask, &OneAsk::ended, &desk, [&desk, ask, path](const JobEnded& end) {
            if (end.state == JobState::Done) desk.say(HeadFeature::tr("Wrote %1").arg(QFileInfo(path).fileName()));
            else if (ask->error()) desk.fail(*ask->error());
            ask->deleteLater();
        });
        ask->start(WriteHeadWeightsJob{path.toStdString(), model, head});
    });
    dialog->open();
}

}  // namespace

HeadFeature::HeadFeature(const ViewContext& context, Desk& desk, SessionController* controller, LabelsFeature* labels, GraphTab* graph,
                         AtlasFeature* atlas, QObject* parent)
    : Feature(context, desk, parent), m_card(new HeadCard(context, controller, atlas->repeats()))
{
    labels->serve(m_card->labelSummary(), m_card->labelExamples());
    if (m_card->graphCard()) connect(graph, &GraphTab::paletteChanged, m_card->graphCard()->bars(), &EdgeBars::setEdgePalette);
    connect(&m_desk, &Desk::viewChanged, m_card, [this](const QString& view) { m_card->showGraph(view == GraphTab::kId); });
}

std::vector<DockSpec> HeadFeature::docks()
{
    return {{QStringLiteral("cardDock"),
             {title(), m_card, m_card->title()},
             Qt::RightDockWidgetArea,
             QKeySequence(QStringLiteral("Ctrl+Shift+2")),
             true}};
}

void HeadFeature::addCommands(CommandList& commands)
{
    const QString menu = QStringLiteral("head");
    // Space is a button's own key as well, so it is no shortcut: takeKey gets it when no control wanted it.
    commands.add({QStringLiteral("head.pin"),
                  tr("&Pin for comparison\tSpace"),
                  menu,
                  300,
                  [this] { pin(); },
                  {},
                  [this] { return !m_c.project->empty(); }});
    commands.add({QStringLiteral("head.switch"),
                  tr("Switch &off or on"),
                  menu,
                  310,
                  [this] { switchHead(); },
                  {QKeySequence(QStringLiteral("X"))},
                  [this] { return m_c.project->source() != nullptr; },
                  {},
                  tr("ablate; zero ablation; cut")});
    commands.add({QStringLiteral("head.weights"),
                  tr("Export &weights of this head …"),
                  QStringLiteral("file"),
                  345,
                  [this] { exportWeights(m_c, m_desk); },
                  {},
                  [this] { return m_c.project->model() && !m_c.project->model()->lacks(Part::AttentionWeights); },
                  {},
                  tr("save W_Q, W_K, W_V, W_O; safetensors")});
}

bool HeadFeature::takeKey(QKeyEvent& event)
{
    if (event.key() != Qt::Key_Space || event.modifiers() != Qt::NoModifier || m_c.project->empty()) return false;
    pin();
    return true;
}

void HeadFeature::pin()
{
    const HeadId head = m_c.selection->head();
    m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
}

void HeadFeature::switchHead()
{
    if (!m_card->switchButton()->isEnabled()) return m_desk.say(m_card->switchButton()->toolTip(), 5000);
    const HeadId head = m_c.selection->head();
    m_c.project->switchHead(head, !m_c.project->isOff(head));
}

}  // namespace hs::ui
