// SPDX-License-Identifier: GPL-3.0-or-later
// The families, one .cpp each; add one here and in layouts/all.cpp.
#pragma once

#include "engine/io/layouts/layout.h"

namespace hs {

const Layout& transformerLensLayout();
const Layout& hfGpt2Layout();
const Layout& nanoGptLayout();
const Layout& hfGpt2TfLayout();
const Layout& hfLlamaLayout();

}  // namespace hs
