// SPDX-License-Identifier: GPL-3.0-or-later
// Small HDF5 files for tests, made with the library itself.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <vector>

namespace hs::test {

/// A file under construction; groups in paths are made on the way. Closed (and complete) when the object is gone.
class H5Build {
public:
    explicit H5Build(const std::string& path) : m_file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT))
    {
        m_links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(m_links, 1);
    }
    ~H5Build()
    {
        H5Pclose(m_links);
        H5Fclose(m_file);
    }
    H5Build(const H5Build&) = delete;
    H5Build& operator=(const H5Build&) = delete;

    hid_t id() const { return m_file; }

    void floats(const std::string& name, const std::vector<hsize_t>& shape, const std::vector<float>& values,
                hid_t fileType = H5T_IEEE_F32LE, hid_t creation = H5P_DEFAULT)
    {
        put(name, shape, fileType, H5T_NATIVE_FLOAT, values.data(), creation);
    }
    /// 16-bit patterns as a float type of HDF5: IEEE half, or bfloat16 when `bfloat`.
    void halves(const std::string& name, const std::vector<hsize_t>& shape, const std::vector<std::uint16_t>& bits, bool bfloat)
    {
        const hid_t type = halfType(bfloat);
        put(name, shape, type, type, bits.data(), H5P_DEFAULT);
        H5Tclose(type);
    }
    void integers(const std::string& name, const std::vector<hsize_t>& shape, const std::vector<std::int64_t>& values)
    {
        put(name, shape, H5T_STD_I64LE, H5T_NATIVE_INT64, values.data(), H5P_DEFAULT);
    }
    void strings(const std::string& name, const std::vector<std::string>& values)
    {
        const hid_t type = stringType();
        std::vector<const char*> pointers;
        for (const std::string& v : values) pointers.push_back(v.c_str());
        put(name, {pointers.size()}, type, type, pointers.data(), H5P_DEFAULT);
        H5Tclose(type);
    }
    void group(const std::string& name) { H5Gclose(H5Gcreate2(m_file, name.c_str(), m_links, H5P_DEFAULT, H5P_DEFAULT)); }

    void attribute(const std::string& object, const std::string& name, const std::string& text)
    {
        const hid_t type = stringType();
        const char* pointer = text.c_str();
        attach(object, name, type, type, &pointer);
        H5Tclose(type);
    }
    void attribute(const std::string& object, const std::string& name, std::int64_t value)
    {
        attach(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
    }
    void attribute(const std::string& object, const std::string& name, double value)
    {
        attach(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
    }

    static hid_t halfType(bool bfloat)
    {
        const hid_t type = H5Tcopy(H5T_IEEE_F32LE);
        H5Tset_fields(type, 15, bfloat ? 7 : 10, bfloat ? 8 : 5, 0, bfloat ? 7 : 10);
        H5Tset_size(type, 2);
        H5Tset_ebias(type, bfloat ? 127 : 15);
        return type;
    }

private:
    static hid_t stringType()
    {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        return type;
    }
    void put(const std::string& name, const std::vector<hsize_t>& shape, hid_t fileType, hid_t memoryType, const void* data, hid_t creation)
    {
        const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        const hid_t dataset = H5Dcreate2(m_file, name.c_str(), fileType, space, m_links, creation, H5P_DEFAULT);
        if (data) H5Dwrite(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
        H5Dclose(dataset);
        H5Sclose(space);
    }
    void attach(const std::string& object, const std::string& name, hid_t fileType, hid_t memoryType, const void* data)
    {
        const hid_t owner = H5Oopen(m_file, object.c_str(), H5P_DEFAULT);
        const hid_t space = H5Screate(H5S_SCALAR);
        const hid_t attr = H5Acreate2(owner, name.c_str(), fileType, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attr, memoryType, data);
        H5Aclose(attr);
        H5Sclose(space);
        H5Oclose(owner);
    }

    hid_t m_file;
    hid_t m_links;
};

}  // namespace hs::test
