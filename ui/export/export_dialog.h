// SPDX-License-Identifier: GPL-3.0-or-later
// Export figure (ui/look.md section 5.7): preview at true proportions, size, text, colours, parts, recipe, file.
#pragma once

#include <QDialog>
#include <vector>

#include "ui/export/figure_jobs.h"
#include "ui/export/figure_subject.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace hs::ui {

class FigurePreview;
class Segment;

/// What the dialog remembers between figures (and what Ctrl+E repeats).
struct ExportChoices {
    enum class Size { Column, ColumnAndHalf, TwoColumns, Slide, Screen, Own };
    Size size = Size::Column;
    double ownWidth = 120;
    FigureFormat format = FigureFormat::Pdf;
    double fontPt = 6.5, slidePt = 12;
    QString fontFamily;
    FigureColours colours = FigureColours::Paper;
    bool title = true, axes = true, colourBar = true, hatch = true, profiles = false;
    bool csv = false, npy = false, latex = false, recipe = true;
    double dpi = 300;
    QString folder;

    static ExportChoices load();
    void save() const;
    /// Puts the choices into a spec made by a view.
    void applyTo(FigureSpec& spec, const QSize& screen) const;
    std::vector<FigureFile> files(const QString& folder, const QString& baseName) const;
};

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(const ViewContext& context, const FigureSubject& subject, QWidget* parent = nullptr);
    const ExportChoices& choices() const { return m_choices; }

Q_SIGNALS:
    void exported(const QStringList& paths);

private:
    QWidget* buildPreview();
    QWidget* buildForm();
    QWidget* buildFooter();
    void addSizes(QVBoxLayout* layout);
    QGridLayout* buildLook();   ///< format, text, grain, colours, parts
    QGridLayout* buildFiles();  ///< what else is written, recipe, file
    QCheckBox* checkBox(const QString& words, bool on);
    void disableForKind();  ///< what this kind of figure does not have
    void connectForm();
    QWidget* sizeRow(ExportChoices::Size size, const QString& words, const QString& measure, QWidget* field = nullptr);
    void readForm();
    void refresh();  ///< after a choice: preview, check line, names
    void collect();
    void write();
    void showError(const Error& error);
    void showCheck();
    QString baseName() const;

    ViewContext m_context;
    FigureSubject m_subject;
    Provenance m_origin;
    ExportChoices m_choices;
    FigureSpec m_spec;
    FigureData m_data;
    bool m_haveData = false;
    FigureCollector m_collector;
    FigureWriter m_writer;
    FigureSpec m_writing;

    FigurePreview* m_preview = nullptr;
    QLabel *m_sizeWords = nullptr, *m_checkWords = nullptr, *m_formatNote = nullptr, *m_grainNote = nullptr, *m_rangeNote = nullptr;
    QLabel *m_recipeWords = nullptr, *m_folderWords = nullptr, *m_error = nullptr;
    std::vector<QRadioButton*> m_sizes;
    std::vector<QWidget*> m_sizeRows;
    QDoubleSpinBox *m_ownWidth = nullptr, *m_dpi = nullptr;
    Segment *m_format = nullptr, *m_text = nullptr, *m_slideText = nullptr, *m_grain = nullptr, *m_colours = nullptr;
    QComboBox* m_font = nullptr;
    QCheckBox *m_title = nullptr, *m_axes = nullptr, *m_bar = nullptr, *m_hatch = nullptr, *m_profiles = nullptr;
    QCheckBox *m_csv = nullptr, *m_npy = nullptr, *m_latex = nullptr, *m_recipe = nullptr;
    QLineEdit* m_file = nullptr;
    QPushButton *m_folder = nullptr, *m_copy = nullptr, *m_cancel = nullptr, *m_export = nullptr;
};

}  // namespace hs::ui
