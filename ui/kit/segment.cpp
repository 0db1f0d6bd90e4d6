// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/segment.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

#include "ui/theme/theme.h"

namespace hs::ui {

Segment::Segment(const QStringList& words, QWidget* parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (int i = 0; i < words.size(); ++i) {
        auto* button = new QPushButton(words[i]);
        button->setCheckable(true);
        button->setProperty("segment", words.size() == 1 ? 4 : i == 0 ? 1 : i + 1 == words.size() ? 3 : 2);
        button->setProperty("small", true);
        // Room for the bold face of the chosen word, so that the outline does not move.
        button->setFixedSize(QFontMetrics(Theme::instance().font(Type::Base, true)).horizontalAdvance(words[i]) + 20, measure::kButton);
        m_group->addButton(button, i);
        m_buttons.push_back(button);
        row->addWidget(button);
    }
    setFixedSize(row->sizeHint());  // never squeezed: cut words say nothing
    if (!m_buttons.empty()) m_buttons.front()->setChecked(true);
    connect(m_group, &QButtonGroup::idClicked, this, &Segment::chosen);
}

int Segment::current() const { return m_group->checkedId(); }

void Segment::setCurrent(int index)
{
    if (index >= 0 && index < int(m_buttons.size())) m_buttons[std::size_t(index)]->setChecked(true);
}

}  // namespace hs::ui
