// SPDX-License-Identifier: GPL-3.0-or-later
// What every centre tab and dock is given: the shared objects of one window. None is owned; all outlive the views.
#pragma once

namespace hs::ui {

class EngineBridge;
class LabelStore;
class Project;
class Selection;
class ViewSettings;

struct ViewContext {
    EngineBridge* bridge = nullptr;
    Project* project = nullptr;
    Selection* selection = nullptr;
    ViewSettings* settings = nullptr;
    LabelStore* labels = nullptr;   ///< may be null in tests of single views
};

}  // namespace hs::ui
