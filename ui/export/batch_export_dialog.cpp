// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/batch_export_dialog.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/bridge/error_text.h"
#include "ui/kit/save_dialog.h"
#include "ui/kit/segment.h"
#include "ui/state/open_inputs.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

BatchExportDialog::BatchExportDialog(const ViewContext& context, const FigureSubject& subject, QWidget* parent)
    : QDialog(parent), m_context(context), m_subject(subject), m_choices(ExportChoices::load()), m_batch(context.bridge)
{
    setWindowTitle(tr("Export several heads"));
    setObjectName(QStringLiteral("batchExportDialog"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(8);
    addHeads(all);
    all->addSpacing(4);
    all->addLayout(buildForm());
    m_words = new QLabel;
    m_words->setObjectName(QStringLiteral("batchWords"));
    m_words->setWordWrap(true);
    m_bar = new QProgressBar;
    m_bar->hide();
    all->addWidget(m_words);
    all->addWidget(m_bar);
    all->addStretch();
    all->addLayout(buildButtons());
    connectControls();
    connectBatch();
    resize(520, 320);
    refresh();
}

void BatchExportDialog::addHeads(QVBoxLayout* all)
{
    const int layer = m_context.selection->head().layer;
    m_layer = new QRadioButton(tr("All heads of layer %1").arg(layer));
    m_typed = new QRadioButton(tr("These heads"));
    m_all = new QRadioButton(tr("All heads of the model"));
    m_layer->setChecked(true);
    m_list = new QLineEdit(QString::fromStdString(headName(m_context.selection->head())) + QStringLiteral(", L%1").arg(layer));
    m_list->setAccessibleName(tr("List of heads"));
    m_list->setToolTip(tr("Heads and layers, separated by commas: L0H1, 3.4, L2"));
    m_list->setFont(Theme::instance().tokenFont(Type::Token));
    auto* typed = new QHBoxLayout;
    typed->addWidget(m_typed);
    typed->addWidget(m_list, 1);
    all->addWidget(m_layer);
    all->addLayout(typed);
    all->addWidget(m_all);
}

QFormLayout* BatchExportDialog::buildForm()
{
    m_folder = new QLineEdit(m_choices.folder);
    m_folder->setAccessibleName(tr("Folder"));
    m_browse = new QPushButton(tr("Folder …"));
    m_format = new Segment({QStringLiteral("PDF"), QStringLiteral("SVG"), QStringLiteral("PNG")});
    m_format->setCurrent(static_cast<int>(m_choices.format));
    m_csv = new QCheckBox(tr("Numbers, CSV"));
    m_npy = new QCheckBox(tr("NPY"));
    m_latex = new QCheckBox(tr("LaTeX snippets"));
    m_csv->setChecked(m_choices.csv);
    m_npy->setChecked(m_choices.npy);
    m_latex->setChecked(m_choices.latex);
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(m_browse);
    auto* also = new QHBoxLayout;
    also->addWidget(m_csv);
    also->addWidget(m_npy);
    also->addWidget(m_latex);
    also->addStretch();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Also write"), also);
    form->addRow(tr("Folder"), folder);
    return form;
}

QHBoxLayout* BatchExportDialog::buildButtons()
{
    m_close = new QPushButton(tr("Close"));
    m_start = new QPushButton(tr("Export"));
    m_start->setProperty("primary", true);
    m_start->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_start);
    return buttons;
}

void BatchExportDialog::connectControls()
{
    for (QRadioButton* b : {m_layer, m_typed, m_all}) connect(b, &QRadioButton::toggled, this, &BatchExportDialog::refresh);
    connect(m_list, &QLineEdit::textEdited, this, [this] {
        m_typed->setChecked(true);
        refresh();
    });
    connect(m_browse, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Folder for figures"), m_folder->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
        dialog->open();
    });
    connect(m_close, &QPushButton::clicked, this, &BatchExportDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &BatchExportDialog::begin);
}

void BatchExportDialog::connectBatch()
{
    connect(&m_batch, &BatchExport::progress, this, [this](int done, int total, const QString& head) {
        m_bar->setRange(0, total);
        m_bar->setValue(done);
        m_words->setText(tr("Writing %1, %2 of %3").arg(head).arg(done + 1).arg(total));
    });
    connect(&m_batch, &BatchExport::finished, this, [this](int written, bool cancelled) {
        m_bar->hide();
        m_close->setText(tr("Close"));
        m_words->setText(cancelled ? tr("Cancelled. Heads saved and checked: %1").arg(written)
                                   : tr("Heads saved and checked: %1").arg(written));
        m_start->setEnabled(true);
        Q_EMIT message(m_words->text());
    });
    connect(&m_batch, &BatchExport::failed, this, [this](const Error& error, int written) {
        const ErrorText text = errorText(error);
        m_bar->hide();
        m_close->setText(tr("Close"));
        m_words->setText(QStringLiteral("<b>%1</b> %2 %3<br>%4")
                             .arg(text.title.toHtmlEscaped(), text.what.toHtmlEscaped(), text.next.toHtmlEscaped(),
                                  tr("Heads saved and checked before it: %1").arg(written)));
        m_start->setEnabled(true);
    });
}

std::optional<std::vector<HeadId>> BatchExportDialog::heads(QString* wrong) const
{
    const QString list = m_all->isChecked()     ? QStringLiteral("all")
                         : m_typed->isChecked() ? m_list->text()
                                                : QStringLiteral("L%1").arg(m_context.selection->head().layer);
    return parseHeadList(list, *m_subject.a, wrong);
}

void BatchExportDialog::refresh()
{
    QString wrong;
    const auto list = heads(&wrong);
    m_start->setEnabled(list.has_value() && !m_batch.running());
    m_words->setText(list              ? list->size() == 1 ? tr("1 figure, size and text as chosen in the last export")
                                                           : tr("%1 figures, size and text as chosen in the last export").arg(list->size())
                                  : wrong.isEmpty() ? tr("Type heads and layers, such as L0H1, L2.")
                                       : tr("“%1” is no head or layer of this model. Type heads and layers, such as L0H1, L2.").arg(wrong));
}

void BatchExportDialog::begin()
{
    const auto list = heads();
    if (!list) return;
    m_choices.format = static_cast<FigureFormat>(m_format->current());
    std::vector<FigureFormat> formats{m_choices.format};
    if (m_csv->isChecked()) formats.push_back(FigureFormat::Csv);
    if (m_npy->isChecked()) formats.push_back(FigureFormat::Npy);
    if (m_latex->isChecked()) formats.push_back(FigureFormat::Latex);
    FigureSpec spec = m_subject.spec;
    if (spec.kind != FigureKind::Text && spec.kind != FigureKind::Chart) spec.kind = FigureKind::Head;
    m_choices.applyTo(spec, m_subject.screen);
    const QString folder = QDir::cleanPath(m_folder->text());
    const Provenance origin = provenanceOf(*m_context.project);
    QStringList paths;
    for (const HeadId head : *list)
        for (const FigureFile& file : BatchExport::filesOf(spec, head, folder, formats, origin)) paths << file.path;
    whenMayWrite(this, paths, openInputs(), [this, spec, list = *list, folder, formats, origin] {
        m_start->setEnabled(false);
        m_close->setText(tr("Cancel"));
        m_bar->show();
        m_batch.start(spec, list, folder, formats, m_subject.a, origin);
    });
}

void BatchExportDialog::reject()
{
    if (m_batch.running()) return m_batch.cancel();
    QDialog::reject();
}

}  // namespace hs::ui
