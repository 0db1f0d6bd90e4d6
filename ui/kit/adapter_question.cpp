// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/adapter_question.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace hs::ui {

namespace {

struct AdapterQuestion {
    Q_DECLARE_TR_FUNCTIONS(AdapterQuestion)
};

}  // namespace

QMessageBox* askAdapter(QWidget* parent, const QString& folder, const std::function<void(const std::string&)>& answer,
                        const std::function<void()>& declined)
{
    const QString name = QFileInfo(folder).fileName();
    auto* box = new QMessageBox(QMessageBox::Question, AdapterQuestion::tr("Merge the adapter?"),
                                AdapterQuestion::tr("Beside the weights lies an adapter (adapter_config.json in %1). Merged into them it "
                                                    "changes what every head computes.")
                                    .arg(name.isEmpty() ? folder : name),
                                QMessageBox::Cancel, parent);
    box->setObjectName(QStringLiteral("adapterQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        AdapterQuestion::tr("The two are different models. The answer is kept in the project and stands in every export; Compare shows "
                            "both side by side."));
    QPushButton* merge = box->addButton(AdapterQuestion::tr("&Merge the adapter"), QMessageBox::AcceptRole);
    QPushButton* alone = box->addButton(AdapterQuestion::tr("&Weights alone"), QMessageBox::AcceptRole);
    merge->setObjectName(QStringLiteral("mergeAdapter"));
    alone->setObjectName(QStringLiteral("weightsAlone"));
    box->setDefaultButton(QMessageBox::Cancel);  // neither is more likely meant than the other
    QObject::connect(box, &QMessageBox::finished, parent, [=] {
        if (box->clickedButton() == merge) answer(folder.toStdString());
        else if (box->clickedButton() == alone) answer("none");
        else declined();
    });
    box->open();
    return box;
}

}  // namespace hs::ui
