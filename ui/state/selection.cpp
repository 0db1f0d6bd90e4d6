// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/selection.h"

#include <algorithm>

namespace hs::ui {

int wordStep(const std::vector<Token>& tokens, int from, int by)
{
    const int n = int(tokens.size());
    // Specials are no part of a word and stand for themselves.
    const auto begins = [&](int i) {
        const int word = tokens[std::size_t(i)].word;
        return i == 0 || word < 0 || word != tokens[std::size_t(i - 1)].word;
    };
    for (int i = from + by; i >= 0 && i < n; i += by)
        if (begins(i)) return i;
    return std::clamp(from, 0, std::max(0, n - 1));
}

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
