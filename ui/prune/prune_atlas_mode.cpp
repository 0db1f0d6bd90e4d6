// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_atlas_mode.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

#include "ui/atlas/atlas.h"
#include "ui/prune/prune_controller.h"
#include "ui/theme/theme.h"

namespace hs::ui {

PruneAtlasMode::PruneAtlasMode(AtlasView* atlas, PruneController* controller, QObject* parent)
    : QObject(parent), m_atlas(atlas), m_controller(controller), m_button(new QToolButton)
{
    m_button->setObjectName(QStringLiteral("atlasClick"));
    m_button->setProperty("quiet", true);
    m_button->setFont(Theme::instance().font(Type::Caption));
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setFixedHeight(22);
    m_button->setText(tr("Click: switch off"));
    m_button->setToolTip(tr("What a click in the atlas does, and what the cells show"));
    auto* menu = new QMenu(m_button);
    const auto group = [&](const QString& first, const QString& second, bool checked, auto set) {
        auto* choices = new QActionGroup(menu);
        for (const bool value : {true, false}) {
            QAction* action = menu->addAction(value ? first : second, this, [this, set, value] {
                set(value);
                apply();
            });
            action->setCheckable(true);
            action->setChecked(value == checked);
            choices->addAction(action);
        }
    };
    group(tr("A click switches heads off and on"), tr("A click selects a head"), true, [this](bool v) { m_clickSwitches = v; });
    menu->addSeparator();
    group(tr("Cells show what each head does alone"), tr("Cells show attention or the chosen score"), false,
          [this](bool v) { m_showEffect = v; });
    m_button->setMenu(menu);
    m_button->hide();
    connect(controller->bench(), &PruneBench::aloneChanged, this, [this] {
        if (m_active && m_showEffect) apply();
    });
}

void PruneAtlasMode::setActive(bool on)
{
    m_active = on;
    m_button->setVisible(on);
    apply();
}

void PruneAtlasMode::apply()
{
    m_atlas->setSwitching(m_active && m_clickSwitches);
    m_button->setText(m_clickSwitches ? tr("Click: switch off") : tr("Click: select"));
    std::map<HeadId, double> values;
    if (const auto& alone = m_controller->bench()->alone(); m_active && m_showEffect && alone)
        for (const ImportanceEntry& e : alone->heads)
            if (e.known) values[e.head] = e.value;
    m_atlas->setImportance(std::move(values), tr("loss alone off"));
}

}  // namespace hs::ui
