/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <string>

namespace PLMD {
namespace latentcv_plugin {

/** PLUMED's unit of length, as the keyword UNITS sets it. */
struct LengthUnit {
  double nanometres = 1;
  std::string name = "nm";
};

}  // namespace latentcv_plugin
}  // namespace PLMD
