// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hs::app {

/// A file of the sample folder ("headscope-sample.h5", "prompts.json"), or empty when it is not there. Looked for in
/// $HEADSCOPE_DATA/sample, in ../share/headscope/sample beside the program's folder, and, for a program that runs from its
/// build folder, in the source tree. Needs an application object.
QString sampleFile(const QString& name);

/// The same for thresholds of labels ("strict.json") in label_presets.
QString presetFile(const QString& name);

/// The same for class lists ("ioi_wang2022.json") in class_sets.
QString classSetFile(const QString& name);

/// Text of the first prompt of prompts.json; empty when there is none.
QString firstSamplePrompt();

}  // namespace hs::app
