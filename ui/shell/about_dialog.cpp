// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/about_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "engine/base/version.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

struct Component {
    const char* name;
    const char* licence;
    const char* use;
};
constexpr Component kComponents[] = {
    {"Qt 6 (Widgets, SVG, Print Support)", "LGPL-3.0", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "window")},
    {"Qt Charts", "GPL-3.0", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "charts of the head card")},
    {"HDF5", "BSD-3-Clause (HDF Group)", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "reading and writing files")},
    {"Eigen 3", "MPL-2.0", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "small matrix products")},
    {"oneDNN", "Apache-2.0", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "large matrix products")},
    {"PCRE2", "BSD-3-Clause", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "splitting text")},
    {"utf8proc", "MIT, Unicode", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "Unicode")},
    {"SentencePiece", "Apache-2.0", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "tokenisers")},
    {"nlohmann json", "MIT", "JSON"},
    {"OpenSSL", "Apache-2.0", "SHA-256"},
    {"viridis, magma, cividis", "CC0", QT_TRANSLATE_NOOP("hs::ui::AboutDialog", "colour maps")},
};

}  // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About HeadScope"));
    resize(520, 460);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    auto* name = new QLabel(QStringLiteral("HeadScope %1").arg(QString::fromLatin1(kVersion)));
    name->setFont(Theme::instance().font(Type::HeadName, true));
    column->addWidget(name);
    auto* what = new QLabel(tr("A microscope for the attention heads of transformer models."));
    what->setWordWrap(true);
    column->addWidget(what);
    auto* text = new QTextBrowser;
    text->setFrameShape(QFrame::StyledPanel);
    text->setAccessibleName(tr("Licences"));
    QString html = QStringLiteral("<p>%1</p><p>%2</p><table cellspacing=\"6\">")
                       .arg(tr("HeadScope is free software: GNU General Public License, version 3 or later. It comes with no warranty, to "
                               "the extent the law permits."),
                            tr("It stands on:"));
    for (const Component& c : kComponents)
        html += QStringLiteral("<tr><td>%1</td><td>%2</td><td>%3</td></tr>")
                    .arg(QString::fromLatin1(c.name), QString::fromLatin1(c.licence), tr(c.use));
    html += QStringLiteral("</table>");
    text->setHtml(html);
    column->addWidget(text, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace hs::ui
