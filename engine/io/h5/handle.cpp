// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/h5/handle.h"

#include <H5PLpublic.h>

#include "engine/io/h5/lzf.h"

namespace hs::h5 {

std::recursive_mutex& libraryMutex()
{
    static std::recursive_mutex mutex;
    return mutex;
}

void prepareThread()
{
    static std::once_flag once;
    const LibraryLock lock(libraryMutex());
    std::call_once(once, [] {
        H5PLset_loading_state(0);  // filters from HDF5_PLUGIN_PATH are code of strangers
        registerLzf();
    });
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::string takeError()
{
    std::string innermost;
    const auto keep = [](unsigned, const H5E_error2_t* error, void* out) -> herr_t {
        if (error->desc && *error->desc) *static_cast<std::string*>(out) = error->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keep, &innermost);
    H5Eclear2(H5E_DEFAULT);
    return innermost;
}

}  // namespace hs::h5
