// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/picture.h"

#include <cstdio>

namespace hs::app {

Status writePicture(const std::string& path, ui::FigureFormat format, const ui::FigureSpec& spec, const ui::FigureData& data, bool quiet)
{
    const Status written = ui::writeFigure(QString::fromStdString(path), format, spec, data);
    if (!written || quiet) return written;
    if (const ui::FigureCheck check = ui::measureFigure(spec, data); !check.ok)
        std::fprintf(stderr, "headscope: %s: %s\n", path.c_str(), check.sentence.toUtf8().constData());
    return written;
}

}  // namespace hs::app
