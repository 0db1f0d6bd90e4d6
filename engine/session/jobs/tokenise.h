// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens of a text.
#pragma once

#include <memory>
#include <string>

#include "engine/model/model.h"
#include "engine/session/work.h"

namespace hs {

struct TokeniseResult;

struct TokeniseJob {
    using Answer = TokeniseResult;

    std::shared_ptr<const Model> model;
    std::string text;
    SpecialText special = SpecialText::Recognise;

    std::string subject() const { return text; }
    bool interactive() const { return true; }
};
namespace session {
Status runJob(const TokeniseJob& job, const ContextOf<TokeniseJob>& context);
}

struct TokeniseResult {
    std::string text;     ///< as asked
    SpecialText special;  ///< as asked
    std::shared_ptr<const Prompt> prompt;
};

}  // namespace hs
