// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/analysis/catalogue.h"
#include "engine/analysis/labels/preset_json.h"
#include "engine/io/bytes/atomic_write.h"
#include "ui/bridge/error_text.h"
#include "ui/kit/save_dialog.h"
#include "ui/labels/label_words.h"
#include "ui/state/open_inputs.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

enum Column { What, Meaning, Value, Range, Source, Columns };

std::vector<std::string> pathsIn(const QString& text)
{
    std::vector<std::string> out;
    const QStringList parts = text.split(QLatin1Char(';'), Qt::SkipEmptyParts);
    for (const QString& part : parts)
        if (!part.trimmed().isEmpty()) out.push_back(QDir::cleanPath(part.trimmed()).toStdString());
    return out;
}

QString plain(double v) { return QString::number(v, 'g', 6); }

}  // namespace

LabelDialog::LabelDialog(const LabelRequest& request, const LabelRequest& defaults, const QStringList& presets, int longest,
                         bool hasTokenizer, QWidget* parent)
    : QDialog(parent), m_request(request), m_defaults(defaults), m_hasTokenizer(hasTokenizer)
{
    setWindowTitle(tr("Label heads"));
    setObjectName(QStringLiteral("labelDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    readPresets(presets);
    QLayout* text = buildText();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("Use"), buildKinds());
    form->addRow(tr("Up to"), buildSizes(longest));
    form->addRow(tr("Measure"), buildMeasure());
    form->addRow(tr("Thresholds"), buildPresets());
    buildTable();
    QLayout* buttons = buildButtons();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(8);
    all->addWidget(m_sample);
    all->addWidget(m_own);
    all->addLayout(text);
    all->addLayout(form);
    all->addWidget(m_table, 1);
    all->addWidget(m_note);
    all->addLayout(buttons);
    resize(900, 660);
    connectAll();
    showFirstPreset();
    refresh();
}

void LabelDialog::readPresets(const QStringList& paths)
{
    for (const QString& path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) continue;
        if (auto preset = presetFromJson(file.readAll().toStdString())) m_presets.push_back(std::move(*preset));
    }
    if (m_presets.empty()) m_presets.emplace_back();
    // One that was opened from a file when the window was here before.
    if (m_request.preset.id != "user"
        && std::none_of(m_presets.begin(), m_presets.end(), [&](const LabelPreset& p) { return p.id == m_request.preset.id; }))
        m_presets.push_back(m_request.preset);
}

/// The sample corpus or own text; the row of the latter's place.
QLayout* LabelDialog::buildText()
{
    m_sample = new QRadioButton(tr("Sample corpus: text of the sample model and passages of our own"));
    m_own = new QRadioButton(tr("File or folder"));
    m_path = new QLineEdit;
    m_path->setAccessibleName(tr("File or folder with text"));
    m_path->setPlaceholderText(tr("text files or folders, separated by ;"));
    m_file = new QPushButton(tr("File …"));
    m_folder = new QPushButton(tr("Folder …"));
    const bool sample = !m_defaults.corpusPaths.empty();
    m_sample->setEnabled(sample && m_hasTokenizer);
    m_own->setEnabled(m_hasTokenizer);
    const bool own = !m_request.corpusPaths.empty() && m_request.corpusPaths != m_defaults.corpusPaths;
    (own || !sample ? m_own : m_sample)->setChecked(true);
    if (own) {
        QStringList list;
        for (const std::string& path : m_request.corpusPaths) list << QString::fromStdString(path);
        m_path->setText(list.join(QStringLiteral("; ")));
    }
    auto* place = new QHBoxLayout;
    place->setContentsMargins(24, 0, 0, 0);
    place->addWidget(m_path, 1);
    place->addWidget(m_file);
    place->addWidget(m_folder);
    return place;
}

/// What is read: text, synthetic sequences, weights, and whether causes are checked.
QLayout* LabelDialog::buildKinds()
{
    m_text = new QCheckBox(tr("Text"));
    m_synthetic = new QCheckBox(tr("Synthetic sequences"));
    m_weights = new QCheckBox(tr("Weights"));
    m_causes = new QCheckBox(tr("Check causes"));
    m_causes->setToolTip(tr("Knocks out the attention that each awarded label describes and sees whether the output changes"));
    m_text->setChecked(m_request.text && m_hasTokenizer);
    m_text->setEnabled(m_hasTokenizer);
    if (!m_hasTokenizer) m_text->setToolTip(tr("Needs a tokeniser; synthetic sequences and weights do not."));
    m_synthetic->setChecked(m_request.synthetic);
    m_weights->setChecked(m_request.weights);
    m_causes->setChecked(m_request.causes);
    auto* what = new QHBoxLayout;
    for (QCheckBox* box : {m_text, m_synthetic, m_weights, m_causes}) what->addWidget(box);
    what->addStretch();
    return what;
}

