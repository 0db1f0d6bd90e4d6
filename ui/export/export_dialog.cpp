// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/export/figure_preview.h"
#include "ui/export/recipe.h"
#include "ui/kit/save_dialog.h"
#include "ui/kit/segment.h"
#include "ui/map/map_geometry.h"
#include "ui/map/map_painter.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

void setInk(QLabel* label, Ink color)
{
    QPalette p = label->palette();
    p.setColor(QPalette::WindowText, ink(color));
    label->setPalette(p);
}

}  // namespace

void ExportDialog::readForm()
{
    for (std::size_t i = 0; i < m_sizes.size(); ++i)
        if (m_sizes[i]->isChecked()) m_choices.size = static_cast<ExportChoices::Size>(i);
    m_choices.ownWidth = m_ownWidth->value();
    m_choices.format = static_cast<FigureFormat>(m_format->current());
    constexpr double sizes[] = {6, 6.5, 7, 8}, slideSizes[] = {10, 12, 14, 18};
    m_choices.fontPt = sizes[std::clamp(m_text->current(), 0, 3)];
    m_choices.slidePt = slideSizes[std::clamp(m_slideText->current(), 0, 3)];
    m_choices.fontFamily = m_font->currentIndex() == 0 ? QString() : m_font->currentText();
    m_choices.colours = static_cast<FigureColours>(m_colours->current());
    m_choices.title = m_title->isChecked();
    m_choices.axes = m_axes->isChecked();
    m_choices.colourBar = m_bar->isChecked();
    m_choices.hatch = m_hatch->isChecked();
    m_choices.profiles = m_profiles->isChecked();
    m_choices.csv = m_csv->isChecked();
    m_choices.npy = m_npy->isChecked();
    m_choices.latex = m_latex->isChecked();
    m_choices.recipe = m_recipe->isChecked();
    m_choices.dpi = m_dpi->value();
}

void ExportDialog::refresh()
{
    readForm();
    m_choices.applyTo(m_spec, m_subject.screen);
    const bool slide = m_choices.size == ExportChoices::Size::Slide;
    m_text->setVisible(!slide);
    m_slideText->setVisible(slide);
    m_ownWidth->setEnabled(m_choices.size == ExportChoices::Size::Own);
    const bool png = m_choices.format == FigureFormat::Png;
    m_dpi->setVisible(png);
    m_dpi->setEnabled(m_choices.size != ExportChoices::Size::Screen);
    m_formatNote->setText(png ? tr("dots per inch") : tr("text stays text"));
    for (std::size_t i = 0; i < m_sizeRows.size(); ++i) {
        QPalette p = m_sizeRows[i]->palette();
        p.setColor(QPalette::Window, m_sizes[i]->isChecked() ? ink(Ink::Tint) : ink(Ink::Paper));
        m_sizeRows[i]->setPalette(p);
    }
    const QString suffix = extensionOf(m_choices.format);
    const QFileInfo name(m_file->text());
    if (!m_file->text().isEmpty() && name.suffix() != suffix) m_file->setText(name.completeBaseName() + QLatin1Char('.') + suffix);
    m_folderWords->setText(QDir::toNativeSeparators(m_choices.folder));
    m_rangeNote->setText(m_spec.kind == FigureKind::Drawing                                    ? QString()
                         : m_spec.kind == FigureKind::Atlas || m_spec.kind == FigureKind::Grid ? tr("colours by weight to the power 0.7")
                         : m_spec.look.kind == MapKind::Weights || !m_spec.look.autoRange ? scaleFor(m_spec.look, std::nullopt).legend()
                                                                                          : tr("range of the data"));
    if (m_haveData) {
        m_recipeWords->setText(recipeSummary(makeRecipe(m_spec, m_data)).join(QLatin1Char('\n')));
        m_preview->setFigure(m_spec, m_data);
    }
    m_recipeWords->setVisible(m_choices.recipe);
    showCheck();
}

void ExportDialog::showCheck()
{
    m_export->setEnabled(m_haveData && !m_writer.running());
    m_copy->setEnabled(m_haveData);
    if (!m_haveData) return;
    const FigureCheck check = measureFigure(m_spec, m_data);
    m_sizeWords->setText(tr("%1 × %2 mm     shown at %3 %     smallest text %4 pt")
                             .arg(check.sizeMm.width(), 0, 'f', 0)
                             .arg(check.sizeMm.height(), 0, 'f', 0)
                             .arg(m_preview->zoom() * 100, 0, 'f', 0)
                             .arg(check.smallestPt, 0, 'g', 3));
    m_checkWords->setText((check.ok ? QStringLiteral("✓ ") : QStringLiteral("! ")) + check.sentence);
    setInk(m_checkWords, check.ok ? Ink::Good : Ink::Bad);
    const int words = m_subject.a ? static_cast<int>(MapGeometry::of(*m_subject.a, 0, Grain::Words).columns.size()) : 0;
    m_grainNote->setText(m_spec.kind == FigureKind::Drawing ? QString() : tr("%1 tokens → %2 words").arg(m_data.originalKeys).arg(words));
}

