// SPDX-License-Identifier: GPL-3.0-or-later
// What the weights of one head say about it alone, and the principal angles of one pair. Asked when looked at, remembered for the model.
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <tuple>

#include "engine/session/jobs/head_spectra.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class EngineBridge;
class Project;

/// Directions of a head that are read in tokens, and tokens at each of their ends.
inline constexpr int kDirections = 6, kDirectionTokens = 8;

class HeadSpectraStore : public QObject {
    Q_OBJECT
public:
    HeadSpectraStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    void need(HeadId head, WeightProcessing weights);
    void again(HeadId head, WeightProcessing weights);
    /// Null: not there (yet).
    std::shared_ptr<const HeadSpectra> spectra(HeadId head, WeightProcessing weights) const;
    OneAsk* job() { return &m_job; }

Q_SIGNALS:
    void changed();

private:
    using Key = std::tuple<int, int, int>;
    Project* m_project;
    Ask<SpectraJob> m_job;
    std::map<Key, std::shared_ptr<const HeadSpectra>> m_known;
    std::optional<Key> m_asked;
};

struct AnglesQuestion {
    RolePair pairing;
    HeadId source, target;
    WeightProcessing weights = WeightProcessing::Raw;
    bool operator==(const AnglesQuestion&) const = default;
};

class PairAnglesStore : public QObject {
    Q_OBJECT
public:
    PairAnglesStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    void need(const AnglesQuestion& question);
    std::shared_ptr<const PairAngles> angles(const AnglesQuestion& question) const { return m_asked == question ? m_angles : nullptr; }
    OneAsk* job() { return &m_job; }

Q_SIGNALS:
    void changed();

private:
    Project* m_project;
    Ask<PairAnglesJob> m_job;
    std::optional<AnglesQuestion> m_asked;
    std::shared_ptr<const PairAngles> m_angles;
};

}  // namespace hs::ui
