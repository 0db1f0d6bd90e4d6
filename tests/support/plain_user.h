// SPDX-License-Identifier: GPL-3.0-or-later
// Root may read and write whatever the modes of a file say, so a test of what is refused would prove nothing where the tests run as
// root. While a PlainUser lives, this thread, and the programs it starts, are bound by the modes like everybody else; files stay
// root's own. Nothing changes for a user who is not root.
#pragma once

#include <array>
#include <cstdint>

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hs::test {

class PlainUser {
public:
    PlainUser()
    {
        if (geteuid() != 0) return;
        if (syscall(SYS_capget, &m_header, m_before.data()) != 0) {
            m_bound = false;
            return;
        }
        m_bits = prctl(PR_GET_SECUREBITS);
        // What is started from here does not get root's powers back.
        const bool children = m_bits >= 0 && prctl(PR_SET_SECUREBITS, m_bits | int(SECBIT_NOROOT)) == 0;
        Sets reduced = m_before;
        reduced[0].effective &= ~((1U << CAP_DAC_OVERRIDE) | (1U << CAP_DAC_READ_SEARCH));
        m_bound = children && syscall(SYS_capset, &m_header, reduced.data()) == 0;
        m_changed = true;
    }
    ~PlainUser()
    {
        if (!m_changed) return;
        syscall(SYS_capset, &m_header, m_before.data());
        if (m_bits >= 0) prctl(PR_SET_SECUREBITS, m_bits);
    }
    PlainUser(const PlainUser&) = delete;
    PlainUser& operator=(const PlainUser&) = delete;

    /// False when the system did not let root give its powers up.
    bool bound() const { return m_bound; }

private:
    using Sets = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;
    __user_cap_header_struct m_header{_LINUX_CAPABILITY_VERSION_3, 0};
    Sets m_before{};
    int m_bits = -1;
    bool m_bound = true, m_changed = false;
};

}  // namespace hs::test
