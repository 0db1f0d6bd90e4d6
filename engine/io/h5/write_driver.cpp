// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/h5/write_driver.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <limits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <H5FDpublic.h>

namespace hs::h5 {

namespace {

struct Info {
    int* error;
};

/// The library's part must stand first.
struct WriteFile {
    H5FD_t common{};
    int fd = -1;
    haddr_t endOfAllocation = 0;
    haddr_t endOfFile = 0;
    int* error = nullptr;
};

WriteFile* ours(H5FD_t* file) { return reinterpret_cast<WriteFile*>(file); }
const WriteFile* ours(const H5FD_t* file) { return reinterpret_cast<const WriteFile*>(file); }

void note(WriteFile& file, int why)
{
    if (*file.error == 0) *file.error = why != 0 ? why : EIO;
}

H5FD_t* openFile(const char* name, unsigned, hid_t access, haddr_t)
{
    const auto* info = static_cast<const Info*>(H5Pget_driver_info(access));
    if (!info) return nullptr;
    const int fd = ::open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        *info->error = errno;
        return nullptr;
    }
    auto* file = new WriteFile;
    file->fd = fd;
    file->error = info->error;
    return &file->common;
}

herr_t closeFile(H5FD_t* file)
{
    WriteFile* f = ours(file);
    if (::close(f->fd) != 0) note(*f, errno);
    delete f;
    return 0;
}

int compareFiles(const H5FD_t* a, const H5FD_t* b)
{
    struct stat one {
    }, two{};
    if (fstat(ours(a)->fd, &one) != 0 || fstat(ours(b)->fd, &two) != 0) return a < b ? -1 : a > b ? 1 : 0;
    if (one.st_dev != two.st_dev) return one.st_dev < two.st_dev ? -1 : 1;
    return one.st_ino < two.st_ino ? -1 : one.st_ino > two.st_ino ? 1 : 0;
}

herr_t query(const H5FD_t*, unsigned long* flags)
{
    if (flags)
        *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA
                 | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

haddr_t endOfAllocation(const H5FD_t* file, H5FD_mem_t) { return ours(file)->endOfAllocation; }
haddr_t endOfFile(const H5FD_t* file, H5FD_mem_t) { return ours(file)->endOfFile; }

herr_t setEndOfAllocation(H5FD_t* file, H5FD_mem_t, haddr_t address)
{
    ours(file)->endOfAllocation = address;
    return 0;
}

herr_t readBytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer)
{
    auto* to = static_cast<char*>(buffer);
    while (size > 0) {
        const ssize_t got = pread(ours(file)->fd, to, size, static_cast<off_t>(address));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) {  // beyond the end: as if it had been written as zeros
            std::memset(to, 0, size);
            break;
        }
        to += got;
        address += static_cast<haddr_t>(got);
        size -= static_cast<std::size_t>(got);
    }
    return 0;
}

herr_t writeBytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer)
{
    WriteFile* f = ours(file);
    const auto* from = static_cast<const char*>(buffer);
    const haddr_t end = address + size;
    while (size > 0 && *f->error == 0) {
        const ssize_t put = pwrite(f->fd, from, std::min<std::size_t>(size, std::size_t(1) << 30), static_cast<off_t>(address));
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) {
            note(*f, put < 0 ? errno : EIO);
            break;
        }
        from += put;
        address += static_cast<haddr_t>(put);
        size -= static_cast<std::size_t>(put);
    }
    f->endOfFile = std::max(f->endOfFile, end);
    return 0;
}

herr_t truncateFile(H5FD_t* file, hid_t, hbool_t)
{
    WriteFile* f = ours(file);
    if (*f->error == 0 && ftruncate(f->fd, static_cast<off_t>(f->endOfAllocation)) != 0) note(*f, errno);
    f->endOfFile = f->endOfAllocation;
    return 0;
}

hid_t driverId()
{
    static const hid_t id = [] {
        static H5FD_class_t driver;
        driver = {};
        driver.name = "headscope-write";
        driver.maxaddr = static_cast<haddr_t>(std::numeric_limits<off_t>::max());
        driver.fc_degree = H5F_CLOSE_WEAK;
        driver.fapl_size = sizeof(Info);
        driver.open = openFile;
        driver.close = closeFile;
        driver.cmp = compareFiles;
        driver.query = query;
        driver.get_eoa = endOfAllocation;
        driver.set_eoa = setEndOfAllocation;
        driver.get_eof = endOfFile;
        driver.read = readBytes;
        driver.write = writeBytes;
        driver.truncate = truncateFile;
        constexpr H5FD_mem_t map[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
        std::copy(std::begin(map), std::end(map), std::begin(driver.fl_map));
        return H5FDregister(&driver);
    }();
    return id;
}

}  // namespace

bool useWriteDriver(hid_t access, int* error)
{
    const Info info{error};
    return driverId() >= 0 && H5Pset_driver(access, driverId(), &info) >= 0;
}

}  // namespace hs::h5
