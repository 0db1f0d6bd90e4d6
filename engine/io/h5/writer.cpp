// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/h5/writer.h"

#include "engine/io/bytes/output_file.h"
#include "engine/io/h5/write_driver.h"

namespace hs::h5 {

namespace {

Handle stringType()
{
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.id(), H5T_VARIABLE);
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    return type;
}

Handle spaceOf(const Shape& shape)
{
    if (shape.empty()) return Handle(H5Screate(H5S_SCALAR), H5Sclose);
    const std::vector<hsize_t> dims(shape.begin(), shape.end());
    return Handle(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr), H5Sclose);
}

Handle halfType(bool bfloat)
{
    Handle type(H5Tcopy(H5T_NATIVE_FLOAT), H5Tclose);
    H5Tset_fields(type.id(), 15, bfloat ? 7 : 10, bfloat ? 8 : 5, 0, bfloat ? 7 : 10);
    H5Tset_size(type.id(), 2);
    H5Tset_ebias(type.id(), bfloat ? 127 : 15);
    return type;
}

}  // namespace

Handle floatType(Dtype dtype)
{
    if (dtype == Dtype::F16 || dtype == Dtype::BF16) return halfType(dtype == Dtype::BF16);
    return Handle(H5Tcopy(dtype == Dtype::F64 ? H5T_NATIVE_DOUBLE : H5T_NATIVE_FLOAT), H5Tclose);
}

Writer::Writer(const std::string& path) : m_path(path), m_error(std::make_unique<int>(0))
{
    const LibraryLock lock(libraryMutex());
    prepareThread();
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose), creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    useWriteDriver(access.id(), m_error.get());
    H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V110);
    H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG);
    H5Pset_file_locking(access.id(), false, true);
    H5Pset_alignment(access.id(), 64 * 1024, 4096);  // big tensors begin on a page
    H5Pset_obj_track_times(creation.id(), false);
    m_links = Handle(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
    H5Pset_create_intermediate_group(m_links.id(), 1);
    m_file = Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose);
    if (!m_file) fail({});
}

bool Writer::ok()
{
    if (m_status && *m_error != 0) m_status = writeError(m_path, *m_error);
    return m_status.ok();
}

void Writer::fail(const std::string& item)
{
    const std::string why = takeError();
    if (m_status) m_status = *m_error != 0 ? writeError(m_path, *m_error) : Error::in(m_path, ErrorCode::WriteFailed, item, why);
}

