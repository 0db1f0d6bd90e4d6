// SPDX-License-Identifier: GPL-3.0-or-later
// How maps are drawn, once for all views.
#pragma once

#include <QObject>
#include <QString>

#include "engine/forward/attention_source.h"

namespace hs::ui {

enum class Stretch { Linear, Log, PerRow };
enum class Grain { Tokens, Words };  ///< words: sum over a word's keys, mean over its queries

/// Value type, so that a figure's recipe can store and restore it.
struct MapLook {
    MapKind kind = MapKind::Weights;
    Stretch stretch = Stretch::Linear;
    Grain grain = Grain::Tokens;
    bool hideSink = false;  ///< first-token column left out, rows rescaled; said in the legend
    bool crosshair = true;
    QString colourMap = QStringLiteral("attention");
    bool autoRange = true;     ///< weights: 0 to 1; others: data range
    double low = 0, high = 1;  ///< used when autoRange is false
    bool operator==(const MapLook&) const = default;
};

class ViewSettings : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    const MapLook& look() const { return m_look; }
    /// Preferences of the user, not part of a look: the wheel scrolls maps (Ctrl+wheel zooms) instead of zooming them.
    bool wheelScrolls() const { return m_wheelScrolls; }
    void setWheelScrolls(bool on) { m_wheelScrolls = on; }
    /// Wherever heads stand layer by layer (atlas, grid, matrices, figures): layer 0 at the bottom, as the text flows through the model.
    bool layersUp() const { return m_layersUp; }
    void setLayersUp(bool up);

public Q_SLOTS:
    void setLook(const hs::ui::MapLook& look);

Q_SIGNALS:
    void changed();

private:
    MapLook m_look;
    bool m_wheelScrolls = false, m_layersUp = true;
};

}  // namespace hs::ui