QLayout* LabelDialog::buildSizes(int longest)
{
    const auto spin = [](int low, int high, int value) {
        auto* box = new QSpinBox;
        box->setRange(low, high);
        box->setValue(value);
        box->setFixedWidth(84);
        return box;
    };
    m_length = spin(16, longest > 16 ? longest : 100000, longest > 16 ? std::min(longest, m_request.length) : m_request.length);
    m_documents = spin(0, 1000000, m_request.maxDocuments);
    m_documents->setSpecialValueText(tr("all"));
    m_seed = spin(0, 999999, int(m_request.seed));
    auto* sizes = new QHBoxLayout;
    sizes->setSpacing(8);
    sizes->addWidget(m_length);
    sizes->addWidget(new QLabel(tr("tokens a passage, at most")));
    sizes->addWidget(m_documents);
    sizes->addWidget(new QLabel(tr("passages, seed")));
    sizes->addWidget(m_seed);
    sizes->addStretch();
    return sizes;
}

QLayout* LabelDialog::buildMeasure()
{
    m_mass = new QComboBox;
    m_mass->addItems({tr("attention weights"), tr("norms of what is written")});
    m_mass->setCurrentIndex(int(m_request.mass));
    m_weighting = new QComboBox;
    m_weighting->addItems({tr("passages count alike"), tr("rows count alike")});
    m_weighting->setCurrentIndex(int(m_request.weighting));
    auto* by = new QHBoxLayout;
    by->setSpacing(8);
    by->addWidget(m_mass);
    by->addWidget(m_weighting);
    by->addStretch();
    return by;
}

/// The list of presets, and files of them.
QLayout* LabelDialog::buildPresets()
{
    m_preset = new QComboBox;
    for (const LabelPreset& preset : m_presets) m_preset->addItem(QString::fromStdString(preset.title));
    m_preset->setAccessibleName(tr("Preset of thresholds"));
    auto* openPresetButton = new QPushButton(tr("Open …"));
    openPresetButton->setToolTip(tr("Thresholds from a JSON file"));
    m_savePreset = new QPushButton(tr("Save as …"));
    m_savePreset->setToolTip(tr("Writes these thresholds to a JSON file, which opens here and with headscope label --preset"));
    connect(openPresetButton, &QPushButton::clicked, this, [this] { choosePresetFile(false); });
    connect(m_savePreset, &QPushButton::clicked, this, [this] { choosePresetFile(true); });
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_preset, 1);
    row->addWidget(openPresetButton);
    row->addWidget(m_savePreset);
    return row;
}

/// Every threshold, and the line below that says what is wrong.
void LabelDialog::buildTable()
{
    m_model = new QStandardItemModel(0, Columns, this);
    m_model->setHorizontalHeaderLabels({tr("Analysis"), tr("Threshold"), tr("Value"), tr("Range"), tr("Source")});
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Thresholds"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setMinimumHeight(170);
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
}

QLayout* LabelDialog::buildButtons()
{
    m_again = new QCheckBox(tr("Compute again even if a stored result exists"));
    m_again->setChecked(!m_request.useCache);
    m_start = new QPushButton(tr("Label"));
    m_start->setObjectName(QStringLiteral("startLabelling"));
    m_start->setProperty("primary", true);
    m_start->setDefault(true);
    auto* close = new QPushButton(tr("Cancel"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_again);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_start);
    return buttons;
}

void LabelDialog::connectAll()
{
    connect(m_start, &QPushButton::clicked, this, [this] {
        Q_EMIT startRequested(this->request());
        accept();
    });
    connect(m_file, &QPushButton::clicked, this, [this] { browse(false); });
    connect(m_folder, &QPushButton::clicked, this, [this] { browse(true); });
    connect(m_path, &QLineEdit::textEdited, this, [this] {
        m_own->setChecked(true);
        refresh();
    });
    for (QRadioButton* button : {m_sample, m_own}) connect(button, &QRadioButton::toggled, this, &LabelDialog::refresh);
    for (QSpinBox* box : {m_length, m_documents}) connect(box, &QSpinBox::valueChanged, this, &LabelDialog::refresh);
    for (QCheckBox* box : {m_text, m_synthetic, m_weights, m_causes}) connect(box, &QCheckBox::toggled, this, &LabelDialog::refresh);
    connect(m_preset, &QComboBox::activated, this, &LabelDialog::choosePreset);
    connect(m_model, &QStandardItemModel::itemChanged, this, &LabelDialog::takeTyped);
}

