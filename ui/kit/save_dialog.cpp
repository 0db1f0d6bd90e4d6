// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/save_dialog.h"

#include <QFile>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "engine/io/write/conflicts.h"
#include "engine/io/write/ours.h"

namespace hs::ui {
namespace {

std::string local(const QString& path) { return QFile::encodeName(path).toStdString(); }

void refuse(QWidget* parent, const QString& why)
{
    auto* box = new QMessageBox(QMessageBox::Warning, SaveDialog::tr("This file is read"), why, QMessageBox::Ok, parent);
    box->setObjectName(QStringLiteral("fileIsRead"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

}  // namespace

QString whyNotWritten(const QString& path, const QStringList& inputs)
{
    std::vector<std::string> read;
    for (const QString& input : inputs) read.push_back(local(input));
    const auto under = inputUnder(local(path), read);
    if (!under) return {};
    const QString name = QFileInfo(path).fileName(), input = QFile::decodeName(QByteArray::fromStdString(*under));
    return SaveDialog::tr("“%1” would overwrite “%2”, which is open or was read for what is shown. Give another name.").arg(name, input);
}

SaveDialog::SaveDialog(QWidget* parent, const QString& title, const QStringList& inputs) : QFileDialog(parent, title), m_inputs(inputs)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptMode(QFileDialog::AcceptSave);
}

void SaveDialog::accept()
{
    const QString path = selectedFiles().value(0);
    if (!path.isEmpty() && !QFileInfo(path).isDir())
        if (const QString why = whyNotWritten(path, m_inputs); !why.isEmpty()) return refuse(this, why);
    QFileDialog::accept();
}

void whenMayWrite(QWidget* parent, const QStringList& paths, const QStringList& inputs, const std::function<void()>& write)
{
    QStringList foreign;
    for (const QString& path : paths) {
        if (const QString why = whyNotWritten(path, inputs); !why.isEmpty()) return refuse(parent, why);
        if (isForeignFile(local(path))) foreign << QFileInfo(path).fileName();
    }
    if (foreign.isEmpty()) return write();
    auto* box =
        new QMessageBox(QMessageBox::Question, SaveDialog::tr("Replace?"),
                        SaveDialog::tr("HeadScope did not write %1. Replace what is there?").arg(foreign.join(QStringLiteral(", "))),
                        QMessageBox::Cancel, parent);
    box->setObjectName(QStringLiteral("replaceForeign"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* replace = box->addButton(SaveDialog::tr("Replace"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(replace, &QPushButton::clicked, parent, write);
    box->open();
}

}  // namespace hs::ui
