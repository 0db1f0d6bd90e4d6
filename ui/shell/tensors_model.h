// SPDX-License-Identifier: GPL-3.0-or-later
// Inventory of a model file, and its configuration with origins.
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <memory>
#include <string>

#include "engine/model/model.h"

namespace hs::ui {

/// Name, shape, type, used as.
class TensorsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, ShapeColumn, TypeColumn, RoleColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setModel(std::shared_ptr<const Model> model);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const Model> m_model;
};

/// Key, value (editable), origin. Edits are collected; nothing happens to the open model.
class ConfigModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, OriginColumn, ColumnCount };
    enum Role { GuessRole = Qt::UserRole };
    using QAbstractTableModel::QAbstractTableModel;
    void setModel(std::shared_ptr<const Model> model);
    const std::map<std::string, std::string>& edits() const { return m_edits; }
    /// Sentence about the last refused edit ("n_heads: twelve; a whole number ..."), for the dialog to show.
    const QString& refused() const { return m_refused; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void edited();

private:
    std::shared_ptr<const Model> m_model;
    std::vector<std::string> m_keys;
    std::map<std::string, std::string> m_edits;
    QString m_refused;
};

QString dtypeName(Dtype dtype);

}  // namespace hs::ui
