// SPDX-License-Identifier: GPL-3.0-or-later
// Preferences take effect at once; there is no OK.
#pragma once

#include <QDialog>

namespace hs::ui {

class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    explicit PreferencesDialog(QWidget* parent = nullptr);

Q_SIGNALS:
    void changed();
    void resetLayoutRequested();
};

/// Keys in QSettings, shared with the window and the views.
namespace preference {
inline constexpr const char* kTheme = "theme";                       ///< int of ThemeMode
inline constexpr const char* kWheelScrolls = "wheelScrolls";         ///< bool, default false: the wheel zooms
inline constexpr const char* kLayersDown = "layersDown";             ///< bool, default false: layer 0 at the bottom
inline constexpr const char* kMemory = "memoryMiB";                  ///< int, cache of maps, default 512
inline constexpr const char* kLanguage = "language";                 ///< "de", "en"; empty: the system's
inline constexpr const char* kThreads = "threads";                   ///< int, 0: all cores
inline constexpr const char* kResultsBeside = "resultsBesideModel";  ///< bool, default false: in the user's cache folder
inline constexpr const char* kProbeLimit = "probeLimit";             ///< int, times 5 s and 1 GiB for checking an HDF5 file, default 1
}  // namespace preference

}  // namespace hs::ui
