#pragma once

#include <string>
#include <vector>

#include "core/Action.h"
#include "tools/AtomNumber.h"

namespace latentcv_plumed {

/** What MOLINFO says of a model's atoms. */
struct MoleculeCheck {
  std::string difference;  // an error's words; empty where the molecule is the model's, or nobody knows
  std::string summary;     // a line for the log; empty where there is nothing to say
};

/** Compares a model's names of atoms with the structure of the last MOLINFO before the action, where there is
 * one. */
MoleculeCheck checkMolecule(PLMD::Action& action, const std::vector<PLMD::AtomNumber>& atoms,
                            const std::vector<std::string>& expected);

}  // namespace latentcv_plumed
