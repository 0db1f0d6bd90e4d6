// SPDX-License-Identifier: GPL-3.0-or-later
// The .headscope file: JSON with what is needed to come back to a piece of work. Numbers are recomputed, never stored.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/forward/intervention.h"
#include "ui/state/class_list_ref.h"
#include "ui/state/head_notes.h"
#include "ui/state/prune_settings.h"
#include "ui/state/view_settings.h"

namespace hs::ui {

struct ProjectFile {
    static constexpr int kFormat = 1;
    struct Prompt {
        QString title, text;
        std::vector<int> ids;
        bool spellSpecial = false;  ///< false in older files
        bool operator==(const Prompt&) const = default;
    };
    QString modelPath;                          ///< absolute; a path relative to the project file is tried when it is gone
    QString modelHash;                          ///< SHA-256, or empty when it was still pending
    std::map<std::string, std::string> config;  ///< what the user set by hand
    std::string adapter;                        ///< folder of the adapter that was merged, or "none"; empty: not said
    std::string tokenList;                      ///< file with names for the ids; empty: none
    std::vector<Prompt> prompts;
    int current = -1;
    HeadId head;
    std::optional<HeadId> pinned;
    int query = -1, key = -1;  ///< locked pair; -1: none
    Interventions interventions;
    std::optional<PruneSettings> prune;   ///< how the pruning bench measures, on which texts; nothing: not said (older files)
    HeadNotes notes;                      ///< labels and notes of the user
    std::optional<ClassListRef> classes;  ///< class list of the graph, empty: none is open; absent (older files): not known
    MapLook look;
    QString view = QStringLiteral("head");  ///< id of the view in front
    QJsonObject views;                      ///< what each view keeps of itself, by its id
    QByteArray layout;                      ///< QMainWindow::saveState
    bool operator==(const ProjectFile&) const = default;
};

QByteArray toJson(const ProjectFile& project);
/// JsonInvalid (item = what is wrong there) for anything that is not a whole, sensible project.
Result<ProjectFile> projectFromJson(const QByteArray& json);
/// Atomic; errors of writeFileAtomically.
Status saveProjectFile(const QString& path, const ProjectFile& project);
Result<ProjectFile> loadProjectFile(const QString& path);

}  // namespace hs::ui
