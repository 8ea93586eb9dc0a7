#pragma once

#include <string>
#include <vector>

#include "config/version.h"
#include "core/ActionWithArguments.h"
#include "core/ActionWithValue.h"
#include "core/PlumedMain.h"
#include "core/Value.h"
#include "tools/Keywords.h"
#include "tools/Units.h"

// What differs between the PLUMED versions the plugin compiles against: 2.9 (arguments are scalars, atoms
// live in PLMD::Atoms) and 2.10, 2.11 (arguments may be vectors, atoms are values).
#if PLUMED_VERSION_MAJOR != 2 || PLUMED_VERSION_MINOR < 9
#error "latentcv needs PLUMED 2.9 or later"
#endif

#if PLUMED_VERSION_MINOR >= 10
#define LATENTCV_PLUMED_HAS_VECTORS 1
#else
#define LATENTCV_PLUMED_HAS_VECTORS 0
#include "core/Atoms.h"  // the units, until 2.10
#endif

namespace latentcv_plumed {

/** ARG, optional, and the components, which take their names from the model file. */
inline void addInputAndOutputKeywords(PLMD::Keywords& keys) {
  const char* uncertainty = "how far the members of an ensemble disagree, in units of the training ranges";
  const char* outside = "how far the input lies beyond the training ranges, in units of the range";
#if PLUMED_VERSION_MINOR >= 11  // 2.10 has vectors but not yet these two
  keys.addInputKeyword("optional", "ARG", "scalar/vector",
                       "the labels of the values that the model takes, in the order it was trained on");
  keys.addOutputComponent("node", "default", "scalar",
                          "the collective variables, numbered from node-0 unless the file names them");
  keys.addOutputComponent("outside", "OUTSIDE", "scalar", outside);
  keys.addOutputComponent("uncertainty", "UNCERTAINTY", "scalar", uncertainty);
#else
  keys.use("ARG");
  keys.addOutputComponent("node", "default",
                          "the collective variables, numbered from node-0 unless the file names them");
  keys.addOutputComponent("outside", "OUTSIDE", outside);
  keys.addOutputComponent("uncertainty", "UNCERTAINTY", uncertainty);
#endif
  PLMD::ActionWithValue::useCustomisableComponents(keys);
}

// Some 2.10 versions compute vectors on the fly unless somebody asks to have them stored.
template <typename V>
auto store(V& value, int) -> decltype(value.buildDataStore(), void()) {
  value.buildDataStore();
}
template <typename V>
void store(V&, long) {}

/** One number that goes into the model: a scalar argument, or an element of a vector. */
struct Input {
  PLMD::Value* value;
  std::size_t element;
  std::string label;  // as PLUMED prints it: `d`, or `d.3` for the third element of a vector

  double get() const {
#if LATENTCV_PLUMED_HAS_VECTORS
    return value->get(element, false);
#else
    return value->get();
#endif
  }

  void addForce(double force) const {
#if LATENTCV_PLUMED_HAS_VECTORS
    value->addForce(element, force, false);
#else
    value->addForce(force);
#endif
  }
};

/** The numbers in an argument; empty for what is neither a scalar nor a vector. */
inline std::vector<Input> inputsOf(PLMD::Value* value) {
#if LATENTCV_PLUMED_HAS_VECTORS
  if (value->getRank() == 0) return {{value, 0, value->getName()}};
  if (value->getRank() > 1 || value->hasDerivatives()) return {};
  store(*value, 0);
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < value->getNumberOfStoredValues(); ++i)
    inputs.push_back({value, i, value->getName() + "." + std::to_string(i + 1)});
  return inputs;
#else
  return {{value, 0, value->getName()}};
#endif
}

}  // namespace latentcv_plumed
