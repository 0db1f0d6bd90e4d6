// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/preset.h"

#include <cassert>
#include <limits>

#include "engine/analysis/catalogue.h"

namespace hs {

LabelPreset::LabelPreset()
{
    static const std::map<std::string, double> defaults = [] {
        std::map<std::string, double> values;
        for (const AnalysisEntry& entry : catalogue())
            for (const AnalysisParameter& parameter : entry.parameters) values[parameter.key] = parameter.value;
        return values;
    }();
    m_values = defaults;
}

double LabelPreset::value(const std::string& key) const
{
    const auto found = m_values.find(key);
    assert(found != m_values.end());
    return found != m_values.end() ? found->second : std::numeric_limits<double>::quiet_NaN();
}

Status LabelPreset::set(const std::string& key, double value)
{
    for (const AnalysisEntry& entry : catalogue())
        for (const AnalysisParameter& parameter : entry.parameters) {
            if (parameter.key != key) continue;
            if (!(value >= parameter.low && value <= parameter.high)) {
                std::string range = std::to_string(parameter.low);
                range += " - ";
                range += std::to_string(parameter.high);
                return Error::argument(key, std::to_string(value), std::move(range));
            }
            m_values[key] = value;
            return {};
        }
    return Error::argument(key, std::to_string(value));
}

}  // namespace hs
