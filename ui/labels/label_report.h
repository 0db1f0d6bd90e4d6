// SPDX-License-Identifier: GPL-3.0-or-later
// The labels of a whole model on paper: provenance, atlas of codes, every head with its evidence; and the same numbers as CSV.
#pragma once

#include <QByteArray>
#include <QString>
#include <memory>

#include "engine/analysis/labels/label.h"
#include "engine/base/result.h"
#include "ui/labels/label_store.h"

namespace hs::ui {

struct LabelReportInput {
    std::shared_ptr<const LabelReport> report;  ///< never null
    HeadNotes notes;
    QString modelFile;  ///< name, without folder
};

/// A4 pages; returns the PDF's bytes. `pages`, when not null, gets their number.
QByteArray labelReportPdf(const LabelReportInput& input, int* pages = nullptr);
/// One line for each label and score (engine), notes of the user and provenance as lines that begin with #.
QByteArray labelReportCsv(const LabelReportInput& input);
/// By the suffix (.csv, else PDF), through a temporary file. What it wrote is read back: VerifyFailed when it differs.
Status writeLabelReport(const QString& path, const LabelReportInput& input);
/// Lines of provenance as they stand on the first page.
QStringList reportProvenance(const LabelReportInput& input);

}  // namespace hs::ui
