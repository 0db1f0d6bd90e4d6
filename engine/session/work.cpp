// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/work.h"

#include "engine/session/outbox.h"

namespace hs::session {

Progress JobContext::quiet() const
{
    return Progress(progress.token(), {}, [outer = progress] { outer.checkpoint(); });
}

void JobContext::expect(const ProgressReport& report, double seconds) const { outbox.expect(ticket, report, seconds); }

void JobContext::publishAny(std::any answer) const { outbox.result(ticket, std::move(answer)); }

}  // namespace hs::session
