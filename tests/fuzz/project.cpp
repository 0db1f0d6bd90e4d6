// SPDX-License-Identifier: GPL-3.0-or-later
// .headscope files. A project that is read is written and read again as the same.
#include "tests/fuzz/target.h"
#include "ui/state/project_file.h"

HS_FUZZ_TARGET(const std::uint8_t* data, std::size_t size)
{
    using namespace hs;
    const auto project = ui::projectFromJson(QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    if (!project) return 0;
    ++fuzz::accepted;
    const QByteArray written = ui::toJson(*project);
    const auto again = ui::projectFromJson(written);
    fuzz::expect(again.ok(), "what was written is read");
    fuzz::expect(ui::toJson(*again) == written, "what was read twice is the same");
    return 0;
}
