// SPDX-License-Identifier: GPL-3.0-or-later
// The language of all texts on screen. Numbers keep one form in every language: figures and tables must agree.
#pragma once

#include <QString>

namespace hs::ui {

/// Installs HeadScope's texts (:/i18n, translations/) and Qt's own in the language `code` ("de", "en"); with an empty
/// code in the system's language, or in English where that is not translated. Needs an application object; to be
/// called once, before the window is built.
void installLanguage(const QString& code = {});

}  // namespace hs::ui
