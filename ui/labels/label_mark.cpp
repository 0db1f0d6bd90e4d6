// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_mark.h"

#include <algorithm>
#include <cmath>

namespace hs::ui {

namespace {

bool canStand(const HeadLabel& label) { return !labelCode(label.id.kind).isEmpty(); }

}  // namespace

const HeadLabel* shownLabel(const HeadReport& head)
{
    if (const HeadLabel* primary = head.primaryLabel()) return primary;
    const HeadLabel* best = nullptr;
    for (const HeadLabel& label : head.labels)
        if (label.status == LabelStatus::Candidate && canStand(label) && (!best || label.score > best->score)) best = &label;
    return best;
}

double closeness(const HeadLabel& label)
{
    if (label.criteria.empty()) return label.threshold > 0 ? label.score / label.threshold : 0;
    double least = 1e9;
    for (const LabelCriterion& c : label.criteria) {
        double share = c.met ? 1.0 : 0.0;
        if (!c.met && c.atMost) share = c.value > 0 ? c.threshold / c.value : 0.0;
        else if (!c.met && c.threshold > 0) share = c.value / c.threshold;
        // A criterion that is not met is never nearer than one that is.
        if (!c.met) share = std::min(share, 0.999);
        if (std::isfinite(share)) least = std::min(least, share);
    }
    return std::max(0.0, least);
}

const HeadLabel* nearestLabel(const HeadReport& head)
{
    const HeadLabel* best = nullptr;
    double nearest = -1;
    for (const HeadLabel& label : head.labels) {
        if (label.status == LabelStatus::Awarded || !canStand(label) || !std::isfinite(label.score)) continue;
        const double share = closeness(label);
        if (share > nearest) {
            nearest = share;
            best = &label;
        }
    }
    return best;
}

LabelMark labelMark(const HeadReport& head, bool complete)
{
    LabelMark mark;
    if (const HeadLabel* label = shownLabel(head)) {
        mark.state = label->status == LabelStatus::Candidate ? LabelMark::State::Candidate : LabelMark::State::Awarded;
        mark.kind = label->id.kind;
        mark.family = labelFamily(mark.kind);
        mark.code = labelCode(mark.kind);
        mark.score = label->score;
        return mark;
    }
    if (!complete) {
        mark.state = LabelMark::State::Open;
        mark.code = QStringLiteral("…");
        return mark;
    }
    // "?" only where more evidence could have changed the answer: something strong enough had too little, or nothing had enough.
    bool anyDecided = false, anyLacking = false, strongLacking = false;
    for (const HeadLabel& label : head.labels) {
        if (!canStand(label)) continue;
        if (label.status != LabelStatus::Insufficient) anyDecided = true;
        else {
            anyLacking = true;
            strongLacking = strongLacking || closeness(label) >= 1;
        }
    }
    const bool lacking = strongLacking || (anyLacking && !anyDecided);
    mark.state = lacking ? LabelMark::State::Insufficient : LabelMark::State::None;
    mark.code = lacking ? QStringLiteral("?") : QStringLiteral("–");
    return mark;
}

}  // namespace hs::ui