void LabelDialog::showFirstPreset()
{
    int at = 0;
    for (std::size_t i = 0; i < m_presets.size(); ++i)
        if (m_presets[i].id == m_request.preset.id) at = int(i);
    m_base = m_presets[std::size_t(at)];
    if (m_request.preset.id == "user") {
        m_preset->addItem(tr("Own thresholds"));
        at = m_preset->count() - 1;
    }
    m_preset->setCurrentIndex(at);
    showPreset(m_request.preset);
}

/// A threshold that the user typed; one out of its range goes back to what it was.
void LabelDialog::takeTyped(QStandardItem* item)
{
    if (m_filling || item->column() != Value) return;
    const std::string key = item->data().toString().toStdString();
    bool ok = false;
    QString typed = item->text();
    const double value = typed.replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&ok);
    const Status status = ok ? m_request.preset.set(key, value) : Status(Error::argument(key, item->text().toStdString()));
    m_note->setText(status ? QString() : errorLine(status.error()));
    m_filling = true;
    item->setText(plain(m_request.preset.value(key)));
    markRow(item->row());
    m_filling = false;
    if (!status) return;
    nameOwn();
    refresh();
}

void LabelDialog::browse(bool folder)
{
    auto* dialog = new QFileDialog(this, folder ? tr("Folder with text files") : tr("Text file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    if (!folder) dialog->setNameFilters({tr("Text (*.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        m_path->setText(files.join(QStringLiteral("; ")));
        m_own->setChecked(true);
        refresh();
    });
    dialog->open();
}

/// Own numbers are a preset of their own; the same numbers as before are none.
void LabelDialog::nameOwn()
{
    const bool same = m_request.preset.values() == m_base.values();
    m_request.preset.id = same ? m_base.id : "user";
    m_request.preset.title = same ? m_base.title : tr("Own thresholds").toStdString();
    const QString title = QString::fromStdString(m_request.preset.title);
    if (m_preset->findText(title) < 0) m_preset->addItem(title);
    m_preset->setCurrentIndex(m_preset->findText(title));
}

void LabelDialog::choosePresetFile(bool save)
{
    QStringList read = openInputs();
    for (const std::string& path : request().corpusPaths) read << QString::fromStdString(path);
    QFileDialog* dialog = save ? new SaveDialog(this, tr("Save thresholds"), read) : new QFileDialog(this, tr("Open thresholds"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!save) dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Thresholds (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, save](const QString& path) { save ? savePreset(path) : openPreset(path); });
    dialog->open();
}

bool LabelDialog::openPreset(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        m_note->setText(errorLine(Error::in(path.toStdString(), ErrorCode::FileUnreadable, {}, file.errorString().toStdString())));
        return false;
    }
    auto preset = presetFromJson(file.readAll().toStdString());
    if (!preset) {
        m_note->setText(QStringLiteral("%1: %2").arg(QFileInfo(path).fileName(), errorLine(preset.error())));
        return false;
    }
    // Each list entry is a preset of its own; "Own thresholds" always stands behind them.
    if (const int own = m_preset->findText(tr("Own thresholds")); own >= 0) m_preset->removeItem(own);
    if (preset->title.empty()) preset->title = QFileInfo(path).completeBaseName().toStdString();
    m_presets.push_back(std::move(*preset));
    m_preset->addItem(QString::fromStdString(m_presets.back().title));
    m_preset->setCurrentIndex(m_preset->count() - 1);
    choosePreset(int(m_presets.size()) - 1);
    return true;
}

bool LabelDialog::savePreset(const QString& path)
{
    LabelPreset preset = m_request.preset;
    preset.id = preset.title = QFileInfo(path).completeBaseName().toStdString();
    const Status status = writeFileAtomically(QFile::encodeName(path).toStdString(), presetToJson(preset));
    m_note->setText(status ? tr("Wrote %1").arg(QFileInfo(path).fileName()) : errorLine(status.error()));
    return status.ok();
}

void LabelDialog::choosePreset(int index)
{
    if (index < 0 || index >= int(m_presets.size())) return;  // own thresholds: as they are
    m_request.preset = m_base = m_presets[std::size_t(index)];
    showPreset(m_request.preset);
    m_note->clear();
}

