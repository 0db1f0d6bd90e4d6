// SPDX-License-Identifier: GPL-3.0-or-later
// A file driver for writing. When the disk is full, libhdf5's own driver leaves a file that can never be closed, and the
// library then crashes at exit. This one notes the first error and lets the library finish; the caller throws the file away.
#pragma once

#include <hdf5.h>

namespace hs::h5 {

/// Makes `access` create files through the driver; `*error` becomes the errno of the first failed write, and stays.
/// `error` must outlive the file.
bool useWriteDriver(hid_t access, int* error);

}  // namespace hs::h5
