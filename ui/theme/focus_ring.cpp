// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFocusFrame>
#include <QLineEdit>
#include <QPointer>
#include <QRadioButton>

#include "ui/theme/style.h"

namespace hs::ui {

namespace {

/// Check boxes and radio buttons paint their own ring around the box; views paint theirs inside.
bool takesRing(const QWidget* widget)
{
    if (qobject_cast<const QCheckBox*>(widget) || qobject_cast<const QRadioButton*>(widget)) return false;
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget)
           || qobject_cast<const QAbstractSpinBox*>(widget);
}

}  // namespace

void installFocusRing()
{
    static QPointer<QFocusFrame> frame;
    static bool installed = false;
    if (installed) return;
    installed = true;
    QObject::connect(qApp, &QApplication::focusChanged, qApp, [](QWidget*, QWidget* now) {
        // Buttons show it when the keyboard moved there; fields always, because typing goes there.
        const bool byKeyboard = now && now->window()->testAttribute(Qt::WA_KeyboardFocusChange);
        const bool field = qobject_cast<QLineEdit*>(now) || qobject_cast<QAbstractSpinBox*>(now);
        if (!now || !takesRing(now) || now->property("noFocusRing").toBool() || !(byKeyboard || field)) {
            delete frame;
            return;
        }
        if (!frame) frame = new QFocusFrame(now->parentWidget());
        frame->setWidget(now);
    });
}

}  // namespace hs::ui
