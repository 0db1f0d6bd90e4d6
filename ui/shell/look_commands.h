// SPDX-License-Identifier: GPL-3.0-or-later
// Commands on how maps look: words, crosshair, stretch, sink, colour map; and the theme.
#pragma once

#include <QObject>
#include <functional>

#include "ui/state/view_context.h"

namespace hs::ui {

class CommandList;
struct MapLook;

class LookCommands : public QObject {
    Q_OBJECT
public:
    /// `themeChosen`: the user has chosen another theme.
    LookCommands(const ViewContext& context, CommandList& commands, std::function<void()> themeChosen, QObject* parent);

private:
    void change(const std::function<void(MapLook&)>& edit);
    void addMaps(CommandList& commands);
    void addThemes(CommandList& commands);

    ViewContext m_c;
    std::function<void()> m_themeChosen;
};

}  // namespace hs::ui
