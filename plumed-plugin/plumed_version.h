/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

namespace PLMD {
namespace latentcv_plugin {

/**
 * Throws PLMD::Exception where the PLUMED that runs is not the one whose headers the plugin was compiled
 * with: classes differ between versions, at times within 2.9, and so would what is read from memory.
 */
void expectCompiledForThisPlumed();

}  // namespace latentcv_plugin
}  // namespace PLMD
