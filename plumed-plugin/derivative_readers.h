/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/ActionSet.h"
#include "core/ActionWithArguments.h"
#include "core/ActionWithValue.h"
#include "core/Value.h"

namespace PLMD {
namespace latentcv_plugin {

/**
 * Whether an action is known to take values alone, and to send forces back where it has any: PRINT, COMMITTOR
 * and UPDATE_IF send none; functions of scalars and the expansion variables of OPES_EXPANDED make their own
 * derivatives of the values; so does a bias, which PLUMED itself tells by its component of that name, as
 * PlumedMain does (Bias's typeinfo is not there to be linked where PLUMED has no module bias). PLUMED's own
 * biases read no derivative of an argument; one from elsewhere that did would read zeros. Whatever else takes
 * an argument might read its derivatives.
 */
inline bool readsValuesOnly(const Action& action) {
  static const std::set<std::string> valueReaders{
      "PRINT",         "COMMITTOR",       "UPDATE_IF",      // no forces
      "CUSTOM",        "MATHEVAL",        "COMBINE",        // 2.9
      "CUSTOM_SCALAR", "MATHEVAL_SCALAR", "COMBINE_SCALAR"  // the same since 2.10
  };
  if (valueReaders.count(action.getName()) || action.getName().rfind("ECV_", 0) == 0) return true;
  const auto* values = dynamic_cast<const ActionWithValue*>(&action);
  return values && values->exists(action.getLabel() + ".bias");
}

/**
 * The label (or the name, where PLUMED made the label up) of an action that takes one of these values and
 * might read its derivatives (as DUMPDERIVATIVES and GATHER_REPLICAS do), or an empty string. Gradients, of
 * METAD with ADAPTIVE=GEOM for one, are no derivatives of arguments: PLUMED sets the option GRADIENTS for
 * them, of the arguments of arguments too.
 */
inline std::string derivativeReader(const ActionSet& actions, const std::vector<Value*>& values) {
  for (const auto& action : actions) {
    const auto* reader = dynamic_cast<const ActionWithArguments*>(action.get());
    if (!reader || readsValuesOnly(*action)) continue;
    const std::vector<Value*>& arguments = reader->getArguments();
    const auto ours = [&](Value* value) {
      return std::find(values.begin(), values.end(), value) != values.end();
    };
    if (!std::any_of(arguments.begin(), arguments.end(), ours)) continue;
    const std::string& label = action->getLabel();
    return label.rfind('@', 0) == 0 ? action->getName() : label;
  }
  return "";
}

}  // namespace latentcv_plugin
}  // namespace PLMD
