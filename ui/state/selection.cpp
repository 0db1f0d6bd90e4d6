// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/selection.h"

namespace hs::ui {

void Selection::setHead(HeadId head)
{
    if (head == m_head) return;
    const HeadId before = m_head;
    m_head = head;
    Q_EMIT headChanged(head, before);
}

void Selection::setPinned(std::optional<HeadId> head)
{
    if (head == m_pinned) return;
    m_pinned = head;
    Q_EMIT pinnedChanged();
}

void Selection::hover(int query, int key)
{
    if (query == m_hoverQuery && key == m_hoverKey) return;
    m_hoverQuery = query;
    m_hoverKey = key;
    if (!m_locked) Q_EMIT pairChanged();
}

void Selection::lock(int query, int key)
{
    if (m_locked && query == m_lockedQuery && key == m_lockedKey) return;
    m_locked = true;
    m_lockedQuery = query;
    m_lockedKey = key;
    Q_EMIT pairChanged();
}

void Selection::release()
{
    if (!m_locked) return;
    m_locked = false;
    Q_EMIT pairChanged();
}

}  // namespace hs::ui
