// SPDX-License-Identifier: GPL-3.0-or-later
// All ids of a model without words, with their names where it has some: what is chosen goes to the end of the prompt.
#pragma once

#include <QAbstractListModel>
#include <QDialog>
#include <memory>

#include "engine/model/model.h"
#include "ui/state/view_context.h"

class QLabel;
class QListView;
class QSortFilterProxyModel;

namespace hs::ui {

/// One row an id: "12" or "12 Monday".
class TokenListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TypedRole = Qt::UserRole };  ///< what stands for the token in the prompt's field
    TokenListModel(std::shared_ptr<const Model> model, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const Model> m_model;
};

/// The tokens of this model can be picked one by one: it has none but ids, words or characters.
bool hasTokenGrid(const Model& model);

class TokenGrid : public QDialog {
    Q_OBJECT
public:
    TokenGrid(const ViewContext& context, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& typed);
    void runRequested();
    void namesRequested(const QString& path);  ///< a file of names for the ids

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(const QModelIndex& index);
    void askNames();

    ViewContext m_c;
    QSortFilterProxyModel* m_filtered;
    QListView* m_list;
};

}  // namespace hs::ui
