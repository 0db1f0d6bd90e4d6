// SPDX-License-Identifier: GPL-3.0-or-later
// What switching the selected head off (or on again) would change at one position, asked for once the selection rests.
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>
#include <vector>

#include "engine/session/jobs/ablation.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class Project;
class Selection;

/// Before and after one head is switched off, at one position.
struct SwitchPreview {
    struct Row {
        int id = 0;
        QString text;
        float on = 0, off = 0;
    };
    HeadId head;
    int position = -1;
    std::vector<Row> rows;
    double lossOn = 0, lossOff = 0;  ///< NaN: the prompt has no loss
};

class SwitchPreviews : public QObject {
    Q_OBJECT
public:
    SwitchPreviews(EngineBridge* bridge, Project* project, Selection* selection, QObject* parent = nullptr);
    const std::optional<SwitchPreview>& preview() const { return m_preview; }
    bool busy() const { return m_rest.isActive() || m_ask.busy(); }
    const std::optional<Error>& error() const { return m_ask.error(); }  ///< why the last one did not come

Q_SIGNALS:
    void changed();

private:
    void ask();
    void take(const AblationResult& result);
    int position() const;

    Project* m_project;
    Selection* m_selection;
    Ask<AblationJob> m_ask;
    HeadId m_head;
    bool m_ofOff = false;
    std::optional<SwitchPreview> m_preview;
    QTimer m_rest;
};

}  // namespace hs::ui
