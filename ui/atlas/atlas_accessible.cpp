// SPDX-License-Identifier: GPL-3.0-or-later
// A painted widget is mute: this gives screen readers one cell per head with a sentence.
#include <QAccessible>
#include <QAccessibleWidget>
#include <vector>

#include "ui/atlas/atlas.h"

namespace hs::ui {

namespace {

class HeadCell : public QAccessibleInterface {
public:
    HeadCell(AtlasView* view, int index) : m_view(view), m_index(index) {}
    bool isValid() const override { return m_view && m_index < m_view->headCount(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_view->sentence(m_view->headAt(m_index)) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        if (!isValid()) return {};
        const QRect r = m_view->cellRect(m_view->headAt(m_index));
        return {m_view->viewport()->mapToGlobal(r.topLeft()), r.size()};
    }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override
    {
        QAccessible::State s;
        s.focusable = s.selectable = true;
        if (isValid() && m_view->current() == m_view->headAt(m_index)) {
            s.selected = true;
            s.focused = m_view->hasFocus();
        }
        return s;
    }

private:
    AtlasView* m_view;
    int m_index;
};

class AtlasInterface : public QAccessibleWidget {
public:
    explicit AtlasInterface(AtlasView* view) : QAccessibleWidget(view, QAccessible::Table) {}
    ~AtlasInterface() override
    {
        for (const QAccessible::Id id : m_children)
            if (id) QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return view()->headCount(); }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) return nullptr;
        if (int(m_children.size()) <= index) m_children.resize(std::size_t(childCount()), 0);
        QAccessible::Id& id = m_children[std::size_t(index)];
        if (!id) id = QAccessible::registerAccessibleInterface(new HeadCell(view(), index));
        return QAccessible::accessibleInterface(id);
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        for (int i = 0; i < int(m_children.size()); ++i)
            if (m_children[std::size_t(i)] && QAccessible::accessibleInterface(m_children[std::size_t(i)]) == wanted) return i;
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const auto head = view()->headAtPoint(view()->viewport()->mapFromGlobal(QPoint(x, y)));
        return head ? child(view()->indexOf(*head)) : nullptr;
    }
    QAccessibleInterface* focusChild() const override { return child(view()->indexOf(view()->current())); }

private:
    AtlasView* view() const { return static_cast<AtlasView*>(widget()); }
    mutable std::vector<QAccessible::Id> m_children;
};

QAccessibleInterface* make(const QString& className, QObject* object)
{
    if (className == QLatin1String("hs::ui::AtlasView"))
        if (auto* view = qobject_cast<AtlasView*>(object)) return new AtlasInterface(view);
    return nullptr;
}

}  // namespace

void installAtlasAccessibility()
{
    static const bool installed = (QAccessible::installFactory(make), true);
    Q_UNUSED(installed);
}

}  // namespace hs::ui
