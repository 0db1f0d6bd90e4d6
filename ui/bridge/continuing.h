// SPDX-License-Identifier: GPL-3.0-or-later
// Lets the model write the current prompt on, and takes what it wrote into the prompt.
#pragma once

#include <QObject>
#include <optional>

#include "engine/session/jobs/continue.h"
#include "ui/bridge/ask.h"
#include "ui/bridge/error_text.h"

namespace hs::ui {

class Project;

class Continuing : public QObject {
    Q_OBJECT
public:
    Continuing(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    void start(int tokens, double temperature, quint64 seed);
    void cancel() { m_ask.cancel(); }
    bool busy() const { return m_ask.busy(); }

Q_SIGNALS:
    void stateChanged();
    void written(const std::vector<int>& ids, const QString& text);  ///< the whole prompt with what is new
    void failed(const hs::ui::ErrorText& error, const hs::Error& facts);

private:
    void takeEnd(const JobEnded& end);
    Project* m_project;
    Ask<ContinueJob> m_ask;
    std::optional<ContinueResult> m_written;  ///< what the job has written so far
};

}  // namespace hs::ui
