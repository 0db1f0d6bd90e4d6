// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected, once for all views: select anywhere, lit everywhere.
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "engine/base/ids.h"
#include "engine/text/token.h"

namespace hs::ui {

/// The token where the next word begins (by > 0), or where this one or the one before does (by < 0): Ctrl+arrows in text. `from` itself
/// where there is none.
int wordStep(const std::vector<Token>& tokens, int from, int by);

class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    HeadId head() const { return m_head; }
    /// Head B of Compare; set by Space.
    std::optional<HeadId> pinned() const { return m_pinned; }
    /// The pair under the mouse or, while locked, the locked pair; -1: none. Token indices (also in word grain).
    int query() const { return m_locked ? m_lockedQuery : m_hoverQuery; }
    int key() const { return m_locked ? m_lockedKey : m_hoverKey; }
    bool locked() const { return m_locked; }

public Q_SLOTS:
    void setHead(hs::HeadId head);
    void setPinned(std::optional<hs::HeadId> head);
    void hover(int query, int key);  ///< -1, -1 when the mouse leaves
    void lock(int query, int key);   ///< key may be -1: a whole row
    void release();                  ///< Esc

Q_SIGNALS:
    void headChanged(hs::HeadId head, hs::HeadId before);
    void pinnedChanged();
    void pairChanged();  ///< query(), key() or locked() changed

private:
    HeadId m_head;
    std::optional<HeadId> m_pinned;
    int m_hoverQuery = -1, m_hoverKey = -1, m_lockedQuery = -1, m_lockedKey = -1;
    bool m_locked = false;
};

}  // namespace hs::ui
