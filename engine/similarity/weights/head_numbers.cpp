// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/head_numbers.h"

namespace hs {

namespace {

std::optional<NullMoments> chanceOfIdentity(const HeadSpectra& s) { return NullMoments{0.0, s.identityNullSd}; }
std::optional<NullMoments> chanceOfOverlap(const HeadSpectra& s) { return s.selfOverlapNull; }

constexpr HeadNumber kNumbers[] = {
    {.id = "ov-identity", .value = [](const HeadSpectra& s) { return s.identity; }, .chance = chanceOfIdentity},
    {.id = "attention-diagonal", .value = [](const HeadSpectra& s) { return s.attentionDiagonal; }, .fault = nullptr},
    {.id = "ov-idempotence", .value = [](const HeadSpectra& s) { return s.idempotence; }},
    {.id = "ov-self-overlap", .value = [](const HeadSpectra& s) { return s.selfOverlap; }, .chance = chanceOfOverlap},
};

}  // namespace

std::span<const HeadNumber> headNumbers() { return kNumbers; }

}  // namespace hs
