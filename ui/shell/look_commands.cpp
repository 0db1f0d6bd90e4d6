// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/look_commands.h"

#include <QHash>

#include "ui/feature/command_list.h"
#include "ui/state/view_settings.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/theme.h"

namespace hs::ui {

LookCommands::LookCommands(const ViewContext& context, CommandList& commands, std::function<void()> themeChosen, QObject* parent)
    : QObject(parent), m_c(context), m_themeChosen(std::move(themeChosen))
{
    const auto look = [this]() -> const MapLook& { return m_c.settings->look(); };
    const auto toggle = [this, &commands](const char* id, const QString& text, int order, const char* key,
                                          std::function<void(MapLook&)> edit, std::function<bool()> on) {
        commands.add({QStringLiteral("look.") + QLatin1String(id),
                      text,
                      QStringLiteral("view"),
                      order,
                      [this, edit = std::move(edit)] { change(edit); },
                      {QKeySequence(QString::fromLatin1(key))},
                      {},
                      std::move(on)});
    };
    toggle(
        "words", tr("&Words instead of tokens"), 200, "W",
        [](MapLook& l) { l.grain = l.grain == Grain::Words ? Grain::Tokens : Grain::Words; },
        [look] { return look().grain == Grain::Words; });
    toggle(
        "crosshair", tr("&Crosshair and profiles"), 210, "C", [](MapLook& l) { l.crosshair = !l.crosshair; },
        [look] { return look().crosshair; });
    toggle(
        "log", tr("&Logarithmic colours"), 220, "L",
        [](MapLook& l) { l.stretch = l.stretch == Stretch::Log ? Stretch::Linear : Stretch::Log; },
        [look] { return look().stretch == Stretch::Log; });
    toggle(
        "rows", tr("&Stretch each row"), 230, "R",
        [](MapLook& l) { l.stretch = l.stretch == Stretch::PerRow ? Stretch::Linear : Stretch::PerRow; },
        [look] { return look().stretch == Stretch::PerRow; });
    toggle(
        "sink", tr("Hide &sink (first token)"), 240, "S", [](MapLook& l) { l.hideSink = !l.hideSink; }, [look] { return look().hideSink; });
    addMaps(commands);
    addThemes(commands);
}

void LookCommands::change(const std::function<void(MapLook&)>& edit)
{
    MapLook look = m_c.settings->look();
    edit(look);
    m_c.settings->setLook(look);
}

void LookCommands::addMaps(CommandList& commands)
{
    const QString menu = QStringLiteral("maps");
    commands.addMenu({menu, tr("C&olour map"), 250, QStringLiteral("view")});
    const QHash<QString, QString> titles{{QStringLiteral("attention"), tr("Attention (blue from paper)")},
                                         {QStringLiteral("viridis"), QStringLiteral("Viridis")},
                                         {QStringLiteral("magma"), QStringLiteral("Magma")},
                                         {QStringLiteral("cividis"), QStringLiteral("Cividis")},
                                         {QStringLiteral("grey"), tr("Grey")},
                                         {QStringLiteral("difference"), tr("Difference (diverging)")}};
    const QStringList names = ColourMap::names();
    for (const QString& name : names)
        commands.add({QStringLiteral("map.") + name,
                      titles.value(name, name),
                      menu,
                      100,
                      [this, name] { change([name](MapLook& l) { l.colourMap = name; }); },
                      {},
                      {},
                      [this, name] { return m_c.settings->look().colourMap == name; },
                      {},
                      menu});
}

void LookCommands::addThemes(CommandList& commands)
{
    const QString menu = QStringLiteral("themes");
    commands.addMenu({menu, tr("&Theme"), 300, QStringLiteral("view")});
    for (const auto& [mode, text] : {std::pair(ThemeMode::System, tr("As the system")), std::pair(ThemeMode::Light, tr("Light")),
                                     std::pair(ThemeMode::Dark, tr("Dark"))})
        commands.add({QStringLiteral("theme.%1").arg(int(mode)),
                      text,
                      menu,
                      100,
                      [this, mode = mode] {
                          Theme::instance().apply(mode);
                          m_themeChosen();
                      },
                      {},
                      {},
                      [mode = mode] { return Theme::instance().mode() == mode; },
                      {},
                      menu});
    commands.add({QStringLiteral("theme.swap"),
                  tr("Light or &dark"),
                  QStringLiteral("view"),
                  310,
                  [this] {
                      Theme::instance().apply(Theme::instance().dark() ? ThemeMode::Light : ThemeMode::Dark);
                      m_themeChosen();
                  },
                  {QKeySequence(QStringLiteral("Ctrl+Shift+D"))}});
}

}  // namespace hs::ui
