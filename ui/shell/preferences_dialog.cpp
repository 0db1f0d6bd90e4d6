// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/preferences_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/segment.h"
#include "ui/theme/theme.h"

namespace hs::ui {

PreferencesDialog::PreferencesDialog(QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Preferences"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 12);
    column->setSpacing(16);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(24);
    form->setVerticalSpacing(10);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const auto store = [this](const char* key, const QVariant& value) {
        QSettings().setValue(QString::fromLatin1(key), value);
        Q_EMIT changed();
    };
    const QSettings settings;

    auto* theme = new Segment({tr("System"), tr("Light"), tr("Dark")});
    theme->setCurrent(int(Theme::instance().mode()));
    connect(theme, &Segment::chosen, this, [store](int index) {
        Theme::instance().apply(static_cast<ThemeMode>(index));
        store(preference::kTheme, index);
    });
    form->addRow(tr("Theme"), theme);

    // Languages stand under their own names, so that whoever chose a wrong one finds back.
    const QStringList codes{QString(), QStringLiteral("en"), QStringLiteral("de")};
    auto* language = new Segment({tr("System"), QStringLiteral("English"), QStringLiteral("Deutsch")});
    language->setCurrent(int(std::max<qsizetype>(0, codes.indexOf(settings.value(QLatin1String(preference::kLanguage)).toString()))));
    connect(language, &Segment::chosen, this, [store, codes](int index) { store(preference::kLanguage, codes[index]); });
    form->addRow(tr("Language (from the next start)"), language);

    auto* wheel = new Segment({tr("Zooms"), tr("Scrolls")});
    wheel->setCurrent(settings.value(QLatin1String(preference::kWheelScrolls), false).toBool() ? 1 : 0);
    connect(wheel, &Segment::chosen, this, [store](int index) { store(preference::kWheelScrolls, index == 1); });
    form->addRow(tr("Mouse wheel in maps"), wheel);

    auto* layers = new Segment({tr("At the bottom"), tr("At the top")});
    layers->setObjectName(QStringLiteral("layerOrder"));
    layers->setToolTip(tr("In the atlas, the grid of heads, matrices and exported figures"));
    layers->setCurrent(settings.value(QLatin1String(preference::kLayersDown), false).toBool() ? 1 : 0);
    connect(layers, &Segment::chosen, this, [store](int index) { store(preference::kLayersDown, index == 1); });
    form->addRow(tr("Layer 0 of all heads"), layers);

    auto* memory = new QSpinBox;
    memory->setRange(64, 65536);
    memory->setSingleStep(64);
    memory->setSuffix(tr(" MiB"));
    memory->setValue(settings.value(QLatin1String(preference::kMemory), 512).toInt());
    connect(memory, &QSpinBox::valueChanged, this, [store](int value) { store(preference::kMemory, value); });
    form->addRow(tr("Memory for computed maps"), memory);

    auto* threads = new QSpinBox;
    threads->setRange(0, 256);
    threads->setSpecialValueText(tr("all cores"));
    threads->setValue(settings.value(QLatin1String(preference::kThreads), 0).toInt());
    threads->setToolTip(tr("Takes effect at the next start"));
    connect(threads, &QSpinBox::valueChanged, this, [store](int value) { store(preference::kThreads, value); });
    form->addRow(tr("Threads (from the next start)"), threads);

    auto* check = new QSpinBox;
    check->setRange(1, 64);
    check->setSuffix(tr(" × 5 s and 1 GiB"));
    check->setValue(settings.value(QLatin1String(preference::kProbeLimit), 1).toInt());
    check->setToolTip(tr("An HDF5 file is first looked at by a helper with these limits. Raise them for a big file that you trust."));
    connect(check, &QSpinBox::valueChanged, this, [store](int value) { store(preference::kProbeLimit, value); });
    form->addRow(tr("Checking HDF5 files"), check);

    auto* results = new Segment({tr("Cache folder"), tr("Beside the model")});
    results->setCurrent(settings.value(QLatin1String(preference::kResultsBeside), false).toBool() ? 1 : 0);
    results->setToolTip(
        tr("Beside the model, they are in MODEL.analysis.h5; a file of that name that HeadScope did not write is left alone."));
    connect(results, &Segment::chosen, this, [store](int index) { store(preference::kResultsBeside, index == 1); });
    form->addRow(tr("Keep labels"), results);

    auto* reset = new QPushButton(tr("Reset layout"));
    connect(reset, &QPushButton::clicked, this, &PreferencesDialog::resetLayoutRequested);
    form->addRow(tr("Docks and window"), reset);
    column->addLayout(form);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace hs::ui
