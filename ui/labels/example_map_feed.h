// SPDX-License-Identifier: GPL-3.0-or-later
// Small maps around example rows: asks the engine for the few cells that matter, hands them on one by one.
#pragma once

#include <QObject>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/base/ids.h"
#include "engine/model/config.h"
#include "engine/model/visibility.h"
#include "engine/session/jobs/pictures.h"
#include "engine/tensor/matrix.h"
#include "ui/bridge/ask.h"
#include "ui/labels/label_examples.h"

namespace hs::ui {

/// Norms || A_ij v_j W_O || of whole rows as shares of each row's sum, only the columns [from, to).
std::shared_ptr<const MatrixF> rowShares(const MatrixF& norms, int from, int to);

/// The square of a map that shows a row and what it looks at: tokens [from, to) on both axes.
struct ExampleWindow {
    int from = 0, to = 0;
    int size() const { return to - from; }
};
/// About 16 tokens around a near look; the whole passage, up to 256 tokens, around a far one: there the pattern is seen at a glance.
ExampleWindow exampleWindow(const ExampleLine& line);

/// One small map; `cells` is null while it is on its way.
struct ExampleMap {
    ExampleLine line;
    ExampleWindow window;
    Visibility mask;
    std::shared_ptr<const MatrixF> cells;  ///< [window, window] attention weights, or shares of what each row writes
    RowMass mass = RowMass::Weights;       ///< which of the two
};

class ExampleMapFeed : public QObject {
    Q_OBJECT
public:
    explicit ExampleMapFeed(EngineBridge* bridge, QObject* parent = nullptr);
    /// Forgets what was asked before. Lines of one passage share its run. Maps show what the label counted: weights, or norms as
    /// shares of their row.
    void ask(const std::shared_ptr<const Model>& model, HeadId head, const std::vector<ExampleLine>& lines,
             RowMass mass = RowMass::Weights);
    void forget();

Q_SIGNALS:
    void arrived(int line, const std::shared_ptr<const hs::MatrixF>& cells);  ///< index into what was asked

private:
    EngineBridge* m_bridge;  ///< may be null: nothing arrives
    AskMany<TileJob> m_tiles;
    struct Asked {
        int line;
        ExampleWindow window;
        RowMass mass;
    };
    std::map<JobId, Asked> m_jobs;
};

}  // namespace hs::ui
