/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <sstream>
#include <string>

#include "latentcv/model.h"

namespace PLMD {
namespace latentcv_plugin {

template <typename Items>
std::string joined(const Items& items) {
  std::ostringstream text;
  for (std::size_t i = 0; i < items.size(); ++i) text << (i ? "," : "") << items[i];
  return text.str();
}

/** What the user should have given, from what the file says. */
inline std::string inputHint(const latentcv::Model& model) {
  const latentcv::Metadata& metadata = model.metadata();
  if (!metadata.atoms.empty()) return "the file names the atoms ATOMS=" + joined(metadata.atoms);
  if (!metadata.inputs.empty()) return "the file names the arguments ARG=" + joined(metadata.inputs);
  return "the model takes " + std::to_string(model.inputs()) + " arguments";
}

}  // namespace latentcv_plugin
}  // namespace PLMD
