// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hs::app {

/// Speaks the user's language where a translation is built in (translations/headscope_<language>.ts), English otherwise.
/// Needs an application object.
void installTranslations();

}  // namespace hs::app
