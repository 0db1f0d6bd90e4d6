// SPDX-License-Identifier: GPL-3.0-or-later
// Prints every English line of the catalogue of analyses as a source file that lupdate reads: the engine knows no translator.
#include <iostream>
#include <set>
#include <string>

#include "engine/analysis/catalogue.h"

int main()
{
    std::set<std::string> printed;
    const auto print = [&](const std::string& line) {
        if (!printed.insert(line).second) return;
        std::string quoted;
        for (const char c : line) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        std::cout << "    QT_TRANSLATE_NOOP(\"hs::ui::Catalogue\", \"" << quoted << "\"),\n";
    };
    std::cout << "const char* const lines[] = {\n";
    for (const hs::AnalysisEntry& entry : hs::catalogue()) {
        print(entry.title);
        for (const hs::AnalysisParameter& parameter : entry.parameters) print(parameter.meaning);
        for (const hs::AnalysisNumber& number : entry.numbers) print(number.title);
    }
    std::cout << "};\n";
    return std::cout.good() ? 0 : 1;
}
