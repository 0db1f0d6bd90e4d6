// SPDX-License-Identifier: GPL-3.0-or-later
// From FILE and a prompt to something with attention maps, for export and report.
#pragma once

#include <memory>

#include "app/batch.h"
#include "engine/forward/run.h"
#include "engine/model/model.h"
#include "ui/export/figure.h"

namespace hs::app {

struct SourceWithOrigin {
    std::shared_ptr<const AttentionSource> source;
    std::shared_ptr<const Run> run;      ///< null for a dump
    std::shared_ptr<const Model> model;  ///< null for a dump
    ui::Provenance origin;               ///< with the file's hash
};

/// What to show: a prompt for a model, a sample of a dump.
struct SourcePrompt {
    std::string text;
    std::vector<int> ids;  ///< instead of the text
    int sample = 0;
    SpecialText special = SpecialText::Recognise;  ///< in the text
};

/// Opens, runs (a model) or picks the sample (a dump), hashes the file. Errors name the file where they can.
Result<SourceWithOrigin> makeSource(Batch& batch, const Arguments& arguments, const std::string& path, const SourcePrompt& prompt);

}  // namespace hs::app
