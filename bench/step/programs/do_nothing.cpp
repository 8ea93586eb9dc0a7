#include "core/ActionRegister.h"
#include "core/ActionWithArguments.h"
#include "core/ActionWithValue.h"

namespace PLMD {
namespace latentcv_bench {

//+PLUMEDOC FUNCTION DO_NOTHING
/*
A function of scalars that costs as little as PLUMED allows: its components are always 1, and the force on
them is handed to every argument as it is. It tells what the arguments cost where somebody biases a function
of them.
*/
//+ENDPLUMEDOC

class DoNothing : public ActionWithArguments, public ActionWithValue {
 public:
  static void registerKeywords(Keywords& keys);
  explicit DoNothing(const ActionOptions& options);

  unsigned getNumberOfDerivatives() override { return getNumberOfArguments(); }
  void calculate() override;
  void apply() override;
};

PLUMED_REGISTER_ACTION(DoNothing, "DO_NOTHING")

void DoNothing::registerKeywords(Keywords& keys) {
  Action::registerKeywords(keys);
  ActionWithArguments::registerKeywords(keys);
  ActionWithValue::registerKeywords(keys);
  keys.addInputKeyword("compulsory", "ARG", "scalar", "the arguments");
  keys.add("compulsory", "COMPONENTS", "how many components there are");
  keys.addOutputComponent("node", "default", "scalar", "1");
}

DoNothing::DoNothing(const ActionOptions& options)
    : Action(options), ActionWithArguments(options), ActionWithValue(options) {
  unsigned components = 0;
  parse("COMPONENTS", components);
  checkRead();
  for (unsigned i = 0; i < components; ++i) {
    const std::string name = "node-" + std::to_string(i);
    addComponentWithDerivatives(name);
    componentIsNotPeriodic(name);
    getPntrToComponent(name)->resizeDerivatives(getNumberOfArguments());
  }
}

void DoNothing::calculate() {
  for (unsigned i = 0; i < static_cast<unsigned>(getNumberOfComponents()); ++i)
    getPntrToComponent(static_cast<int>(i))->set(1);
}

void DoNothing::apply() {
  double force = 0;
  for (unsigned i = 0; i < static_cast<unsigned>(getNumberOfComponents()); ++i)
    force += getPntrToComponent(static_cast<int>(i))->getForce();
  for (Value* argument : getArguments()) argument->addForce(0, force);
}

}  // namespace latentcv_bench
}  // namespace PLMD
