// SPDX-License-Identifier: GPL-3.0-or-later
// Where checkout, reference data and built programs stand. Known to one object alone (paths.cpp), so that no test depends on
// these places and every checkout shares the compiler's cache.
#pragma once

#include <QAnyStringView>
#include <QString>

#include <string>

namespace hs::test {

/// Full path of a file of the checkout ("resources/sample/prompts.json"); "": the checkout itself.
QString sourceFile(QAnyStringView relative);
/// A file of resources/sample: the model that ships, unless another is named.
QString sampleFile(QAnyStringView name = "headscope-sample.h5");
/// A file of tests/fixtures ("models/tiny-llama/model.h5").
QString fixture(QAnyStringView relative);
/// A file of the optional reference data ("models/stories260k/model.h5").
QString sharedData(QAnyStringView relative);
/// A program of the build, or ".." for the build's own folder.
QString builtFile(QAnyStringView name);

// The same as the engine takes paths.
inline std::string sourcePath(QAnyStringView relative) { return sourceFile(relative).toStdString(); }
inline std::string samplePath(QAnyStringView name = "headscope-sample.h5") { return sampleFile(name).toStdString(); }
inline std::string fixturePath(QAnyStringView relative) { return fixture(relative).toStdString(); }

}  // namespace hs::test
