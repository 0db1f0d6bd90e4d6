// SPDX-License-Identifier: GPL-3.0-or-later
// What is more than one view: docks, commands, a share of the project. Listed in ui/shell/features.cpp.
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <vector>

#include "ui/feature/dock_spec.h"
#include "ui/state/view_context.h"

class QKeyEvent;
class QSettings;

namespace hs::ui {

class CentreTab;
class CommandList;
class Desk;
struct ProjectFile;

class Feature : public QObject {
    Q_OBJECT
public:
    Feature(const ViewContext& context, Desk& desk, QObject* parent) : QObject(parent), m_c(context), m_desk(desk) {}

    virtual QString id() const = 0;
    virtual QString title() const = 0;
    virtual std::vector<DockSpec> docks() { return {}; }
    virtual void addCommands(CommandList& /*commands*/) {}
    virtual void save(ProjectFile& /*project*/) const {}
    /// Before the project's interventions are in force.
    virtual void restore(const ProjectFile& /*project*/) {}
    virtual void saveSettings(QSettings& /*settings*/) const {}
    virtual void restoreSettings(const QSettings& /*settings*/) {}
    /// The window stands.
    virtual void start() {}
    /// A model was opened and nobody said what to look at.
    virtual void introduce() {}
    /// A key that no view wanted; true: taken.
    virtual bool takeKey(QKeyEvent& /*event*/) { return false; }

protected:
    ViewContext m_c;
    Desk& m_desk;
};

}  // namespace hs::ui
