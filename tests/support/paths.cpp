// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/paths.h"

namespace hs::test {

QString sourceFile(QAnyStringView relative) { return QStringLiteral(HEADSCOPE_SOURCE_DIR "/") + relative.toString(); }

QString sampleFile(QAnyStringView name) { return QStringLiteral(HEADSCOPE_SOURCE_DIR "/resources/sample/") + name.toString(); }

QString fixture(QAnyStringView relative) { return QStringLiteral(HEADSCOPE_SOURCE_DIR "/tests/fixtures/") + relative.toString(); }

QString sharedData(QAnyStringView relative) { return QStringLiteral(HEADSCOPE_SHARED_DIR "/data/") + relative.toString(); }

QString builtFile(QAnyStringView name) { return QStringLiteral(HEADSCOPE_BIN_DIR "/") + name.toString(); }

}  // namespace hs::test
