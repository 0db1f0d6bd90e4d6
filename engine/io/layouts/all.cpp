// SPDX-License-Identifier: GPL-3.0-or-later
// The list of families: the line of a new one stands here, everything else in its own file.
#include "engine/io/layouts/layout.h"

namespace hs {

extern const Layout kBloom, kCodeGen, kCtrl, kFalcon, kGpt1, kGptBigCode, kGptJ, kGptNeo, kGptNeoX, kMpt, kOpt, kBioGpt, kXglm;
extern const Layout kBert, kElectra, kRoberta, kMpnet, kDistilbert, kLensEncoder, kAlbert, kModernBert, kDebertaV2;
extern const Layout kTransformerLens, kHfGpt2, kNanoGpt, kHfGpt2Tf, kTeaching, kNnTransformer;
extern const Layout kHfLlama, kHfMistral, kHfQwen2, kHfQwen3, kHfSmolLm3, kHfEuroBert, kHfGranite, kHfErnie;
extern const Layout kHfGemma, kHfGemma2, kHfGemma3, kHfOlmo, kHfOlmo2, kHfOlmo3, kHfExaone4, kHfCohere, kHfCohere2;
extern const Layout kHfMixtral, kHfQwen2Moe, kHfQwen3Moe, kHfOlmoe, kGptOss, kDeepseek2, kDeepseek3, kLlama4;
extern const Layout kHfPhi, kHfPhi3, kHfGlm4, kHfStableLm, kHfStarcoder2, kHfNemotron;

std::span<const Layout* const> allLayouts()
{
    static constexpr const Layout* all[] = {
        &kNative,   &kTransformerLens, &kGptNeoX,     &kGptJ,         &kCodeGen,    &kGptNeo,        &kGptBigCode, &kGpt1,       &kCtrl,
        &kBloom,    &kFalcon,          &kMpt,         &kOpt,          &kBioGpt,     &kXglm,          &kHfGpt2,     &kNanoGpt,    &kHfGpt2Tf,
        &kHfLlama,  &kHfMistral,       &kHfQwen2,     &kHfQwen3,      &kHfSmolLm3,  &kHfEuroBert,    &kHfGranite,  &kHfErnie,    &kHfGemma,
        &kHfGemma2, &kHfGemma3,        &kHfOlmo,      &kHfOlmo2,      &kHfOlmo3,    &kHfExaone4,     &kHfCohere,   &kHfCohere2,  &kHfPhi,
        &kHfPhi3,   &kHfGlm4,          &kHfStableLm,  &kHfStarcoder2, &kHfNemotron, &kHfMixtral,     &kHfQwen2Moe, &kHfQwen3Moe, &kHfOlmoe,
        &kGptOss,   &kDeepseek2,       &kDeepseek3,   &kLlama4,       &kTeaching,   &kNnTransformer, &kBert,       &kElectra,    &kRoberta,
        &kMpnet,    &kDistilbert,      &kLensEncoder, &kAlbert,       &kModernBert, &kDebertaV2};
    return all;
}

}  // namespace hs
