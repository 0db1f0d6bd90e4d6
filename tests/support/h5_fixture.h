// SPDX-License-Identifier: GPL-3.0-or-later
// A small reader of HDF5 reference files for tests, by the C API alone, so that it shares no code with what it checks.
#pragma once

#include <hdf5.h>

#include <QString>

#include <cstddef>
#include <string>
#include <vector>

namespace hs::test {

/// An HDF5 file opened for reading. Whatever is missing reads as empty.
class H5Fixture {
public:
    explicit H5Fixture(const QString& path)
    {
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
        m_file = H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT);
    }
    ~H5Fixture()
    {
        if (m_file >= 0) H5Fclose(m_file);
    }
    H5Fixture(const H5Fixture&) = delete;
    H5Fixture& operator=(const H5Fixture&) = delete;

    bool ok() const { return m_file >= 0; }

    std::vector<hsize_t> shape(const std::string& dataset) const
    {
        std::vector<hsize_t> out;
        const hid_t set = H5Dopen2(m_file, dataset.c_str(), H5P_DEFAULT);
        if (set < 0) return out;
        const hid_t space = H5Dget_space(set);
        const int rank = H5Sget_simple_extent_ndims(space);
        if (rank > 0) {
            out.resize(static_cast<std::size_t>(rank));
            H5Sget_simple_extent_dims(space, out.data(), nullptr);
        }
        H5Sclose(space);
        H5Dclose(set);
        return out;
    }

    /// All values in row-major order, converted by the library.
    std::vector<float> floats(const std::string& dataset) const { return read<float>(dataset, H5T_NATIVE_FLOAT); }
    std::vector<double> doubles(const std::string& dataset) const { return read<double>(dataset, H5T_NATIVE_DOUBLE); }
    std::vector<int> ints(const std::string& dataset) const { return read<int>(dataset, H5T_NATIVE_INT); }

    /// A scalar string attribute of a group or dataset, of fixed or variable length.
    std::string text(const std::string& object, const std::string& attribute) const
    {
        std::string out;
        const hid_t attr = H5Aopen_by_name(m_file, object.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT);
        if (attr < 0) return out;
        const hid_t stored = H5Aget_type(attr);
        if (H5Tget_class(stored) == H5T_STRING) {
            if (H5Tis_variable_str(stored) > 0) {
                const hid_t memory = H5Tcopy(H5T_C_S1);
                H5Tset_size(memory, H5T_VARIABLE);
                H5Tset_cset(memory, H5Tget_cset(stored));
                char* value = nullptr;
                if (H5Aread(attr, memory, &value) >= 0 && value) {
                    out = value;
                    H5free_memory(value);
                }
                H5Tclose(memory);
            } else {
                std::vector<char> bytes(H5Tget_size(stored) + 1);
                if (H5Aread(attr, stored, bytes.data()) >= 0) out = bytes.data();
            }
        }
        H5Tclose(stored);
        H5Aclose(attr);
        return out;
    }

    /// A scalar number attribute; NaN when it is missing.
    double number(const std::string& object, const std::string& attribute) const
    {
        double value = __builtin_nan("");
        const hid_t attr = H5Aopen_by_name(m_file, object.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT);
        if (attr < 0) return value;
        H5Aread(attr, H5T_NATIVE_DOUBLE, &value);
        H5Aclose(attr);
        return value;
    }

private:
    template <typename T>
    std::vector<T> read(const std::string& dataset, hid_t type) const
    {
        std::vector<T> out;
        const hid_t set = H5Dopen2(m_file, dataset.c_str(), H5P_DEFAULT);
        if (set < 0) return out;
        const hid_t space = H5Dget_space(set);
        const hssize_t count = H5Sget_simple_extent_npoints(space);
        if (count > 0) {
            out.resize(static_cast<std::size_t>(count));
            if (H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data()) < 0) out.clear();
        }
        H5Sclose(space);
        H5Dclose(set);
        return out;
    }

    hid_t m_file = -1;
};

}  // namespace hs::test
