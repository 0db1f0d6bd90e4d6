// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/find_dialog.h"

#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

constexpr int kHeads = 1 << 24;  // ids from here on are heads: layer * 4096 + head
constexpr int kMost = 400;

}  // namespace

FindDialog::FindDialog(const ViewContext& context, What what, QWidget* window)
    : PopupList(what == Heads ? tr("Go to head: L5H1, 5.1 or 5,1") : tr("Find a token or a head"), window), m_c(context), m_what(what)
{
    connect(this, &PopupList::chosen, this, [c = m_c](int id) {
        if (id >= kHeads) c.selection->setHead({(id - kHeads) / 4096, (id - kHeads) % 4096});
        else c.selection->lock(id, -1);
    });
}

std::vector<PopupList::Entry> FindDialog::matches(const QString& typed) const
{
    std::vector<Entry> out;
    const auto source = m_c.project->source();
    const auto& model = m_c.project->model();
    const int layers = source ? source->layers() : model ? model->config().nLayers : 0;
    const auto wanted = parseHeadName(typed.toStdString());
    for (int l = 0; l < layers; ++l) {
        const int heads = source ? source->heads(l) : model->config().heads(l);
        for (int h = 0; h < heads && int(out.size()) < kMost; ++h) {
            const QString name = QString::fromStdString(headName({l, h}));
            const bool exact = wanted && *wanted == HeadId{l, h};
            if (!exact
                && (wanted
                    || !(m_what == Heads ? typed.isEmpty() || name.startsWith(typed, Qt::CaseInsensitive)
                                         : !typed.isEmpty() && name.startsWith(typed, Qt::CaseInsensitive))))
                continue;
            out.push_back(
                {tr("Head %1").arg(name), m_c.project->isOff({l, h}) ? tr("off") : QString(), kHeads + l * 4096 + h, true, false});
        }
    }
    if (m_what == Heads || !source) return out;
    const auto& tokens = source->queryTokens();
    bool number = false;
    const int position = typed.toInt(&number);
    for (int i = 0; i < int(tokens.size()) && int(out.size()) < kMost; ++i) {
        const QString text = QString::fromStdString(tokens[std::size_t(i)].text);
        if (!typed.isEmpty() && !text.contains(typed, Qt::CaseInsensitive) && !(number && position == i)) continue;
        out.push_back({text, tr("token %1").arg(i), i, true, true});
    }
    return out;
}

QString FindDialog::nothing(const QString& typed) const
{
    if (m_what == Heads) return typed.isEmpty() ? tr("No model is open.") : tr("No head “%1”. Heads are written like L5H1.").arg(typed);
    return typed.isEmpty() ? tr("No prompt has run.") : tr("No token or head “%1” in this prompt.").arg(typed);
}

}  // namespace hs::ui
