// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/layouts/tables.h"

namespace hs {

std::span<const Layout* const> allLayouts()
{
    static const Layout* const all[] = {
        &nativeLayout(), &transformerLensLayout(), &hfGpt2Layout(), &nanoGptLayout(), &hfGpt2TfLayout(), &hfLlamaLayout(),
    };
    return all;
}

}  // namespace hs
