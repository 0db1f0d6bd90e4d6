// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/prune_text.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace hs::ui {

namespace {

struct PruneTextTr {
    Q_DECLARE_TR_FUNCTIONS(PruneText)
};

}  // namespace

QString pruneTextSource(const PruneText& text)
{
    switch (text.source) {
    case PruneText::Source::Passages: return PruneTextTr::tr("written passages");
    case PruneText::Source::Sampled: return PruneTextTr::tr("passages sampled from the model");
    case PruneText::Source::Files:
        if (text.files.isEmpty()) return PruneTextTr::tr("no file chosen");
        return text.files.size() == 1 ? QFileInfo(text.files.first()).fileName() : PruneTextTr::tr("%1 files").arg(text.files.size());
    case PruneText::Source::Tokens:
        return text.files.isEmpty() ? PruneTextTr::tr("no file chosen")
                                    : PruneTextTr::tr("token ids of %1").arg(QFileInfo(text.files.first()).fileName());
    }
    return {};
}

QString pruneTextName(const PruneText& text)
{
    return PruneTextTr::tr("%1, at most %2 × %3 tokens").arg(pruneTextSource(text)).arg(text.passages).arg(text.length);
}

bool sameText(const PruneText& a, const PruneText& b) { return a.source == b.source && (!a.ownFiles() || a.files == b.files); }

}  // namespace hs::ui