void ExportDialog::collect()
{
    m_error->hide();
    m_spec.look.grain = m_grain->current() == 1 ? Grain::Words : Grain::Tokens;
    if (!m_haveData) m_preview->setWords(tr("Getting the numbers …"));
    m_collector.start(m_spec, m_subject.a, m_subject.b, m_origin);
}

QString ExportDialog::baseName() const
{
    const QString typed = m_file->text().trimmed();
    const QString suffix = QLatin1Char('.') + extensionOf(m_choices.format);
    return typed.endsWith(suffix, Qt::CaseInsensitive) ? typed.left(typed.size() - suffix.size()) : typed;
}

void ExportDialog::showError(const Error& error)
{
    const ErrorText text = errorText(error);
    m_error->setText(
        QStringLiteral("<b>%1</b><br>%2<br>%3").arg(text.title.toHtmlEscaped(), text.what.toHtmlEscaped(), text.next.toHtmlEscaped()));
    m_error->show();
    if (!m_haveData) m_preview->setWords(text.what);
}

void ExportDialog::write()
{
    m_error->hide();
    const QString base = baseName();
    if (base.isEmpty() || base.contains(QLatin1Char('/'))) {
        m_error->setText(base.isEmpty() ? tr("The file needs a name.")
                                        : tr("The name must not contain “/”; choose the folder with the button."));
        m_error->show();
        m_file->setFocus();
        return;
    }
    QStringList there;
    const auto files = m_choices.files(m_choices.folder, base);
    for (const FigureFile& f : files) {
        if (QFileInfo::exists(f.path)) there << QFileInfo(f.path).fileName();
        const QString why = whyNotWritten(f.path, openInputs());
        if (why.isEmpty()) continue;
        m_error->setText(why.toHtmlEscaped());
        m_error->show();
        m_file->setFocus();
        return;
    }
    if (!there.isEmpty() && m_export->property("sure").toString() != there.join(QLatin1Char('|'))) {
        // Asked in place: the second press replaces.
        m_export->setProperty("sure", there.join(QLatin1Char('|')));
        m_export->setText(tr("Replace"));
        m_error->setText(
            tr("%1 is already there. Press Replace to write over it, or give another name.").arg(there.join(QStringLiteral(", "))));
        m_error->show();
        return;
    }
    m_choices.save();
    m_writing = m_spec;
    m_export->setEnabled(false);
    m_writer.start(files, m_spec, m_data);
}

ExportDialog::ExportDialog(const ViewContext& context, const FigureSubject& subject, QWidget* parent)
    : QDialog(parent), m_context(context), m_subject(subject), m_origin(provenanceOf(*context.project)), m_choices(ExportChoices::load()),
      m_spec(subject.spec), m_collector(context.bridge)
{
    m_origin.promptB = subject.promptB;
    m_origin.modelPathB = subject.modelPathB;
    setWindowTitle(tr("Export figure"));
    setObjectName(QStringLiteral("exportDialog"));
    QPalette p = palette();
    p.setColor(QPalette::Window, ink(Ink::Paper));
    setPalette(p);

    auto* head = new QWidget;
    head->setAutoFillBackground(true);
    QPalette chrome = head->palette();
    chrome.setColor(QPalette::Window, ink(Ink::Chrome));
    head->setPalette(chrome);
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(12, 6, 12, 6);
    auto* title = new QLabel(tr("Export figure"));
    title->setFont(Theme::instance().font(Type::Base, true));
    auto* keys = new QLabel(QKeySequence(QStringLiteral("Ctrl+Shift+E")).toString(QKeySequence::NativeText));
    keys->setFont(Theme::instance().font(Type::Caption));
    setInk(keys, Ink::Muted);
    headLayout->addWidget(title);
    headLayout->addStretch();
    headLayout->addWidget(keys);

    auto* body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(buildPreview(), 1);
    body->addWidget(buildForm());
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(head);
    all->addLayout(body, 1);
    all->addWidget(buildFooter());

    connect(&m_collector, &FigureCollector::ready, this, [this](const FigureData& figure) {
        m_data = figure;
        m_haveData = true;
        refresh();
    });
    connect(&m_collector, &FigureCollector::failed, this, &ExportDialog::showError);
    connect(&m_writer, &FigureWriter::written, this, [this](const QStringList& paths) {
        Q_EMIT exported(paths);
        accept();
    });
    connect(&m_writer, &FigureWriter::failed, this, [this](const Error& error) {
        showError(error);
        showCheck();
    });
    connect(m_preview, &FigurePreview::zoomChanged, this, &ExportDialog::showCheck);
    m_file->setText(suggestedName(m_spec, m_origin) + QLatin1Char('.') + extensionOf(m_choices.format));
    refresh();
    collect();
    m_export->setFocus();
    resize(1016, 680);
}

}  // namespace hs::ui
