// SPDX-License-Identifier: GPL-3.0-or-later
// Heads compared by what they do on a text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/session/work.h"
#include "engine/similarity/behaviour/swap_test.h"

namespace hs {

struct BehaviourAnswer;
struct SwapAnswer;

/// Text of the behaviour jobs: prompts as they are, ids, or documents of files and folders.
struct BehaviourText {
    std::vector<std::shared_ptr<const Prompt>> prompts;
    std::string tokensFile;  ///< comma-separated ids, one prompt a line: no tokeniser is needed
    std::vector<std::string> corpusPaths;
    std::string name;  ///< stated with the result; empty: the corpus' own
    PromptOptions options;
};

/// Publishes BehaviourAnswer after 1, 2, 4, ... documents and at the end.
struct BehaviourJob {
    using Answer = BehaviourAnswer;

    std::shared_ptr<const Model> model;
    BehaviourText text;
    BehaviourRequest request;
    std::string modelHash;  ///< stored with the matrices; empty: pending
    std::uint64_t tag = 0;

    std::string subject() const
    {
        return !text.tokensFile.empty() ? text.tokensFile : text.corpusPaths.empty() ? text.name : text.corpusPaths.front();
    }
};
namespace session {
Status runJob(const BehaviourJob& job, const ContextOf<BehaviourJob>& context);
}

struct BehaviourAnswer {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const BehaviourResult> result;
    std::uint64_t tag = 0;
};

/// Each requested head replaced by another, on every document.
struct SwapJob {
    using Answer = SwapAnswer;

    std::shared_ptr<const Model> model;
    BehaviourText text;
    std::vector<SwapRequest> requests;
    std::uint64_t seed = 1;
    std::uint64_t tag = 0;

    std::string subject() const { return requests.size() == 1 ? headName(requests.front().head) : text.name; }
};
namespace session {
Status runJob(const SwapJob& job, const ContextOf<SwapJob>& context);
}

struct SwapAnswer {
    std::shared_ptr<const Model> model;
    std::vector<SwapResult> results;
    std::uint64_t tag = 0;
};

}  // namespace hs
