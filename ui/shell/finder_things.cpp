// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/finder_things.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "ui/feature/command_list.h"
#include "ui/labels/label_kind_words.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

struct FinderThings {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::FinderThings)
};

void addHeads(const ViewContext& c, std::vector<FinderThing>& out)
{
    const auto source = c.project->source();
    const auto& model = c.project->model();
    const int layers = source ? source->layers() : model ? model->config().nLayers : 0;
    for (int l = 0; l < layers; ++l)
        for (int h = 0; h < (source ? source->heads(l) : model->config().heads(l)); ++h) {
            const LabelMark mark = c.labels ? c.labels->mark({l, h}) : LabelMark{};
            const QString label = mark.hasLabel() ? kindTitle(mark.kind) : QString();
            out.push_back({FinderThing::Kind::Head, FinderThings::tr("Head %1").arg(QString::fromStdString(headName({l, h}))), label, label,
                           [s = c.selection, l, h] {
                               s->setHead({l, h});
                           }});
        }
}

void addLabels(const ViewContext& c, std::vector<FinderThing>& out)
{
    if (!c.labels || !c.labels->report()) return;
    const auto add = [&](const QString& title, const QString& filter, int heads) {
        out.push_back({FinderThing::Kind::Named,
                       FinderThings::tr("Show only heads labelled: %1").arg(inSentence(title)),
                       FinderThings::tr("heads: %1").arg(heads),
                       {},
                       [labels = c.labels, filter] { labels->setFilter({filter}); }});
    };
    for (const LabelStore::Count& count : c.labels->counts())
        add(codeTitle(count.code), count.code, count.first + int(count.further.size()));
    for (const auto& [name, heads] : c.labels->attributeCounts()) {
        const auto id = parseLabel(name.toStdString());
        add(id ? labelTitle(*id) : name, name, heads);
    }
    if (!c.labels->filter().isEmpty())
        out.push_back({FinderThing::Kind::Named, FinderThings::tr("Show heads of all labels again"), {}, {}, [labels = c.labels] {
                           labels->setFilter({});
                       }});
}

}  // namespace

std::vector<FinderThing> finderThings(const ViewContext& context, const QStringList& recent,
                                      const std::function<void(const QString&)>& open)
{
    std::vector<FinderThing> out;
    addLabels(context, out);
    for (const QString& path : recent) {
        const QFileInfo file(path);
        out.push_back({FinderThing::Kind::Named, FinderThings::tr("Open %1").arg(file.fileName()), file.dir().dirName(), path,
                       [open, path] { open(path); }});
    }
    addHeads(context, out);
    return out;
}

void addOtherNames(CommandList& commands)
{
    QStringList kinds;
    for (const LabelKind kind : codedKinds())
        if (const QString title = kindTitle(kind); !kinds.contains(title)) kinds << title;
    const std::pair<const char*, QString> names[] = {
        {"edit.preferences", FinderThings::tr("settings; options; configuration; language; threads; memory")},
        {"file.open", FinderThings::tr("load a model; import; file; project")},
        {"project.save", FinderThings::tr("keep the session; workspace file")},
        {"view.head", FinderThings::tr("attention pattern; attention map; heatmap; matrix of one head")},
        {"view.grid", FinderThings::tr("thumbnails; small multiples; overview of all heads")},
        {"view.text", FinderThings::tr("running words; highlighted text; sentence")},
        {"view.corpus", FinderThings::tr("examples; passages; evidence; concordance")},
        {"view.graph", FinderThings::tr("circuit; network; edges; composition; nodes; path from head to head")},
        {"view.similarity", FinderThings::tr("matrix of heads; distances; clusters; duplicates; projection kernel")},
        {"view.cause", FinderThings::tr("path patching; activation patching; logit attribution; knock-out; circuit; why")},
        {"view.compare", FinderThings::tr("difference; side by side; two heads; two prompts; two models")},
        {"view.prune", FinderThings::tr("ablation; importance; cut heads; compress; remove")},
        {"head.switch", FinderThings::tr("ablate; knock out; disable; zero")},
        {"head.pin", FinderThings::tr("bookmark; compare with; head B")},
        {"head.go", FinderThings::tr("jump to a head; select a head")},
        {"labels.start",
         FinderThings::tr("what heads do; detect; classify; roles") + QStringLiteral("; ") + kinds.join(QStringLiteral("; "))},
        {"labels.note", FinderThings::tr("comment; annotate; rename the head")},
        {"prompt.edit", FinderThings::tr("text; input; sentence")},
        {"prompt.run", FinderThings::tr("forward pass; execute; compute")},
        {"prompt.continue", FinderThings::tr("generate; complete; sample")},
        {"figure.export", FinderThings::tr("save a figure; picture; image; PDF; SVG; PNG; print")},
        {"look.sink", FinderThings::tr("beginning of sequence; BOS; attention sink")},
        {"theme.swap", FinderThings::tr("night mode; dark theme; appearance")},
        {"help.keys", FinderThings::tr("shortcuts; hotkeys; key bindings; help")},
        {"model.tensors", FinderThings::tr("weights; parameters; architecture; model card")},
    };
    for (const auto& [id, words] : names) commands.setAlsoCalled(QString::fromLatin1(id), words);
}

}  // namespace hs::ui
