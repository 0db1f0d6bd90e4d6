// SPDX-License-Identifier: GPL-3.0-or-later
// A project with a small model and a label report, and what views of it need.
#pragma once

#include "tests/support/label_report.h"
#include "tests/support/random_model.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/labels/label_store.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_context.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

namespace hs::test {

struct LabelBench {
    ui::EngineBridge bridge;
    ui::Project project;
    ui::Selection selection;
    ui::ViewSettings settings;
    ui::LabelStore labels{&project};
    ui::ViewContext context{&bridge, &project, &selection, &settings, &labels};
    std::shared_ptr<const Model> model = randomModel(smallConfig(2, 4));
    explicit LabelBench(bool labelled = true)
    {
        ui::Theme::instance().apply(ui::ThemeMode::Light);
        project.setModel(model);
        if (labelled) labels.setReport(model, sampleReport(), false);
    }
};

}  // namespace hs::test
