// SPDX-License-Identifier: GPL-3.0-or-later
// A LoRA adapter (PEFT: adapter_config.json and adapter_model.safetensors in one folder) merged into the weights of a model.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

struct MergedStore {
    std::shared_ptr<const TensorStore> store;  ///< the base's tensors, names and shapes; what is changed is float32 (float64 where it was)
    std::string name;                          ///< of the adapter's folder
    std::string hash;                          ///< SHA-256 of the weights' file, a space, SHA-256 of the settings' file
};

/// W + scale B A for each module that the adapter targets, values that it holds whole instead of the base's. `outRows` [tensors] says
/// which matrices stand as (out, in); others are (in, out). A module belongs to the tensor "module.weight", whatever stands before
/// that in the file's names. ConfigInvalid with the adapter's file for all that is not understood: other kinds than LoRA, tensors that
/// the settings do not ask for, modules that the model lacks (item = tensor or key), shapes that do not fit; errors of both files.
Result<MergedStore> mergeAdapter(const std::shared_ptr<const TensorStore>& base, const std::vector<bool>& outRows,
                                 const std::string& folder, const Progress& progress = {});

/// An adapter lies beside the weights and nobody said whether it is to be merged: UnknownLayout (item = adapter_config.json, found = its
/// folder). It changes what the model computes, and loaders apply it unasked: the weights alone are another model.
Status checkAdapterChosen(const std::string& modelPath);
/// The error is one of these two: only the user can say what to do.
bool asksForAdapter(const Error& error);

}  // namespace hs
