// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/catalogue.h"

#include "engine/analysis/causal_check/cause_checker.h"
#include "engine/analysis/causal_check/icl_score.h"
#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/text_entries.h"

namespace hs {

// One for each detector's file.
const Detector& textDetector();
const Detector& repeatedTokensDetector();
const Detector& retrievalDetector();
const Detector& markovDetector();
const Detector& iterationDetector();
const Detector& weightCircuitsDetector();

const std::vector<const Detector*>& detectors()
{
    static const std::vector<const Detector*> all{
        &textDetector(),   &repeatedTokensDetector(), &retrievalDetector(),
        &markovDetector(), &iterationDetector(),      &weightCircuitsDetector(),
    };
    return all;
}

const std::vector<AnalysisEntry>& catalogue()
{
    static const std::vector<AnalysisEntry> all = [] {
        std::vector<AnalysisEntry> entries;
        for (const Detector* detector : detectors()) entries.insert(entries.end(), detector->entries().begin(), detector->entries().end());
        entries.push_back(trustEntry());
        entries.push_back(knockoutEntry());
        entries.push_back(iclEntry());
        return entries;
    }();
    return all;
}

const AnalysisEntry* findAnalysis(const std::string& id)
{
    for (const AnalysisEntry& entry : catalogue())
        if (entry.id == id) return &entry;
    return nullptr;
}

const AnalysisNumber* findNumber(const std::string& key)
{
    for (const AnalysisEntry& entry : catalogue())
        for (const AnalysisNumber& number : entry.numbers)
            if (number.key == key) return &number;
    return nullptr;
}

}  // namespace hs
