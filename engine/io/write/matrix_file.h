// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix of numbers with named rows and columns as HDF5, NPY or CSV.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace hs {

struct MatrixFile {
    std::vector<std::string> rowLabels, colLabels;
    std::vector<double> values;                                 ///< [rows, cols]; NaN where there is none
    std::vector<double> corrected;                              ///< the same shape, or empty
    std::vector<std::int64_t> rowRanks, colRanks;               ///< or empty
    std::vector<std::pair<std::string, std::string>> texts;     ///< attributes
    std::vector<std::pair<std::string, std::int64_t>> numbers;  ///< attributes
};

/// /S and /corrected (float64), `format` headscope-matrix, on the root and on /S the attributes of `texts` and `numbers`, source_labels, target_labels, source_ranks, target_ranks.
Status writeMatrixH5(const std::string& path, const MatrixFile& matrix);
/// `values` as float64 in C order.
Status writeMatrixNpy(const std::string& path, const MatrixFile& matrix);
/// `values` with the labels as first row and column; n/a is "nan".
Status writeMatrixCsv(const std::string& path, const MatrixFile& matrix);

enum class MatrixFormat { H5, Npy, Csv };
/// By the ending of the name (.h5, .hdf5, .npy, .csv, any case); InvalidArgument (item = path, expected = endings) for another.
Result<MatrixFormat> matrixFormatOf(const std::string& path);
Status writeMatrix(const std::string& path, const MatrixFile& matrix);

}  // namespace hs
