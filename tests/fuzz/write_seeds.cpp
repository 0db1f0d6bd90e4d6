// SPDX-License-Identifier: GPL-3.0-or-later
// fuzz_seeds FOLDER: a folder of seeds for each target.
#include <cstdio>

#include "tests/fuzz/seeds.h"

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    for (const std::string& target : hs::fuzz::targetNames())
        std::printf("%-16s %d seeds\n", target.c_str(), hs::fuzz::writeSeeds(target, std::filesystem::path(argv[1]) / target));
    return 0;
}
