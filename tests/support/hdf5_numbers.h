// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of a reference file, read with the plain HDF5 library: independent of engine/io.
#pragma once

#include <QString>

#include <hdf5.h>

#include <string>
#include <vector>

namespace hs::test {

struct Numbers {
    std::vector<hsize_t> shape;
    std::vector<double> values;
    std::size_t size() const { return values.size(); }
    double operator[](std::size_t i) const { return values[i]; }
};

/// A dataset of any number class as doubles; empty when it is not there.
inline Numbers readNumbers(const QString& path, const std::string& dataset)
{
    Numbers out;
    const hid_t file = H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file < 0) return out;
    const hid_t set = H5Dopen2(file, dataset.c_str(), H5P_DEFAULT);
    if (set >= 0) {
        const hid_t space = H5Dget_space(set);
        out.shape.resize(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
        H5Sget_simple_extent_dims(space, out.shape.data(), nullptr);
        out.values.resize(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
        if (H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.values.data()) < 0) out = {};
        H5Sclose(space);
        H5Dclose(set);
    }
    H5Fclose(file);
    return out;
}

/// A number attribute of an object; NaN when it is not there.
inline double readNumberAttribute(const QString& path, const std::string& object, const std::string& name)
{
    double value = __builtin_nan("");
    const hid_t file = H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file < 0) return value;
    const hid_t attribute = H5Aopen_by_name(file, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) {
        H5Aread(attribute, H5T_NATIVE_DOUBLE, &value);
        H5Aclose(attribute);
    }
    H5Fclose(file);
    return value;
}

}  // namespace hs::test
