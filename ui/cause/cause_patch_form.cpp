// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of the patching page, and what each does.
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/cause/cause_patch_page.h"
#include "ui/cause/cause_question.h"
#include "ui/kit/label.h"
#include "ui/kit/segment.h"
#include "ui/map/patch_view.h"
#include "ui/state/intervention_text.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr const char* kPathName = "paths";  ///< in a project, beside the names of sites

}  // namespace

void CausePatchPage::buildForm()
{
    m_alignment = makeLabel({}, Ink::Muted, Type::Caption);
    m_alignment->setObjectName(QStringLiteral("alignment"));
    m_alignment->setTextFormat(Qt::RichText);
    m_alignment->setWordWrap(true);
    m_body->addWidget(m_alignment);
    m_body->addLayout(buildChoices());
    m_body->addLayout(buildReading());
    m_map = new PatchView;
    m_map->setObjectName(QStringLiteral("patchMap"));
    m_map->setAccessibleName(tr("Effect of patching each place"));
    m_map->setHint(
        tr("Patching exchanges activations between this prompt and a corrupted one, one place at a time, and shows how the answer moves. "
           "Type the corrupted prompt above, then press Patch."));
    m_body->addWidget(m_map, 1);
    setPicture(m_map);
}

QHBoxLayout* CausePatchPage::buildChoices()
{
    m_site = new QComboBox;
    m_site->setObjectName(QStringLiteral("patchSite"));
    m_site->setAccessibleName(tr("What is exchanged"));
    for (const Site site :
         {Site::Z, Site::AttnOut, Site::MlpOut, Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::Q, Site::K, Site::V, Site::Pattern})
        m_site->addItem(siteTitle(site), int(site));
    m_site->addItem(tr("direct paths (path patching)"), kPath);
    m_receiver = new QComboBox;
    m_receiver->setAccessibleName(tr("Where the paths end"));
    m_receiver->setObjectName(QStringLiteral("pathReceiver"));
    m_receiver->addItem(tr("to the logits"), -1);
    for (const Site site : {Site::Q, Site::K, Site::V}) m_receiver->addItem(QString(), int(site));
    m_receiver->setToolTip(tr("The head is the one selected in the atlas"));
    m_axes = new Segment({tr("Layer × head"), tr("Layer × position")});
    m_direction = new Segment({tr("Clean in"), tr("Corrupted in")});
    m_direction->setObjectName(QStringLiteral("patchDirection"));
    m_direction->setToolTip(
        tr("Clean activations into the corrupted run show what is sufficient; corrupted ones into the clean run what is necessary"));
    auto* choices = new QHBoxLayout;
    choices->setSpacing(measure::kControlGap);
    for (QWidget* w : std::initializer_list<QWidget*>{m_site, m_receiver, m_axes, m_direction}) choices->addWidget(w);
    choices->addStretch();
    m_run = new QPushButton(tr("Patch"));
    m_run->setObjectName(QStringLiteral("patchRun"));
    m_run->setProperty("primary", true);
    choices->addWidget(m_run);
    return choices;
}

QHBoxLayout* CausePatchPage::buildReading()
{
    m_shown = new Segment({tr("Exact"), tr("Estimate")});
    m_scale = new Segment({tr("Logits"), tr("Share")});
    m_scale->setObjectName(QStringLiteral("patchScale"));
    m_scale->setToolTip(tr("Share: 0 changes nothing, 1 closes the whole gap between both prompts"));
    auto* reading = new QHBoxLayout;
    reading->setSpacing(measure::kControlGap);
    for (QWidget* w : std::initializer_list<QWidget*>{m_shown, m_scale}) reading->addWidget(w);
    m_keep = new QPushButton(tr("Keep this patch"));
    m_keep->setObjectName(QStringLiteral("keepPatch"));
    m_keep->setProperty("small", true);
    reading->addStretch();
    reading->addWidget(m_keep);
    return reading;
}

