#include "core/ActionAtomistic.h"
#include "core/ActionRegister.h"
#include "core/ActionWithValue.h"

namespace PLMD {
namespace latentcv_bench {

//+PLUMEDOC COLVAR REQUEST_ATOMS
/*
A value of 1 for which atoms are requested, and nothing is done with them: what their positions cost PLUMED. With FORCE
one of them gets a force where the value does, so that PLUMED hands forces on.
*/
//+ENDPLUMEDOC

class RequestAtoms : public ActionAtomistic, public ActionWithValue {
 public:
  static void registerKeywords(Keywords& keys);
  explicit RequestAtoms(const ActionOptions& options);

  unsigned getNumberOfDerivatives() override { return 3 * getNumberOfAtoms() + 9; }
  void lockRequests() override { ActionAtomistic::lockRequests(); }
  void unlockRequests() override { ActionAtomistic::unlockRequests(); }
  void calculateNumericalDerivatives(ActionWithValue* action) override {
    ActionAtomistic::calculateNumericalDerivatives(action);
  }
  void calculate() override { getPntrToComponent(0)->set(1); }
  void apply() override {
    const double force = getPntrToComponent(0)->getForce();
    if (!force_ || force == 0) return;
    addForce(getValueIndices(getAbsoluteIndex(0)), Vector(force, 0, 0));
    unsigned start = 0;
    setForcesOnCell(std::vector<double>(9, 0.0), start);
  }

 private:
  bool force_ = false;
};

PLUMED_REGISTER_ACTION(RequestAtoms, "REQUEST_ATOMS")

void RequestAtoms::registerKeywords(Keywords& keys) {
  Action::registerKeywords(keys);
  ActionAtomistic::registerKeywords(keys);
  ActionWithValue::registerKeywords(keys);
  keys.add("atoms", "ATOMS", "the atoms");
  keys.addFlag("FORCE", false, "hand the force on the value to the first atom");
  keys.setValueDescription("scalar", "1");
}

RequestAtoms::RequestAtoms(const ActionOptions& options)
    : Action(options), ActionAtomistic(options), ActionWithValue(options) {
  std::vector<AtomNumber> atoms;
  parseAtomList("ATOMS", atoms);
  parseFlag("FORCE", force_);
  checkRead();
  requestAtoms(atoms);
  addValueWithDerivatives();
  setNotPeriodic();
}

}  // namespace latentcv_bench
}  // namespace PLMD
