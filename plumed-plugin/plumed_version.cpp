/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/plumed_version.h"

#include <string>

#include "config/Config.h"
#include "config/version.h"
#include "tools/Exception.h"

namespace PLMD {
namespace latentcv_plugin {
namespace {

// Read through a volatile pointer, so that it stands in the library as one text, which tools can look for.
const char compiledFor[] = "latentcv compiled for PLUMED " PLUMED_VERSION_LONG;
const char* const volatile compiledForText = compiledFor;
constexpr std::size_t before = sizeof("latentcv compiled for PLUMED ") - 1;

}  // namespace

void expectCompiledForThisPlumed() {
  const std::string compiled = compiledForText + before, running = config::getVersionLong();
  if (compiled == running) return;
  plumed_error() << "expected latentcv's plugin for PLUMED " << running
                 << " but this one was compiled for PLUMED " << compiled
                 << ": run `latentcv plumed` again with this PLUMED, or `latentcv plugin` and write the "
                 << "path that it prints into LOAD";
}

}  // namespace latentcv_plugin
}  // namespace PLMD
