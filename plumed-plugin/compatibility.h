/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
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

// What differs between the PLUMED versions the plugin compiles against. The compiler is asked what there is,
// not the version: snapshots of a version under development carry its number before they have all of it.
#if PLUMED_VERSION_MAJOR != 2 || PLUMED_VERSION_MINOR < 9
#error "latentcv needs PLUMED 2, and of that 2.9 or later"
#endif

// Since 2.10 arguments may be vectors, and atoms are values; before, atoms and units live in PLMD::Atoms.
#if __has_include("core/ActionWithVector.h")
#define LATENTCV_PLUMED_HAS_VECTORS 1
#else
#define LATENTCV_PLUMED_HAS_VECTORS 0
#include "core/Atoms.h"
#endif

namespace PLMD {
namespace latentcv_plugin {

// Keywords say of which kind an argument and a component is since 2.11.
template <typename Keys>
auto addArguments(Keys& keys, const char* what, int)
    -> decltype(keys.addInputKeyword("optional", "ARG", "scalar/vector", what), void()) {
  keys.addInputKeyword("optional", "ARG", "scalar/vector", what);
}
template <typename Keys>
void addArguments(Keys& keys, const char*, long) {
  keys.use("ARG");
}

template <typename Keys>
auto addScalar(Keys& keys, const char* name, const char* keyword, const char* what, int)
    -> decltype(keys.addOutputComponent(name, keyword, "scalar", what), void()) {
  keys.addOutputComponent(name, keyword, "scalar", what);
}
template <typename Keys>
void addScalar(Keys& keys, const char* name, const char* keyword, const char* what, long) {
  keys.addOutputComponent(name, keyword, what);
}

/** ARG, optional, and the components, which take their names from the model file. */
inline void addInputAndOutputKeywords(Keywords& keys) {
  addArguments(keys, "the labels of the values that the model takes, in the order it was trained on", 0);
  addScalar(keys, "node", "default",
            "the collective variables, numbered from node-0 unless the file names them", 0);
  addScalar(keys, "outside", "OUTSIDE",
            "how far the input lies beyond the training ranges, in units of the range", 0);
  addScalar(keys, "uncertainty", "UNCERTAINTY",
            "how far the members of an ensemble disagree, in units of the training ranges", 0);
  addScalar(keys, "committor", "COMMITTOR", "the probability to reach one state before the other", 0);
  addScalar(keys, "kolmogorov", "KOLMOGOROV", "the Kolmogorov bias, an energy, which BIASVALUE applies", 0);
  ActionWithValue::useCustomisableComponents(keys);
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
  Value* value;
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
inline std::vector<Input> inputsOf(Value* value) {
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

}  // namespace latentcv_plugin
}  // namespace PLMD