void Writer::group(const std::string& path)
{
    if (!ok()) return;
    const LibraryLock lock(libraryMutex());
    if (H5Lexists(m_file.id(), path.c_str(), H5P_DEFAULT) > 0) return;
    takeError();
    const Handle made(H5Gcreate2(m_file.id(), path.c_str(), m_links.id(), H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    if (!made) fail(path);
}

void Writer::attach(const std::string& object, const char* name, hid_t type, const Shape& shape, const void* data)
{
    if (!ok()) return;
    const LibraryLock lock(libraryMutex());
    const Handle owner(H5Oopen(m_file.id(), object.empty() ? "/" : object.c_str(), H5P_DEFAULT), H5Oclose);
    const Handle space = spaceOf(shape);
    if (!owner || !space) return fail(object);
    const Handle made(H5Acreate2(owner.id(), name, type, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    if (!made || H5Awrite(made.id(), type, data) < 0) fail(object + "@" + name);
}

void Writer::attribute(const std::string& object, const char* name, const std::string& text)
{
    const char* pointer = text.c_str();
    attach(object, name, stringType().id(), {}, &pointer);
}

void Writer::attribute(const std::string& object, const char* name, std::int64_t value)
{
    attach(object, name, H5T_NATIVE_INT64, {}, &value);
}
void Writer::attribute(const std::string& object, const char* name, double value) { attach(object, name, H5T_NATIVE_DOUBLE, {}, &value); }

void Writer::attributeBool(const std::string& object, const char* name, bool value)
{
    const Handle type(H5Tenum_create(H5T_NATIVE_INT8), H5Tclose);
    std::int8_t member = 0;
    H5Tenum_insert(type.id(), "FALSE", &member);
    member = 1;
    H5Tenum_insert(type.id(), "TRUE", &member);
    member = value ? 1 : 0;
    attach(object, name, type.id(), {}, &member);
}

void Writer::attribute(const std::string& object, const char* name, const std::vector<std::int64_t>& values)
{
    attach(object, name, H5T_NATIVE_INT64, {static_cast<std::int64_t>(values.size())}, values.data());
}

void Writer::attribute(const std::string& object, const char* name, const std::vector<std::string>& texts)
{
    std::vector<const char*> pointers;
    for (const std::string& t : texts) pointers.push_back(t.c_str());
    attach(object, name, stringType().id(), {static_cast<std::int64_t>(texts.size())}, pointers.data());
}

namespace {

Handle contiguous()
{
    Handle plist(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_fill_time(plist.id(), H5D_FILL_TIME_NEVER);
    H5Pset_obj_track_times(plist.id(), false);
    return plist;
}

bool writeWhole(hid_t file, hid_t links, const std::string& path, const Shape& shape, hid_t type, const void* data)
{
    const LibraryLock lock(libraryMutex());
    const Handle space = spaceOf(shape), plist = contiguous();
    if (H5Tis_variable_str(type) > 0) H5Pset_fill_time(plist.id(), H5D_FILL_TIME_IFSET);  // pointers must never be left undefined
    const Handle made(H5Dcreate2(file, path.c_str(), type, space.id(), links, plist.id(), H5P_DEFAULT), H5Dclose);
    if (!made) return false;
    return H5Sget_simple_extent_npoints(space.id()) == 0 || H5Dwrite(made.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0;
}

}  // namespace

void Writer::dataset(const std::string& path, const Shape& shape, Dtype dtype, const void* raw)
{
    if (ok() && !writeWhole(m_file.id(), m_links.id(), path, shape, floatType(dtype).id(), raw)) fail(path);
}

void Writer::integers(const std::string& path, const Shape& shape, const std::vector<std::int64_t>& values)
{
    if (ok() && !writeWhole(m_file.id(), m_links.id(), path, shape, H5T_NATIVE_INT64, values.data())) fail(path);
}

void Writer::floats(const std::string& path, const Shape& shape, std::span<const float> values)
{
    dataset(path, shape, Dtype::F32, values.data());
}

void Writer::strings(const std::string& path, const std::vector<std::string>& values)
{
    std::vector<const char*> pointers;
    for (const std::string& v : values) pointers.push_back(v.c_str());
    if (ok()
        && !writeWhole(m_file.id(), m_links.id(), path, {static_cast<std::int64_t>(values.size())}, stringType().id(), pointers.data()))
        fail(path);
}

void Writer::string(const std::string& path, const std::string& value)
{
    const char* pointer = value.c_str();
    if (ok() && !writeWhole(m_file.id(), m_links.id(), path, {}, stringType().id(), &pointer)) fail(path);
}

void Writer::bytes(const std::string& path, const std::string& value)
{
    if (ok() && !writeWhole(m_file.id(), m_links.id(), path, {static_cast<std::int64_t>(value.size())}, H5T_NATIVE_UINT8, value.data()))
        fail(path);
}

void Writer::create(const std::string& path, const Shape& shape, Dtype dtype, const Shape& chunk)
{
    if (!ok()) return;
    const LibraryLock lock(libraryMutex());
    const Handle space = spaceOf(shape), plist = contiguous(), type = floatType(dtype);
    if (!chunk.empty()) {
        const std::vector<hsize_t> dims(chunk.begin(), chunk.end());
        H5Pset_chunk(plist.id(), static_cast<int>(dims.size()), dims.data());
        H5Pset_deflate(plist.id(), 1);
    }
    const Handle made(H5Dcreate2(m_file.id(), path.c_str(), type.id(), space.id(), m_links.id(), plist.id(), H5P_DEFAULT), H5Dclose);
    if (!made) fail(path);
}

void Writer::box(const std::string& path, const Shape& start, const Shape& count, Dtype dtype, const void* raw)
{
    if (!ok()) return;
    const LibraryLock lock(libraryMutex());
    const Handle dataset(H5Dopen2(m_file.id(), path.c_str(), H5P_DEFAULT), H5Dclose), type = floatType(dtype), memory = spaceOf(count);
    if (!dataset) return fail(path);
    const Handle space(H5Dget_space(dataset.id()), H5Sclose);
    const std::vector<hsize_t> from(start.begin(), start.end()), extent(count.begin(), count.end());
    if (H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, from.data(), nullptr, extent.data(), nullptr) < 0
        || H5Dwrite(dataset.id(), type.id(), memory.id(), space.id(), H5P_DEFAULT, raw) < 0)
        fail(path);
}

Status Writer::finish()
{
    const LibraryLock lock(libraryMutex());
    if (m_file && H5Fflush(m_file.id(), H5F_SCOPE_GLOBAL) < 0) fail({});
    m_file.reset();
    takeError();
    (void)ok();
    return m_status;
}

}  // namespace hs::h5
