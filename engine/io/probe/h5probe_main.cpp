// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/probe/probe.h"

int main(int argc, char** argv) { return hs::probeMain(argc, argv); }
