// SPDX-License-Identifier: GPL-3.0-or-later
// Every analysis that HeadScope knows: window, command line and manual read this list.
#pragma once

#include <string>
#include <vector>

#include "engine/analysis/labels/label_id.h"

namespace hs {

class Detector;

enum class AnalysisInput { Text, Synthetic, Weights };

/// A number the user may change. Keys are "<analysis>.<name>" ("local.kappa-uniform"); presets give other values.
struct AnalysisParameter {
    std::string key;
    double value = 0;          ///< default
    double low = 0, high = 1;  ///< accepted range
    std::string meaning;       ///< one English line
    std::string source;        ///< where the default comes from ("Voita et al. 2019", "own")
};

/// A number that an analysis gives, as a score of a head or as a criterion of a label.
struct AnalysisNumber {
    std::string key;    ///< "entropy", "kappa-uniform": in reports
    std::string title;  ///< a few English words
};

/// One analysis as data. All words are English; the window translates them (translations/catalogue_lines.cpp hands them to lupdate).
struct AnalysisEntry {
    std::string id;  ///< "previous-token", "ov-copying"
    std::string title;
    std::string citation;  ///< "Voita et al. 2019, arXiv:1905.09418, section 5"
    std::vector<AnalysisInput> inputs;
    std::string cost;               ///< "one pass", "2 forward passes of 32 sequences": in words
    std::vector<LabelKind> labels;  ///< those it can award; empty: scores only
    std::vector<AnalysisParameter> parameters;
    std::string applies;  ///< what a model must have, in words; Detector::applicability decides
    std::vector<AnalysisNumber> numbers = {};
};

/// All detectors in the order they run (text, synthetic, weights). A new one: its file and its line in catalogue.cpp.
const std::vector<const Detector*>& detectors();
/// Entries of all of them, then those without a detector of their own (trust procedure, causal check).
const std::vector<AnalysisEntry>& catalogue();
const AnalysisEntry* findAnalysis(const std::string& id);
/// What a number of a report is called; null: nobody names it.
const AnalysisNumber* findNumber(const std::string& key);

}  // namespace hs
