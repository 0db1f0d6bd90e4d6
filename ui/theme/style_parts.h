// SPDX-License-Identifier: GPL-3.0-or-later
// How single parts of controls look; used by Style only.
#pragma once

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionHeader;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QWidget;

namespace hs::ui::parts {

void button(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void buttonLabel(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget);
void toolButton(QPainter& painter, const QStyleOptionToolButton& option, const QWidget* widget);
void checkBox(QPainter& painter, const QStyleOption& option);
void radioButton(QPainter& painter, const QStyleOption& option);
void itemBackground(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void tabShape(QPainter& painter, const QStyleOptionTab& option);
void tabLabel(QPainter& painter, const QStyleOptionTab& option);
void headerLabel(QPainter& painter, const QStyleOptionHeader& option);

}  // namespace hs::ui::parts
