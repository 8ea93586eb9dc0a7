/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
// ONNX_MODEL in PLUMED's register: which of its two classes a line of the input asks for.
#include <utility>

#include "core/ActionRegister.h"
#include "plumed-plugin/onnx_model_of_arguments.h"
#include "plumed-plugin/onnx_model_of_atoms.h"
#include "plumed-plugin/plumed_version.h"

namespace PLMD {
namespace latentcv_plugin {
namespace {

/**
 * A line of the input, read as far as it tells where the model's input comes from. Nothing else can read it.
 */
class InputLine : public Action {
 public:
  static void registerKeywords(Keywords& keys) {
    Action::registerKeywords(keys);
    keys.add("atoms", "ATOMS", "as ONNX_MODEL's");
    // the action itself writes its name and label to the log; PLUMED knows this word since 2.10
    keys.add("hidden", "NO_ACTION_LOG", "suppresses printing from action on the log");
  }

  explicit InputLine(const ActionOptions& options) : Action(options) { parseVector("ATOMS", atoms_); }

  bool hasAtoms() const { return !atoms_.empty(); }

 private:
  void calculate() override {}
  void apply() override {}

  std::vector<std::string> atoms_;
};

bool asksForAtoms(const ActionOptions& options) {
  Keywords keys;
  InputLine::registerKeywords(keys);
  return InputLine(ActionOptions(options, keys)).hasAtoms();
}

std::unique_ptr<Action> create(const ActionOptions& options) {
  expectCompiledForThisPlumed();
  if (asksForAtoms(options)) return std::make_unique<OnnxModelOfAtoms>(options);
  return std::make_unique<OnnxModelOfArguments>(options);
}

constexpr char directive[] = "ONNX_MODEL";

// PLUMED_REGISTER_ACTION registers one class. What it would do, for the whole life of this library:
// since 2.10 the register's `add` returns what its `remove` takes, which before was the creator.
template <typename Register, typename Id = decltype(std::declval<Register&>().add(
                                 directive, create, OnnxModel::registerKeywords))>
class Registration {
 public:
  explicit Registration(Register& actions)
      : actions_(actions), id_(actions.add(directive, create, OnnxModel::registerKeywords)) {}
  ~Registration() { actions_.remove(id_); }

 private:
  Register& actions_;
  Id id_;
};

template <typename Register>
class Registration<Register, void> {
 public:
  explicit Registration(Register& actions) : actions_(actions) {
    actions.add(directive, create, OnnxModel::registerKeywords);
  }
  ~Registration() { actions_.remove(create); }

 private:
  Register& actions_;
};

const Registration<ActionRegister> registration(actionRegister());

}  // namespace
}  // namespace latentcv_plugin
}  // namespace PLMD
