// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/label.h"

namespace hs {

const char* statusName(LabelStatus status)
{
    switch (status) {
    case LabelStatus::Awarded: return "awarded";
    case LabelStatus::Candidate: return "candidate";
    case LabelStatus::Insufficient: return "insufficient";
    case LabelStatus::None: return "none";
    }
    return "none";
}

const char* causeName(LabelCause cause)
{
    switch (cause) {
    case LabelCause::None: return "none";
    case LabelCause::Confirmed: return "confirmed";
    case LabelCause::PatternOnly: return "pattern-only";
    }
    return "none";
}

const char* viewName(AttentionView view) { return view == AttentionView::Raw ? "raw" : "content"; }
const char* weightingName(RowWeighting weighting) { return weighting == RowWeighting::Documents ? "documents" : "tokens"; }
const char* massName(RowMass mass) { return mass == RowMass::Weights ? "weights" : "norms"; }

const char* dataName(DataKind data)
{
    switch (data) {
    case DataKind::Text: return "text";
    case DataKind::Synthetic: return "synthetic";
    case DataKind::Weights: return "weights";
    }
    return "text";
}

const char* nullName(NullKind null)
{
    switch (null) {
    case NullKind::Uniform: return "uniform";
    case NullKind::OffsetProfile: return "offset-profile";
    case NullKind::AnnotationShuffle: return "annotation-shuffle";
    case NullKind::RandomWeights: return "random-weights";
    case NullKind::RandomTokens: return "random-tokens";
    case NullKind::WeightShuffle: return "weight-shuffle";
    case NullKind::Threshold: return "threshold";
    }
    return "uniform";
}

}  // namespace hs
