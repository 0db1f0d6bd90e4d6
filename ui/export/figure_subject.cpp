// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_subject.h"

#include "ui/state/cut_values.h"
#include "ui/state/project.h"
#include "ui/state/prune_file.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

namespace hs::ui {

FigureSubject headSubject(const ViewContext& context)
{
    FigureSubject s;
    s.a = context.project->source();
    s.spec.kind = FigureKind::Head;
    s.spec.heads = {context.selection->head()};
    s.spec.look = context.settings->look();
    s.spec.layersUp = context.settings->layersUp();
    if (context.selection->locked()) {
        s.spec.query = context.selection->query();
        s.spec.key = context.selection->key();
    }
    return s;
}

FigureSubject atlasSubject(const ViewContext& context)
{
    FigureSubject s = headSubject(context);
    s.spec.kind = FigureKind::Atlas;
    s.spec.heads.clear();
    s.spec.look.kind = MapKind::Weights;
    return s;
}

QString figureName(const FigureSpec& spec)
{
    switch (spec.kind) {
    case FigureKind::Head:
    case FigureKind::Chart:
    case FigureKind::Atlas: break;
    case FigureKind::Grid: return QStringLiteral("grid");
    case FigureKind::Compare: return QStringLiteral("compare");
    case FigureKind::Text: return QStringLiteral("text");
    case FigureKind::Drawing: return spec.drawing ? spec.drawing->name : QString();
    }
    return QStringLiteral("head");
}

Provenance provenanceOf(const Project& project)
{
    Provenance p;
    if (const auto& model = project.model()) {
        p.modelName = QString::fromStdString(model->identity().name);
        p.modelPath = QString::fromStdString(model->identity().path);
        p.layout = QString::fromStdString(model->identity().layout);
        p.weightDtype = QString::fromStdString(model->identity().weightDtype);
        for (const std::string& value : model->saidValues()) p.said << QString::fromStdString(value);
    } else if (const auto& dump = project.dump()) {
        p.modelName = QString::fromStdString(dump->model);
        p.modelPath = QString::fromStdString(dump->path);
        p.layout = QStringLiteral("attention-dump");
    }
    p.modelHash = project.modelHash();
    p.interventions = project.interventions();
    if (!project.offHeads().empty()) {
        const CutValues& values = *project.cuts();
        p.cutsWrite = values.sentence();
        if (values.values()) p.cutsSource = cutsJson(values.kind(), values.text(), values.values()->seed);
    }
    if (const PromptEntry* entry = project.current()) {
        p.promptText = entry->text;
        if (entry->run) p.ids = entry->run->prompt->ids();
        else if (entry->sample) p.ids = entry->sample->ids();
        if (p.ids.empty()) p.ids = entry->ids;
    }
    return p;
}

}  // namespace hs::ui
