// SPDX-License-Identifier: GPL-3.0-or-later
// What every centre tab and dock is given: the shared objects of one window. None is owned; all outlive the views.
#pragma once

namespace hs::ui {

class EngineBridge;
class GraphStore;
class LabelStore;
class Project;
class Running;
class Selection;
class SimilarityStore;
class ViewSettings;

struct ViewContext {
    EngineBridge* bridge = nullptr;
    Project* project = nullptr;
    Selection* selection = nullptr;
    ViewSettings* settings = nullptr;
    LabelStore* labels = nullptr;  ///< may be null in tests of single views
    GraphStore* graph = nullptr;   ///< likewise
    SimilarityStore* similarity = nullptr;
    Running* running = nullptr;  ///< the run of the current prompt, while it is on its way; null in tests of single views
};

}  // namespace hs::ui