void LabelDialog::showPreset(const LabelPreset& preset)
{
    m_filling = true;
    m_model->removeRows(0, m_model->rowCount());
    for (const AnalysisEntry& entry : catalogue())
        for (const AnalysisParameter& parameter : entry.parameters) {
            QList<QStandardItem*> row;
            const QString texts[Columns] = {catalogueText(entry.title),
                                            catalogueText(parameter.meaning),
                                            plain(preset.value(parameter.key)),
                                            tr("%1 to %2").arg(plain(parameter.low), plain(parameter.high)),
                                            {}};
            for (int c = 0; c < Columns; ++c) {
                auto* item = new QStandardItem(texts[c]);
                item->setEditable(c == Value);
                item->setToolTip(c == What    ? QString::fromStdString(entry.citation)
                                 : c == Value ? QString::fromStdString(parameter.key)
                                              : texts[c]);
                if (c == Value) {
                    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
                    item->setData(QString::fromStdString(parameter.key));
                }
                row << item;
            }
            m_model->appendRow(row);
            markRow(m_model->rowCount() - 1);
        }
    m_filling = false;
    m_table->setColumnWidth(What, 170);
    m_table->setColumnWidth(Meaning, 340);
    m_table->setColumnWidth(Value, 70);
    m_table->setColumnWidth(Range, 90);
    m_table->horizontalHeader()->setStretchLastSection(true);
}

/// Says of a number that is not the catalogue's where it comes from: in words, and bold in the accent's colour.
void LabelDialog::markRow(int row)
{
    QStandardItem *value = m_model->item(row, Value), *source = m_model->item(row, Source);
    const std::string key = value->data().toString().toStdString();
    const AnalysisParameter* parameter = nullptr;
    for (const AnalysisEntry& entry : catalogue())
        for (const AnalysisParameter& p : entry.parameters)
            if (p.key == key) parameter = &p;
    if (!parameter) return;
    const double now = m_request.preset.value(key), base = m_base.value(key);
    const bool yours = now != base, presets = !yours && now != parameter->value;
    source->setText(yours     ? tr("yours; %1 has %2").arg(QString::fromStdString(m_base.title), plain(base))
                    : presets ? tr("preset %1; by default %2").arg(QString::fromStdString(m_base.title), plain(parameter->value))
                              : catalogueText(parameter->source));
    source->setToolTip(source->text());
    QFont font = m_table->font();
    font.setBold(yours || presets);
    for (QStandardItem* item : {value, source}) {
        item->setFont(item == value || yours ? font : m_table->font());
        item->setForeground(yours || presets ? ink(Ink::Accent) : ink(Ink::Text));
    }
}

void LabelDialog::setCanRun(bool can)
{
    m_canRun = can;
    for (QCheckBox* box : {m_text, m_synthetic, m_causes}) {
        if (can) continue;
        box->setChecked(false);
        box->setEnabled(false);
        box->setToolTip(tr("Needs a model that can run text."));
    }
    refresh();
}

void LabelDialog::setEstimate(std::function<QString(const LabelRequest&)> estimate)
{
    m_estimate = std::move(estimate);
    refresh();
}

void LabelDialog::refresh()
{
    const bool own = m_own->isChecked(), text = m_text->isChecked();
    for (QWidget* w : {static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_file), static_cast<QWidget*>(m_folder)})
        w->setEnabled(m_hasTokenizer && text);
    m_sample->setEnabled(!m_defaults.corpusPaths.empty() && m_hasTokenizer && text);
    m_own->setEnabled(m_hasTokenizer && text);
    QString problem;
    if (!text && !m_synthetic->isChecked() && !m_weights->isChecked())
        problem = tr("Choose at least one of text, synthetic sequences and weights.");
    else if (text && own && pathsIn(m_path->text()).empty()) problem = tr("Choose a text file or a folder.");
    m_start->setEnabled(problem.isEmpty());
    m_start->setToolTip(problem);
    m_note->setText(!problem.isEmpty() ? problem
                    : !m_canRun        ? tr("This file cannot run text: what is said about its heads comes from the weights alone.")
                    : m_hasTokenizer   ? (m_estimate ? m_estimate(request()) : QString())
                                       : tr("This model has no tokeniser: labels come from synthetic sequences and the weights alone."));
}

LabelRequest LabelDialog::request() const
{
    LabelRequest r = m_request;
    r.text = m_text->isChecked();
    r.synthetic = m_synthetic->isChecked();
    r.weights = m_weights->isChecked();
    r.causes = m_causes->isChecked();
    if (m_own->isChecked()) {
        r.corpusPaths = pathsIn(m_path->text());
        r.corpusName.clear();
    } else {
        r.corpusPaths = m_defaults.corpusPaths;
        r.corpusName = m_defaults.corpusName;
    }
    r.length = m_length->value();
    // A number that somebody typed is read in full; the one that stood there is an upper bound.
    r.everyDocument = m_request.everyDocument || m_documents->value() != m_request.maxDocuments;
    r.maxDocuments = m_documents->value();
    r.seed = std::uint64_t(m_seed->value());
    r.mass = static_cast<RowMass>(m_mass->currentIndex());
    r.weighting = static_cast<RowWeighting>(m_weighting->currentIndex());
    r.useCache = !m_again->isChecked();
    r.onlyStored = false;
    return r;
}

}  // namespace hs::ui