void CausePatchPage::connectControls()
{
    connect(m_run, &QPushButton::clicked, this, &CausePatchPage::start);
    connect(m_question, &CauseQuestion::corruptEntered, this, [this] {
        if (isVisible()) start();
    });
    connect(corruptField(), &QLineEdit::textChanged, this, &CausePatchPage::align);
    connect(m_site, &QComboBox::currentIndexChanged, this, &CausePatchPage::refreshAxes);
    connect(m_c.selection, &Selection::headChanged, this, &CausePatchPage::refreshReceivers);
    for (Segment* s : {m_shown, m_scale}) connect(s, &Segment::chosen, this, [this] { show(); });
    connect(m_map, &PatchView::readoutChanged, this, &CausePage::statusChanged);
    connect(m_keep, &QPushButton::clicked, this, &CausePatchPage::keep);
    connect(m_map, &PatchView::chosen, this, [this](int r, int k) {
        refreshKeep();
        selectHeadAt(r, k);
    });
}

void CausePatchPage::refreshAxes()
{
    const bool path = m_site->currentData().toInt() == kPath;
    const bool heads = path || isHeadSite(static_cast<Site>(m_site->currentData().toInt()));
    m_receiver->setVisible(path);
    m_axes->setEnabled(!path && heads);
    m_axes->button(0)->setEnabled(heads);
    if (!heads) m_axes->setCurrent(1);
    else if (path) m_axes->setCurrent(0);
    m_shown->setEnabled(!path);
}

void CausePatchPage::save(QJsonObject& state) const
{
    const int site = m_site->currentData().toInt();
    state[QStringLiteral("site")] = site == kPath ? QString::fromLatin1(kPathName) : QString::fromLatin1(siteName(static_cast<Site>(site)));
    if (site == kPath && m_receiver->currentData().toInt() >= 0)
        state[QStringLiteral("receiver")] = QString::fromLatin1(siteName(static_cast<Site>(m_receiver->currentData().toInt())));
    state[QStringLiteral("positions")] = m_axes->current() == 1;
    state[QStringLiteral("corruptedIn")] = m_direction->current() == 1;
    state[QStringLiteral("estimate")] = m_shown->current() == 1;
    state[QStringLiteral("shares")] = m_scale->current() == 1;
}

/// What an older project does not say stays as it is.
void CausePatchPage::restore(const QJsonObject& state)
{
    const auto choose = [&](QComboBox* box, const QString& name) {
        for (int i = 0; i < box->count(); ++i) {
            const int site = box->itemData(i).toInt();
            const QString own = site == kPath ? QString::fromLatin1(kPathName)
                                : site < 0    ? QString()
                                              : QString::fromLatin1(siteName(static_cast<Site>(site)));
            if (own == name) box->setCurrentIndex(i);
        }
    };
    if (const QJsonValue site = state.value(QStringLiteral("site")); site.isString()) choose(m_site, site.toString());
    choose(m_receiver, state.value(QStringLiteral("receiver")).toString());
    const std::pair<const char*, Segment*> switches[] = {{"positions", m_axes},
                                                         {"corruptedIn", m_direction},
                                                         {"estimate", m_shown},
                                                         {"shares", m_scale}};
    for (const auto& [name, segment] : switches)
        if (const QJsonValue value = state.value(QLatin1String(name)); value.isBool()) segment->setCurrent(value.toBool() ? 1 : 0);
    refreshAxes();
    show();
}

void CausePatchPage::selectHeadAt(int r, int k)
{
    const int layers = int(m_map->cells().rows.size());
    if (m_map->cells().tokenColumns) return;
    HeadId head{layers - 1 - r, k};
    const ModelConfig& config = m_clean->model->config();
    if (m_result && m_result->map && (m_result->map->options.site == Site::K || m_result->map->options.site == Site::V))
        for (int h = config.heads(head.layer) - 1; h >= 0; --h)
            if (config.kvHeadOf(head.layer, h) == k) head.head = h;  // the first head that reads these keys and values
    m_c.selection->setHead(head);
}

}  // namespace hs::ui
