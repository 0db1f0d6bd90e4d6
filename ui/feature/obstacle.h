// SPDX-License-Identifier: GPL-3.0-or-later
// Why a view cannot work with the open file: the sentences that several views share. Empty: nothing is in the way, or nothing is open.
#pragma once

#include <QString>

namespace hs {
class Model;
}

namespace hs::ui {

class Project;

/// "This file lacks: position embedding, MLP. So text cannot be run."
QString lackingForText(const Model& model);
/// Attention maps need a model that runs text, or a file of attention.
QString noAttentionBecause(const Project& project);
/// Logits and losses need the whole model; `withoutWeights`: what to say of a file of attention.
QString noPredictionBecause(const Project& project, const QString& withoutWeights, const QString& withoutOutput);

}  // namespace hs::ui
