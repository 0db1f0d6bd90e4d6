// SPDX-License-Identifier: GPL-3.0-or-later
// Export, copy and print of what the view in front shows, and the way back: a figure brings the view that made it.
#pragma once

#include <QObject>
#include <optional>

#include "ui/export/export_actions.h"
#include "ui/state/project_file.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class Centre;
class CommandList;
class Desk;

class FigureCommands : public QObject {
    Q_OBJECT
public:
    FigureCommands(const ViewContext& context, Centre* centre, Desk* desk, CommandList& commands, QObject* parent);
    void exportFigure();

    /// By its ending: png, svg, pdf.
    static bool isFigure(const QString& path);
    /// The project that a figure's recipe tells of, on top of `now`; nothing when there is no recipe, and that was said.
    std::optional<ProjectFile> projectOf(const QString& path, ProjectFile now) const;

private:
    void with(void (ExportActions::*action)(const FigureSubject&));
    FigureSubject subject() const;
    ViewContext m_c;
    Centre* m_centre;
    Desk* m_desk;
};

}  // namespace hs::ui
