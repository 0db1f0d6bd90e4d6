// SPDX-License-Identifier: GPL-3.0-or-later
// One head's map for a view: asks the engine for tiles and overviews, keeps what came, never computes in the window's thread.
#pragma once

#include <QObject>
#include <QRect>
#include <QString>
#include <QStringList>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "engine/forward/attention_source.h"
#include "engine/session/jobs/pictures.h"
#include "ui/bridge/ask.h"
#include "ui/state/view_settings.h"

namespace hs::ui {

/// A cell whose number is not known.
inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// A rectangle of cells ready to be coloured. Rows and columns count tokens, or words in word grain.
struct MapCells {
    std::shared_ptr<const MatrixF> cells;  ///< null: nothing yet
    int q0 = 0, k0 = 0;                    ///< first row and column that `cells` covers
    int factor = 1;                        ///< > 1: an overview, one value per factor x factor cells (their maximum)
};

/// Labels of one axis in the current grain.
struct AxisLabel {
    QString text;    ///< token or word as read; a leading space is the space mark
    int token = 0;   ///< first token of it
    int tokens = 1;  ///< how many tokens it covers
    bool special = false;
};

class MapModel : public QObject {
    Q_OBJECT
public:
    explicit MapModel(EngineBridge* bridge, QObject* parent = nullptr);
    ~MapModel() override;

    void setSource(std::shared_ptr<const AttentionSource> source);
    void setHead(HeadId head);
    void setLook(const MapLook& look);  ///< kind, grain and hideSink matter here
    const std::shared_ptr<const AttentionSource>& source() const { return m_source; }
    HeadId head() const { return m_head; }
    const MapLook& look() const { return m_look; }

    int rows() const;  ///< queries in the current grain
    int columns() const;
    Visibility mask() const;  ///< which columns the rows see, but for what is NaN anyway
    const std::vector<AxisLabel>& rowLabels() const { return m_rowLabels; }
    const std::vector<AxisLabel>& columnLabels() const { return m_columnLabels; }
    int rowOfToken(int token) const;  ///< -1 when there is none
    int columnOfToken(int token) const;

    /// Makes the cells of `visible` (rows/columns of the current grain) available; `pixelsPerCell` < 1 asks for an overview.
    /// Whole maps of up to 512 x 512 are fetched at once. Emits changed() when they come.
    void request(const QRect& visible, double pixelsPerCell);
    /// Makes the exact values of one whole row and one whole column available (-1: none), also where the map shows only an overview.
    void requestProfiles(int row, int column);
    /// Best that is here now for a request. Until the first cells of another head arrive these are still the previous head's if the map
    /// has the same shape and kind (no flicker), for at most kKeepMs; value() and the profiles never come from it. Cells not here yet
    /// are -infinity.
    static constexpr int kKeepMs = 250;
    MapCells cells(const QRect& visible, double pixelsPerCell) const;
    /// Exact value of a cell if it is here. Nothing for masked cells.
    std::optional<float> value(int row, int column) const;
    std::vector<float> rowValues(int row) const;  ///< empty when not here
    std::vector<float> columnValues(int column) const;
    bool masked(int row, int column) const;
    bool seen(int row, int column) const;  ///< the mask lets the row see the column
    /// Largest unmasked value of a row, exact; NaN while not known. For the per-row stretch.
    float rowMaximum(int row) const;
    /// Data range over the map (streamed by the overview); nothing until known.
    std::optional<std::pair<float, float>> dataRange() const;

    /// False while cells() shows the previous head, or nothing.
    bool current() const;
    /// The source has this head's layer and kind: cells will come.
    bool available() const;
    /// Word grain over scores is a mean; first key column left out and the like: what the legend must say. Empty: nothing special.
    QStringList legendNotes() const;

    /// Counts of cells between `low` and `high` in `bins` equal steps (of the logarithm when `log`); empty until known.
    /// Large maps are surveyed tile by tile in the background: `surveyed()` grows from 0 to 1.
    std::vector<double> histogram(double low, double high, int bins, bool log) const;
    double surveyed() const;
    /// Rows from the top that are final, of a map that is still arriving in tiles and has no overview; rows() otherwise.
    int finalRows() const;
    struct Clipped {
        qint64 count = 0;
        bool exact = true;
        bool known = false;
    };
    Clipped clipped(double low, double high) const;
    qint64 maskedCells() const;

Q_SIGNALS:
    void failed(const hs::Error& error);  ///< the engine could not make the cells
    void changed();                       ///< cells or range arrived, or source, head or look changed
    void reset();                         ///< another geometry: rows, columns or labels changed

private:
    void restart(bool sameGeometry);
    void rebuildGeometry();
    void pump();
    void submitTile(int kind, int a, int b);
    void takeTile(JobId job, const TileResult& result);
    void takeOverview(JobId job, const OverviewResult& result);
    void takeEnd(const JobEnded& ended);
    void cancelPending();

    EngineBridge* m_bridge;  ///< null: no engine, or it is gone
    AskMany<TileJob> m_tiles;
    AskMany<OverviewJob> m_overviews;
    std::shared_ptr<const AttentionSource> m_source;
    HeadId m_head;
    MapLook m_look;
    std::vector<AxisLabel> m_rowLabels, m_columnLabels;
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}  // namespace hs::ui
