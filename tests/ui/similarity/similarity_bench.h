// SPDX-License-Identifier: GPL-3.0-or-later
// The Similarity tab with all that it needs, and small models to show in it.
#pragma once

#include <QLabel>
#include <functional>

#include "engine/io/open.h"
#include "engine/session/jobs/run.h"
#include "tests/support/matrix_model.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"
#include "ui/bridge/ask.h"
#include "ui/kit/state_panel.h"
#include "ui/similarity/pair_card.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

namespace hs::test {

/// Everything the tab needs, without a main window.
struct SimilarityBench {
    ui::EngineBridge bridge;
    ui::Project project;
    ui::Selection selection;
    ui::ViewSettings settings;
    ui::SimilarityStore store{&bridge, &project};
    ui::SimilarityTab tab{ui::ViewContext{&bridge, &project, &selection, &settings, nullptr, nullptr, &store}};

    explicit SimilarityBench(std::shared_ptr<const Model> model)
    {
        ask.onAnswer([this](const RunResult& r) { project.setRun(asked, r.run); });
        if (model) project.setModel(std::move(model));
        tab.resize(900, 680);
        tab.show();
    }
    void choose(HeadMeasure measure, const char* pairing = "OO")
    {
        ui::SimilaritySettings s = store.settings();
        s.measure = measure;
        s.pairing = *parseRolePair(pairing);
        store.setSettings(s);
    }
    void run(const std::string& text)
    {
        ui::PromptEntry entry;
        entry.text = QString::fromStdString(text);
        const int index = project.addPrompt(entry);
        project.setCurrent(index);
        asked = index;
        ask.start(RunJob{project.model(), text, {}, {}, {}, nullptr});
    }
    bool ran() const { return project.current() && project.current()->run && project.current()->run->complete; }
    QString state() const { return tab.findChild<ui::StatePanel*>()->content().sentence; }

private:
    int asked = -1;
    ui::Ask<RunJob> ask{&bridge, QStringLiteral("Run prompt"), QStringLiteral("test run")};
};

inline std::shared_ptr<const Model> sampleModel()
{
    auto opened = openFile(samplePath());
    return opened ? *std::get_if<std::shared_ptr<const Model>>(&*opened) : nullptr;
}

inline ModelConfig attentionOnly(int layers, int heads, int kv = 0)
{
    ModelConfig c;
    c.nLayers = layers;
    c.nHeads = heads;
    c.nKvHeads = kv > 0 ? kv : heads;
    c.dModel = 16;
    c.dHead = 4;
    c.attnOnly = true;
    return c;
}

/// Random attention weights of two layers and two heads; `spoil` changes them.
inline std::shared_ptr<const Model> spoilt(const std::function<void(std::vector<LayerWeights>&)>& spoil, int layers = 2, int heads = 2)
{
    RandomSource source(attentionOnly(layers, heads), {});
    std::vector<LayerWeights> all;
    for (int l = 0; l < layers; ++l) all.push_back(**source.layer(l, {}));
    spoil(all);
    return matrixModel(std::move(all), heads, heads, 16, 4);
}

inline void fillHead(MatrixF& columns, int head, float value)
{
    for (std::ptrdiff_t r = 0; r < columns.rows(); ++r)
        for (int c = 0; c < 4; ++c) columns(r, head * 4 + c) = value;
}

inline QString cardText(const ui::SimilarityTab& tab)
{
    QString all;
    for (const QLabel* label : tab.pairCard()->findChildren<QLabel*>())
        if (!label->isHidden()) all += label->text() + QLatin1Char('\n');
    return all;
}

}  // namespace hs::test
