/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <string>

#include "core/Value.h"
#include "plumed-plugin/length_unit.h"

namespace PLMD {
namespace latentcv_plugin {

/** How the unit that a file gives for an input goes with what PLUMED computes there. */
struct UnitComparison {
  bool known = true;          // or nothing is known of either
  std::string contradiction;  // an error's words; empty where there is none
};

/** Compares `expected`, the unit in a model file (`nm`, `rad`, …), with that of an argument. */
UnitComparison compareUnit(Value& argument, const std::string& expected, const LengthUnit& length);

}  // namespace latentcv_plugin
}  // namespace PLMD
