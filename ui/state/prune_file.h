// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of the pruning bench as JSON: in project files and, as far as they say what a head that is off writes, in recipes of figures.
#pragma once

#include <QJsonObject>
#include <QString>
#include <optional>

#include "ui/state/prune_settings.h"

namespace hs::ui {

QJsonObject pruneJson(const PruneSettings& settings);
/// What is left out keeps its default. Nothing when something is wrong; `wrong`: what, as "prune/orders".
std::optional<PruneSettings> pruneFromJson(const QJsonObject& json, QString* wrong = nullptr);

/// What heads that are off leave in their place: kind, text and seed.
QJsonObject cutsJson(AblationKind kind, const PruneText& calibration, std::uint64_t seed);
/// Into these settings; false, and nothing changed, for anything that is not from cutsJson.
bool cutsFromJson(const QJsonObject& json, PruneSettings& into);

}  // namespace hs::ui
