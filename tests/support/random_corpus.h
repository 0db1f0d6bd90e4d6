// SPDX-License-Identifier: GPL-3.0-or-later
// Documents of random tokens, each one token shorter than the one before.
#pragma once

#include "engine/similarity/behaviour/behaviour.h"
#include "tests/support/random_model.h"

namespace hs::test {

inline PromptCorpus randomCorpus(int documents, int n, int vocabulary)
{
    PromptCorpus out;
    out.name = "random";
    for (int i = 0; i < documents; ++i) out.prompts.push_back(randomPrompt(n - i, vocabulary, std::uint64_t(i) + 50));
    return out;
}

}  // namespace hs::test
