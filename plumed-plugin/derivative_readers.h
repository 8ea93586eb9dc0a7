#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "bias/Bias.h"
#include "core/ActionSet.h"
#include "core/ActionWithArguments.h"
#include "core/Value.h"

namespace latentcv_plumed {

/** A bias sends its forces, PRINT prints values and COMMITTOR compares them; whatever else takes an argument
 * might read its derivatives. */
inline bool readsValuesOnly(const PLMD::Action& action) {
  return dynamic_cast<const PLMD::bias::Bias*>(&action) || action.getName() == "PRINT" ||
         action.getName() == "COMMITTOR";
}

/**
 * The label of an action that takes one of these values and might read its derivatives (as DUMPDERIVATIVES
 * and GATHER_REPLICAS do), or an empty string. Projections are no arguments: PLUMED sets the option GRADIENTS
 * for them.
 */
inline std::string derivativeReader(const PLMD::ActionSet& actions, const std::vector<PLMD::Value*>& values) {
  for (const auto& action : actions) {
    const auto* reader = dynamic_cast<const PLMD::ActionWithArguments*>(action.get());
    if (!reader || readsValuesOnly(*action)) continue;
    const std::vector<PLMD::Value*>& arguments = reader->getArguments();
    const auto ours = [&](PLMD::Value* value) {
      return std::find(values.begin(), values.end(), value) != values.end();
    };
    if (std::any_of(arguments.begin(), arguments.end(), ours)) return action->getLabel();
  }
  return "";
}

}  // namespace latentcv_plumed
