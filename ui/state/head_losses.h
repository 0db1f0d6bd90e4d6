// SPDX-License-Identifier: GPL-3.0-or-later
// Measured change of the loss when a head is switched off, for the current run. Forgets everything when the run changes.
#pragma once

#include <QObject>
#include <map>
#include <optional>

#include "engine/base/ids.h"

namespace hs::ui {

class HeadLosses : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Nats; nothing when not measured.
    std::optional<double> change(HeadId head) const
    {
        const auto it = m_changes.find(head);
        return it == m_changes.end() ? std::nullopt : std::optional<double>(it->second);
    }
    std::size_t count() const { return m_changes.size(); }
    void set(HeadId head, double change)
    {
        m_changes[head] = change;
        Q_EMIT changed();
    }
    void clear()
    {
        if (m_changes.empty()) return;
        m_changes.clear();
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    std::map<HeadId, double> m_changes;
};

}  // namespace hs::ui
