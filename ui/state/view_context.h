// SPDX-License-Identifier: GPL-3.0-or-later
// What every centre tab and dock is given: the shared objects of one window. None is owned; all outlive the views.
#pragma once

namespace hs::ui {

class EngineBridge;
class Project;
class Selection;
class ViewSettings;

struct ViewContext {
    EngineBridge* bridge = nullptr;
    Project* project = nullptr;
    Selection* selection = nullptr;
    ViewSettings* settings = nullptr;
};

}  // namespace hs::ui
