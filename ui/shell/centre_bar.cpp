// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/centre_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kReasonWidth = 560;  // a longer reason is cut and stands whole in the tooltip

}  // namespace

CentreBar::CentreBar(QWidget* parent) : QWidget(parent), m_bar(new QTabBar), m_folded(new QToolButton)
{
    setFixedHeight(measure::kTabBar);
    m_bar->setDocumentMode(true);
    m_bar->setExpanding(false);
    m_bar->setDrawBase(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setMinimumWidth(1);  // its own hint keeps room for scroll buttons beside a single tab
    m_bar->setObjectName(QStringLiteral("centreBar"));
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0) Q_EMIT chosen(m_bar->tabData(index).toString());
    });
    m_folded->setObjectName(QStringLiteral("foldedTabs"));
    m_folded->setProperty("quiet", true);
    m_folded->setFont(Theme::instance().font(Type::Caption));
    m_folded->setPopupMode(QToolButton::InstantPopup);
    m_folded->setFixedHeight(22);
    m_folded->setMenu(new QMenu(m_folded));
    m_folded->menu()->setToolTipsVisible(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kWindowMargin, 0, measure::kWindowMargin, 0);
    row->setSpacing(measure::kControlGap);
    row->addWidget(m_bar);
    row->addWidget(m_folded);
    row->addStretch(1);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CentreBar::setTabs(const std::vector<Tab>& tabs, const std::vector<Tab>& folded, const QString& current)
{
    const QSignalBlocker block(m_bar);
    while (m_bar->count() > int(tabs.size())) m_bar->removeTab(m_bar->count() - 1);
    while (m_bar->count() < int(tabs.size())) m_bar->addTab({});
    for (int i = 0; i < int(tabs.size()); ++i) {
        const Tab& tab = tabs[std::size_t(i)];
        m_bar->setTabText(i, tab.title);
        m_bar->setTabData(i, tab.id);
        m_bar->setTabToolTip(i, !tab.reason.isEmpty() ? tab.reason
                                : i < 9               ? QStringLiteral("%1 (Ctrl+%2)").arg(tab.title).arg(i + 1)
                                                      : tab.title);
        if (tab.id == current) m_bar->setCurrentIndex(i);
    }
    fillFolded(folded);
}

void CentreBar::fillFolded(const std::vector<Tab>& folded)
{
    m_folded->setVisible(!folded.empty());
    m_folded->setText(tr("%1 not with this file").arg(folded.size()));
    QMenu* menu = m_folded->menu();
    menu->clear();
    QStringList titles;
    const QFontMetrics metrics(menu->font());
    for (const Tab& tab : folded) {
        titles << tab.title;
        const QString words = tr("%1: %2").arg(tab.title, tab.reason);
        QAction* action =
            menu->addAction(metrics.elidedText(words, Qt::ElideRight, kReasonWidth), this, [this, id = tab.id] { Q_EMIT chosen(id); });
        action->setToolTip(tab.reason);
        action->setData(tab.id);
    }
    m_folded->setToolTip(tr("Views that this file holds too little for: %1").arg(titles.join(QStringLiteral(", "))));
    m_folded->setAccessibleName(m_folded->text());
}

void CentreBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Chrome));
    hairline(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), ink(Ink::Hair));
}

}  // namespace hs::ui
