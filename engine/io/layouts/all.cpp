// SPDX-License-Identifier: GPL-3.0-or-later
// The list of families: the line of a new one stands here, everything else in its own file.
#include "engine/io/layouts/layout.h"

namespace hs {

extern const Layout kBloom, kCodeGen, kCtrl, kFalcon, kGpt1, kGptBigCode, kGptJ, kGptNeo, kGptNeoX, kMpt, kOpt, kBioGpt, kXglm;
extern const Layout kTransformerLens, kHfGpt2, kNanoGpt, kHfGpt2Tf, kHfLlama, kTeaching;

std::span<const Layout* const> allLayouts()
{
    static constexpr const Layout* all[] = {&kNative,  &kTransformerLens, &kGptNeoX, &kGptJ,    &kCodeGen, &kGptNeo, &kGptBigCode, &kGpt1,
                                            &kCtrl,    &kBloom,           &kFalcon,  &kMpt,     &kOpt,     &kBioGpt, &kXglm,       &kHfGpt2,
                                            &kNanoGpt, &kHfGpt2Tf,        &kHfLlama, &kTeaching};
    return all;
}

}  // namespace hs
