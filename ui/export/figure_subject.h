// SPDX-License-Identifier: GPL-3.0-or-later
// What a view offers for export, copy and print.
#pragma once

#include <QSize>
#include <memory>

#include "ui/export/figure.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class Project;

struct FigureSubject {
    FigureSpec spec;                              ///< kind, heads, look, pair; sizes are chosen in the dialog
    std::shared_ptr<const AttentionSource> a, b;  ///< b: Compare's second source, else null
    QSize screen;                                 ///< the view's size on screen, for "Screen, as shown"
    QString promptB, modelPathB;                  ///< Compare of prompts or models
};

/// The head that is selected, as the Head tab shows it.
FigureSubject headSubject(const ViewContext& context);
FigureSubject atlasSubject(const ViewContext& context);
/// Which view made it, by its id or by what it drew: "head", "grid", "graph", "flow-routes".
QString figureName(const FigureSpec& spec);
/// Model, prompt, token ids and interventions of what is shown now.
Provenance provenanceOf(const Project& project);

}  // namespace hs::ui
