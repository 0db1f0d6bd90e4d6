// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_orders_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/kit/label.h"
#include "ui/prune/prune_heads_model.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kExact = -1;  // entry of the score list: the exact effect by whatever ablation is chosen

}  // namespace

PruneOrdersForm::PruneOrdersForm(const PruneSettings& settings, QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeLabel(tr("Orders of cutting"), Ink::Text, Type::Base, true));
    const auto box = [&](OrderKind order, const QString& words, const QString& tip) {
        auto* b = new QCheckBox(words);
        b->setToolTip(tip);
        b->setChecked(std::find(settings.orders.begin(), settings.orders.end(), order) != settings.orders.end());
        connect(b, &QCheckBox::toggled, this, [this] {
            refresh();
            Q_EMIT changed();
        });
        m_boxes[order] = b;
        return b;
    };
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    grid->addWidget(box(OrderKind::Greedy, tr("Greedy"), tr("Every head left is tried at each step; the cursor follows this order")), 0, 0);
    grid->addWidget(box(OrderKind::Score, tr("Lowest score first"), tr("By the score below")), 1, 0);
    grid->addWidget(box(OrderKind::HardConcrete, tr("Trained gates (Voita et al. 2019)"),
                        tr("Stochastic gates trained on the calibration text with frozen weights; takes long. With Resample they are "
                           "trained against zero")),
                    2, 0);
    grid->addWidget(box(OrderKind::Reverse, tr("Highest score first"), tr("The worst order by the score: what a bad choice costs")), 0, 1);
    grid->addWidget(box(OrderKind::Magnitude, tr("Smallest weights first"), tr("By the norm of W_O: no text is looked at")), 1, 1);
    grid->addWidget(box(OrderKind::LayerDrop, tr("Whole layers"), tr("Layer by layer, lowest summed score first")), 2, 1);
    column->addLayout(grid);

    m_score = new QComboBox;
    m_score->setObjectName(QStringLiteral("pruneScore"));
    m_score->setAccessibleName(tr("Score"));
    m_score->addItem(tr("Effect of the head alone, exact"), kExact);
    for (const ImportanceKind kind : importanceKinds())
        if (!ablationOf(kind)) {
            m_score->addItem(importanceTitle(kind), int(kind));
            m_score->setItemData(m_score->count() - 1, importanceSentence(kind), Qt::ToolTipRole);
        }
    m_score->setCurrentIndex(std::max(0, m_score->findData(settings.score ? int(*settings.score) : kExact)));
    m_recompute = new QCheckBox(tr("measured again after each step"));
    m_recompute->setChecked(settings.recompute);
    m_recompute->setToolTip(tr("Slower; the score of the heads left is taken with the others already off"));
    auto* score = new QHBoxLayout;
    score->setSpacing(measure::kControlGap);
    score->addWidget(new QLabel(tr("Score")));
    score->addWidget(m_score);
    score->addWidget(m_recompute);
    score->addStretch();
    column->addLayout(score);

    const auto spin = [](int low, int high, int value, const QString& accessible) {
        auto* s = new QSpinBox;
        s->setRange(low, high);
        s->setValue(value);
        s->setAccessibleName(accessible);
        return s;
    };
    m_step = spin(0, 1000, settings.stepHeads, tr("Heads in a step"));
    m_step->setSpecialValueText(tr("automatic"));
    m_step->setMinimumWidth(108);
    m_random = spin(20, 200, settings.randomOrders, tr("Random orders"));
    m_seed = spin(0, 999999, int(settings.seed), tr("Seed"));
    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(measure::kControlGap);
    const std::pair<QString, QSpinBox*> fields[] = {{tr("Heads in a step"), m_step}, {tr("Random orders"), m_random}, {tr("Seed"), m_seed}};
    for (const auto& [words, field] : fields) {
        numbers->addWidget(new QLabel(words));
        numbers->addWidget(field);
        numbers->addSpacing(8);
    }
    numbers->addStretch();
    column->addLayout(numbers);
    refresh();
}

void PruneOrdersForm::refresh()
{
    const bool scored =
        m_boxes[OrderKind::Score]->isChecked() || m_boxes[OrderKind::Reverse]->isChecked() || m_boxes[OrderKind::LayerDrop]->isChecked();
    m_score->setEnabled(scored);
    m_recompute->setEnabled(m_boxes[OrderKind::Score]->isChecked() || m_boxes[OrderKind::Reverse]->isChecked());
}

void PruneOrdersForm::write(PruneSettings& settings) const
{
    settings.orders.clear();
    for (const OrderKind order :
         {OrderKind::Score, OrderKind::Greedy, OrderKind::HardConcrete, OrderKind::Magnitude, OrderKind::LayerDrop, OrderKind::Reverse})
        if (m_boxes.at(order)->isChecked()) settings.orders.push_back(order);
    const int kind = m_score->currentData().toInt();
    settings.score = kind == kExact ? std::nullopt : std::optional(static_cast<ImportanceKind>(kind));
    settings.recompute = m_recompute->isChecked();
    settings.stepHeads = m_step->value();
    settings.randomOrders = m_random->value();
    settings.seed = std::uint64_t(m_seed->value());
}

}  // namespace hs::ui
