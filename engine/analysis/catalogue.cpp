// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/catalogue.h"

#include "engine/analysis/causal_check/cause_checker.h"
#include "engine/analysis/causal_check/icl_score.h"
#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/text_detector.h"
#include "engine/analysis/labels/text_entries.h"
#include "engine/analysis/synthetic/detectors.h"
#include "engine/analysis/weights/detectors.h"

namespace hs {

const std::vector<const Detector*>& detectors()
{
    static const std::vector<const Detector*> all{
        &textDetector(), &iclDetector(),
        &repeatedTokensDetector(), &retrievalDetector(), &markovDetector(), &iterationDetector(),
        &weightCircuitsDetector(),
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

}  // namespace hs
