// SPDX-License-Identifier: GPL-3.0-or-later
// Two memories of where the user has been: the undo stack (Ctrl+Z) and the back/forward history of (head, prompt) (Alt+arrows).
#pragma once

#include <QObject>
#include <vector>

#include "engine/base/ids.h"

namespace hs::ui {

class Project;
class Selection;

class SelectionHistory : public QObject {
    Q_OBJECT
public:
    SelectionHistory(Project* project, Selection* selection, QObject* parent = nullptr);

    bool canGoBack() const { return m_place > 0; }
    bool canGoForward() const { return m_place + 1 < int(m_visits.size()); }
    /// While recording is off, head changes are neither undoable nor remembered (loading, start).
    void setRecording(bool on) { m_recording = on; }
    void clear();

public Q_SLOTS:
    void back();
    void forward();

Q_SIGNALS:
    void changed();

private:
    struct Visit {
        HeadId head;
        int prompt = -1;
        bool operator==(const Visit&) const = default;
    };
    friend class SelectHeadCommand;
    void headChanged(HeadId now, HeadId before);
    void remember();
    void go(int place);

    Project* m_project;
    Selection* m_selection;
    std::vector<Visit> m_visits;
    int m_place = -1;
    bool m_recording = true;
    bool m_replaying = false;
};

}  // namespace hs::ui
