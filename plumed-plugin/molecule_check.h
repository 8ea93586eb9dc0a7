/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <string>
#include <vector>

#include "core/Action.h"
#include "tools/AtomNumber.h"

namespace PLMD {
namespace latentcv_plugin {

/** What MOLINFO says of a model's atoms. */
struct MoleculeCheck {
  std::string difference;  // an error's words; empty where the molecule is the model's, or nobody knows
  std::string summary;     // a line for the log; empty where there is nothing to say
};

/**
 * Compares a model's names of atoms with the structure of the last MOLINFO before
 * the action, where there is one.
 */
MoleculeCheck checkMolecule(Action& action, const std::vector<AtomNumber>& atoms,
                            const std::vector<std::string>& expected);

}  // namespace latentcv_plugin
}  // namespace PLMD
