// SPDX-License-Identifier: GPL-3.0-or-later
// headscope-docs FOLDER: brings README and manual page of the source tree up to date with the table of commands (target update_docs).
#include <QDir>
#include <QFile>

#include <cstdio>

#include "app/docs.h"

int main(int argc, char** argv)
{
    const QDir root(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    for (const hs::app::Document& document : hs::app::documents()) {
        QFile file(root.filePath(QString::fromUtf8(document.path)));
        if (!file.open(QIODevice::ReadWrite)) {
            std::fprintf(stderr, "headscope-docs: %s: %s\n", document.path, qPrintable(file.errorString()));
            return 1;
        }
        const QString before = QString::fromUtf8(file.readAll());
        const auto after = hs::app::withBlocks(before, document.blocks);
        if (!after) {
            std::fprintf(stderr, "headscope-docs: %s lacks the lines around a block\n", document.path);
            return 1;
        }
        if (*after == before) continue;
        const QByteArray bytes = after->toUtf8();
        if (!file.seek(0) || file.write(bytes) != bytes.size() || !file.resize(bytes.size())) return 1;
        std::printf("%s\n", document.path);
    }
    return 0;
}
