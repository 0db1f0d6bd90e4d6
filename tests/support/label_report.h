// SPDX-License-Identifier: GPL-3.0-or-later
// A label report built by hand, with every status in it: for tests of what the window says about labels.
#pragma once

#include <memory>

#include "engine/analysis/labels/label.h"

namespace hs::test {

/// As isAttribute of label_id.h.
inline bool isAttributeKind(LabelKind kind) { return kind >= LabelKind::NoOp; }

inline HeadLabel label(LabelKind kind, LabelStatus status, double score, double threshold = 0.5)
{
    HeadLabel l;
    l.id.kind = kind;
    l.analysis = "test";
    l.status = status;
    l.score = score;
    l.threshold = threshold;
    l.null = 0.04;
    l.observed = score + (1 - score) * 0.04;  // kappa against a null of 0.04
    l.nulls = {{NullKind::Uniform, 0.04}};
    l.criteria = {{"kappa-uniform", score, threshold, false, score >= threshold}};
    l.low = l.observed - l.null - 0.0096;
    l.high = l.observed - l.null + 0.0096;
    l.documents = status == LabelStatus::Insufficient ? 7 : 48;
    l.events = status == LabelStatus::Insufficient ? 40 : 2928;
    const bool sure = status == LabelStatus::Awarded;
    l.p = sure ? 1e-5 : 0.03;
    l.q = sure ? 1e-4 : 0.06;
    l.holdsOdd = l.holdsEven = sure;
    l.scoreOdd = l.scoreEven = score;
    return l;
}

/// 2 layers of 4 heads: L0H0 previous token, L0H1 induction (confirmed), L0H2 candidate for local, L0H3 none (nearest: duplicate
/// token), L1H0 insufficient, L1H1 sink and previous token, L1H2 broad, L1H3 subword. Example rows point to two documents.
inline std::shared_ptr<LabelReport> sampleReport(bool complete = true)
{
    auto report = std::make_shared<LabelReport>();
    report->complete = complete;
    report->provenance.program = "0.1.0";
    report->provenance.modelName = "test model";
    report->provenance.modelHash = std::string(64, 'a');
    report->provenance.dataName = "Grimm's Fairy Tales";
    report->provenance.dataHash = std::string(64, 'b');
    report->provenance.preset = "default";
    report->provenance.documents = 48;
    report->provenance.tokens = 2976;
    report->provenance.tests = 64;
    report->provenance.parameters = {{"trust.documents", 20}, {"trust.events", 100}};
    report->documents = {{0, DataKind::Text, "tale.txt", {1, 5, 9, 5, 9, 2, 3, 4, 8, 7}},
                         {1, DataKind::Synthetic, "repeated", {1, 6, 7, 8, 6, 7, 8}}};
    for (int l = 0; l < 2; ++l)
        for (int h = 0; h < 4; ++h) {
            HeadReport head;
            head.head = {l, h};
            head.scores = {{"entropy", 0.5 + l, AttentionView::Raw}, {"distance", 1.0 + h, AttentionView::Raw}};
            head.gate = 0.9;
            report->heads.push_back(head);
        }
    const auto put = [&](int index, std::initializer_list<HeadLabel> labels) {
        HeadReport& head = report->heads[static_cast<std::size_t>(index)];
        head.labels = labels;
        head.primary =
            !head.labels.empty() && head.labels.front().status == LabelStatus::Awarded && !isAttributeKind(head.labels.front().id.kind)
                ? 0
                : -1;
        head.explainedBy.assign(head.labels.size(), 0.0);
        if (head.primary == 0) {
            head.explained = 0.7;
            head.unexplained = 0.3;
            head.explainedBy.front() = 0.7;
        }
    };
    using enum LabelStatus;
    HeadLabel previous = label(LabelKind::PreviousToken, Awarded, 0.68);
    previous.best = {{0, 3, {2}, 0.98f, 0, 6}, {1, 5, {4}, 0.97f, 1, 7}};
    previous.worst = {{0, 8, {7}, 0.01f, 4, 10}};
    put(0, {previous, label(LabelKind::Local, None, 0.3)});
    HeadLabel induction = label(LabelKind::Induction, Awarded, 0.91, 0.4);
    induction.data = DataKind::Synthetic;
    induction.cause = LabelCause::Confirmed;
    induction.causeEffect = 1.25;
    put(1, {induction, label(LabelKind::PreviousToken, None, 0.02)});
    put(2, {label(LabelKind::Local, Candidate, 0.61), label(LabelKind::Block, None, 0.2)});
    put(3, {label(LabelKind::DuplicateToken, None, 0.31, 0.4), label(LabelKind::PreviousToken, None, 0.1)});
    put(4, {label(LabelKind::Subword, Insufficient, 0.7), label(LabelKind::PreviousToken, None, 0.1)});
    HeadLabel sink = label(LabelKind::Sink, Awarded, 0.8, 0.3);
    sink.view = AttentionView::Raw;
    put(5, {sink, label(LabelKind::PreviousToken, Awarded, 0.55), label(LabelKind::NoOp, Awarded, 0.9, 0.5)});
    put(6, {label(LabelKind::Broad, Awarded, 0.93, 0.9)});
    put(7, {label(LabelKind::Subword, Awarded, 0.77)});
    return report;
}

}  // namespace hs::test
