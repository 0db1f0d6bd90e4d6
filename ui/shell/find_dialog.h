// SPDX-License-Identifier: GPL-3.0-or-later
// G and Ctrl+F: heads by name ("L5H1", "5.1"), tokens by text or number.
#pragma once

#include "ui/kit/popup_list.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class FindDialog : public PopupList {
    Q_OBJECT
public:
    enum What { Heads, Everything };
    FindDialog(const ViewContext& context, What what, QWidget* window);

protected:
    std::vector<Entry> matches(const QString& typed) const override;
    QString nothing(const QString& typed) const override;

private:
    ViewContext m_c;
    What m_what;
};

}  // namespace hs::ui
