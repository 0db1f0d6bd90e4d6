// SPDX-License-Identifier: GPL-3.0-or-later
// One question to the engine at a time: a newer one replaces the older. Keeps what a view has to say about it: busy, error, progress.
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "engine/session/events.h"

namespace hs::ui {

class EngineBridge;

class OneJob : public QObject {
    Q_OBJECT
public:
    /// `key` as in JobSpec: must differ from that of every other questioner of this window.
    OneJob(EngineBridge* bridge, const QString& key, QObject* parent = nullptr);
    void start(JobWork work);
    void cancel();                         ///< ended(false) follows, error() says Cancelled
    void forget();                         ///< as if never asked: no answer, no error
    bool is(JobId job) const { return m_job != 0 && job == m_job; }
    bool busy() const { return m_job != 0; }
    const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void ended(bool ok);                   ///< after the last result
    void progress(double fraction, const QString& words);   ///< fraction < 0: length not known

private:
    EngineBridge* m_bridge;
    QString m_key;
    JobId m_job = 0;
    std::optional<Error> m_error;
};

}  // namespace hs::ui
