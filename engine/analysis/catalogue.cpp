// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/catalogue.h"

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/text_detector.h"
#include "engine/analysis/labels/text_entries.h"

namespace hs {

const std::vector<const Detector*>& detectors()
{
    static const std::vector<const Detector*> all{
        &textDetector(),
    };
    return all;
}

const std::vector<AnalysisEntry>& catalogue()
{
    static const std::vector<AnalysisEntry> all = [] {
        std::vector<AnalysisEntry> entries;
        for (const Detector* detector : detectors()) entries.insert(entries.end(), detector->entries().begin(), detector->entries().end());
        entries.push_back(trustEntry());
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
