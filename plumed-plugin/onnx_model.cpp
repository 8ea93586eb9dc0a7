#include <algorithm>
#include <cmath>
#include <memory>
#include <sstream>

#include "compatibility.h"
#include "core/ActionAtomistic.h"
#include "core/ActionRegister.h"
#include "derivative_readers.h"
#include "latentcv/error.h"
#include "latentcv/model.h"
#include "latentcv/training_range.h"
#include "tools/Exception.h"
#include "tools/Tensor.h"
#include "tools/Vector.h"

namespace PLMD {
namespace latentcv_plugin {

//+PLUMEDOC FUNCTION ONNX_MODEL
/*
Evaluate collective variables that were learned from simulation, and written as an ONNX file.

The file holds the encoder of a neural network (latentcv writes such files; one exported from PyTorch or
another library works too). The action computes its outputs and their derivatives at every step, so that they
can be printed and biased like any other collective variable. What goes into the network is given in one of
two ways:

- with ARG, the values that the network was trained on, in the same order. Labels and periods that the file
  carries are compared with those of the arguments;
- with ATOMS, the atoms from whose positions the action computes the descriptors that the file carries
  (distances and their components and inverses, angles, torsions, contacts, coordination, sorted distances,
  positions aligned to a reference structure, in any mix), in the order of the file's list of atoms. This is
  much cheaper than as many actions of PLUMED.

The outputs are the components node-0, node-1 and so on, or the names that the file gives.

With the flag OUTSIDE there is one more component, outside: how far the input lies beyond what the model was
trained on. It is the largest distance over the inputs from the range that each had in training, in units of
that range, and 0 where all lie inside. It is there to watch a run, and to stop one (see the last example):
its derivatives are zero, so that a bias on it does nothing.

Where only biases and PRINT use the components, one pass through the network gives the forces of all of them;
where any other action does, the action computes the derivatives of each component. The log says which.

The file is read, checked and tried on its check vectors before the first step; whatever is wrong with it
stops the run there.

\par Examples

Two torsions go into the network, and its first output is biased:

\plumedfile
LOAD FILE=libLatentcvPlumed.so
phi: TORSION ATOMS=5,7,9,15
psi: TORSION ATOMS=7,9,15,17
cv: ONNX_MODEL FILE=model.onnx ARG=phi,psi
METAD ARG=cv.node-0 SIGMA=0.1 HEIGHT=1.2 PACE=500
\endplumedfile

The network works on distances between atoms, which the action computes itself:

\plumedfile
LOAD FILE=libLatentcvPlumed.so
cv: ONNX_MODEL FILE=model.onnx ATOMS=2,5,6,7,9,11,15,16,17,19
PRINT ARG=cv.node-0,cv.node-1 STRIDE=100 FILE=COLVAR
\endplumedfile

The run stops where an input is further from its training range than half of that range:

\plumedfile
LOAD FILE=libLatentcvPlumed.so
cv: ONNX_MODEL FILE=model.onnx ATOMS=2,5,6,7,9,11,15,16,17,19 OUTSIDE
COMMITTOR ARG=cv.outside BASIN_LL1=0.5 BASIN_UL1=1e9
\endplumedfile
*/
//+ENDPLUMEDOC

using latentcv_plumed::Input;

class OnnxModel : public ActionAtomistic, public ActionWithArguments, public ActionWithValue {
 public:
  static void registerKeywords(Keywords& keys);
  explicit OnnxModel(const ActionOptions& options);

  unsigned getNumberOfDerivatives() override;
  void calculate() override;
  void apply() override;
  void calculateNumericalDerivatives(ActionWithValue* action = nullptr) override;
  void lockRequests() override;
  void unlockRequests() override;

 private:
  void readModel();
  void readAtoms();
  void readArguments();
  void addComponents();
  void addOutside();
  void logModel();

  void checkAtoms(const std::vector<AtomNumber>& atoms);
  void checkLabels();
  void checkPeriod(std::size_t i, const latentcv::Period& expected);
  std::string inputHint() const;

  void calculateFromAtoms(bool derivatives);
  void calculateFromArguments(bool derivatives);
  bool canWaitForForces();
  bool applyAtOnce();
  void sendForces(const std::vector<double>& forces);
  [[noreturn]] void stopAtStep(const std::string& what, double value) const;

  // PLUMED's length unit in nm; Action::getUnits came with 2.10.
  template <typename Self>
  static auto lengthInNm(Self& self, int) -> decltype(self.getUnits().getLength()) {
    return self.getUnits().getLength();
  }
  template <typename Self>
  static double lengthInNm(Self& self, long) {
    return self.plumed.getAtoms().getUnits().getLength();
  }

  bool fromAtoms() const { return getNumberOfAtoms() > 0; }

  std::unique_ptr<latentcv::Model> model_;
  std::vector<Value*> components_;
  std::vector<double> cv_, derivatives_;
  Value* outside_ = nullptr;  // OUTSIDE
  std::unique_ptr<latentcv::TrainingRange> range_;

  // Where nobody reads derivatives, forces are one reverse pass, in apply, when all that act on components
  // are known.
  bool waiting_ = false;
  std::size_t knownActions_ = 0;
  std::string derivativeReader_;
  std::vector<double> cotangents_;

  std::vector<Input> inputs_;  // ARG
  bool checkLabels_ = true;

  bool pbc_ = true;   // ATOMS
  double scale_ = 1;  // model's lengths per PLUMED's
  std::vector<double> x_, boxDerivatives_, forces_;
};

PLUMED_REGISTER_ACTION(OnnxModel, "ONNX_MODEL")

void OnnxModel::registerKeywords(Keywords& keys) {
  Action::registerKeywords(keys);
  ActionAtomistic::registerKeywords(keys);
  ActionWithArguments::registerKeywords(keys);
  ActionWithValue::registerKeywords(keys);
  latentcv_plumed::addInputAndOutputKeywords(keys);
  keys.add("compulsory", "FILE", "the ONNX file of the model");
  keys.add("atoms", "ATOMS", "the atoms that the model's descriptors use, in the order of the file's list");
  keys.addFlag("NOPBC", false, "ignore the periodic boundary conditions when calculating the descriptors");
  keys.add("compulsory", "PRECISION", "double", "what the native evaluator computes in: double or float");
  keys.add(
      "compulsory", "EVALUATOR", "auto",
      "what evaluates the network: native, onnxruntime, or auto, which takes native where that knows every "
      "operator in the file");
  keys.add("compulsory", "LABELS", "check",
           "check: the labels of the arguments must be those that the file carries; ignore: they may differ");
  keys.addFlag(
      "OUTSIDE", false,
      "add the component outside: how far the input lies beyond the training ranges, in units of the "
      "range, with zero derivatives");
}

OnnxModel::OnnxModel(const ActionOptions& options)
    : Action(options), ActionAtomistic(options), ActionWithArguments(options), ActionWithValue(options) {
  readModel();
  std::vector<AtomNumber> atoms;
  parseAtomList("ATOMS", atoms);
  bool nopbc = false;
  parseFlag("NOPBC", nopbc);
  pbc_ = !nopbc;
  bool outside = false;
  parseFlag("OUTSIDE", outside);
  std::string labels;
  parse("LABELS", labels);
  if (labels != "check" && labels != "ignore")
    error("expected check or ignore for LABELS but received " + labels);
  checkLabels_ = labels == "check";
  checkRead();
  if (atoms.empty() == (getNumberOfArguments() == 0))
    error("expected either ARG or ATOMS but received " + std::string(atoms.empty() ? "neither" : "both") +
          ": " + inputHint());
  if (atoms.empty()) {
    readArguments();
  } else {
    checkAtoms(atoms);
    requestAtoms(atoms);
    readAtoms();
  }
  addComponents();
  if (outside) addOutside();
  logModel();
}

void OnnxModel::readModel() {
  std::string file, precision, evaluator;
  parse("FILE", file);
  parse("PRECISION", precision);
  parse("EVALUATOR", evaluator);
  try {
    latentcv::ModelOptions options;
    options.precision = latentcv::parsePrecision(precision);
    options.evaluator = latentcv::parseEvaluatorChoice(evaluator);
    model_ = std::make_unique<latentcv::Model>(file, options);
  } catch (const latentcv::Error& problem) {
    error(problem.what());
  }
}

/** What the user should have given, from what the file says. */
std::string OnnxModel::inputHint() const {
  const latentcv::Metadata& metadata = model_->metadata();
  std::ostringstream hint;
  if (!metadata.atoms.empty()) {
    hint << "the file names the atoms ATOMS=";
    for (std::size_t i = 0; i < metadata.atoms.size(); ++i) hint << (i ? "," : "") << metadata.atoms[i];
  } else if (!metadata.inputs.empty()) {
    hint << "the file names the arguments ARG=";
    for (std::size_t i = 0; i < metadata.inputs.size(); ++i) hint << (i ? "," : "") << metadata.inputs[i];
  } else {
    hint << "the model takes " << model_->inputs() << " arguments";
  }
  return hint.str();
}

void OnnxModel::checkAtoms(const std::vector<AtomNumber>& atoms) {
  if (!model_->hasDescriptors())
    error("expected a model with descriptors for ATOMS but the file has none; " + inputHint());
  if (atoms.size() != model_->atoms())
    error("expected " + std::to_string(model_->atoms()) + " atoms but received " +
          std::to_string(atoms.size()) + "; " + inputHint());
}

void OnnxModel::readAtoms() {
  const std::string& unit = model_->metadata().lengthUnit;
  if (!unit.empty() && unit != "nm")
    error("expected descriptors in nm but the file says latentcv.units.length is " + unit);
  scale_ = lengthInNm(*this, 0);
  x_.resize(3 * getNumberOfAtoms());
  boxDerivatives_.resize(9 * model_->outputs());
}

void OnnxModel::readArguments() {
  for (Value* argument : getArguments()) {
    const std::vector<Input> found = latentcv_plumed::inputsOf(argument);
    if (found.empty())
      error("expected scalars or vectors for ARG but " + argument->getName() + " is neither");
    inputs_.insert(inputs_.end(), found.begin(), found.end());
  }
  if (inputs_.size() != model_->inputs())
    error("expected " + std::to_string(model_->inputs()) + " arguments but received " +
          std::to_string(inputs_.size()) + "; " + inputHint());
  if (checkLabels_) checkLabels();
  const auto& periods = model_->metadata().inputPeriods;
  for (std::size_t i = 0; i < periods.size(); ++i) checkPeriod(i, periods[i]);
  x_.resize(inputs_.size());
}

void OnnxModel::checkLabels() {
  const std::vector<std::string>& expected = model_->metadata().inputs;
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (inputs_[i].label != expected[i])
      error("argument " + std::to_string(i + 1) + " is " + inputs_[i].label +
            " but the model was trained on " + expected[i] + " there; " + inputHint() +
            " (LABELS=ignore if the labels alone differ)");
}

void OnnxModel::checkPeriod(std::size_t i, const latentcv::Period& expected) {
  const Value& argument = *inputs_[i].value;
  const std::string label = "argument " + inputs_[i].label;
  if (argument.isPeriodic() != expected.periodic)
    error(label + (expected.periodic
                       ? " is not periodic but the model was trained on a periodic quantity there"
                       : " is periodic but the model was trained on one that is not"));
  if (!expected.periodic) return;
  double lower, upper;
  argument.getDomain(lower, upper);
  const double tolerance = 1e-6 * (expected.upper - expected.lower);
  if (std::abs(lower - expected.lower) > tolerance || std::abs(upper - expected.upper) > tolerance) {
    std::ostringstream text;
    text << label << " has the domain " << lower << " to " << upper << " but the model was trained on "
         << expected.lower << " to " << expected.upper;
    error(text.str());
  }
}

namespace {

/** A bound as PLUMED likes to print it. */
std::string domainBound(double value) {
  constexpr double pi = 3.14159265358979323846;
  if (std::abs(std::abs(value) - pi) < 1e-12) return value < 0 ? "-pi" : "pi";
  std::ostringstream text;
  text.precision(17);
  text << value;
  return text.str();
}

}  // namespace

void OnnxModel::addComponents() {
  const auto& periods = model_->metadata().outputPeriods;
  const std::vector<std::string> names = model_->outputNames();
  for (std::size_t i = 0; i < names.size(); ++i) {
    addComponentWithDerivatives(names[i]);
    if (i < periods.size() && periods[i].periodic)
      componentIsPeriodic(names[i], domainBound(periods[i].lower), domainBound(periods[i].upper));
    else
      componentIsNotPeriodic(names[i]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    components_.push_back(getPntrToComponent(names[i]));
    components_.back()->resizeDerivatives(getNumberOfDerivatives());
  }
  cv_.resize(names.size());
  cotangents_.resize(names.size());
  forces_.resize(getNumberOfDerivatives());
  const std::size_t perOutput = fromAtoms() ? 3 * getNumberOfAtoms() : inputs_.size();
  derivatives_.resize(names.size() * perOutput);
}

void OnnxModel::addOutside() {
  const std::vector<std::string> names = model_->outputNames();
  if (std::find(names.begin(), names.end(), "outside") != names.end())
    error("expected no output of the model to be named outside where OUTSIDE is given");
  range_ = std::make_unique<latentcv::TrainingRange>(model_->metadata());
  if (!range_->known())
    error(
        "expected latentcv.inputs.min and latentcv.inputs.max in the file for OUTSIDE but they are not "
        "there");
  // with derivatives, which stay zero: PLUMED adds them up where somebody biases it
  addComponentWithDerivatives("outside");
  componentIsNotPeriodic("outside");
  outside_ = getPntrToComponent("outside");
  outside_->resizeDerivatives(getNumberOfDerivatives());
}

void OnnxModel::logModel() {
  const latentcv::Metadata& metadata = model_->metadata();
  log.printf("  model of %zu inputs and %zu collective variables", model_->inputs(), model_->outputs());
  if (!metadata.method.empty()) log.printf(", %s", metadata.method.c_str());
  if (!metadata.network.empty()) log.printf(", %s", metadata.network.c_str());
  if (!metadata.generator.empty()) log.printf(", written by %s", metadata.generator.c_str());
  log.printf("\n  evaluated by %s: %s\n", model_->evaluatorName().c_str(), model_->evaluatorReason().c_str());
  log.printf("  %zu check vectors reproduced\n", metadata.checks.rows);
  if (!fromAtoms()) {
    for (std::size_t i = 0; i < inputs_.size(); ++i)
      log.printf("  input %zu: %s\n", i, inputs_[i].label.c_str());
    return;
  }
  log.printf("  %zu descriptors of atoms", model_->inputs());
  for (const AtomNumber& atom : getAbsoluteIndexes()) log.printf(" %u", atom.serial());
  log.printf("\n  %s\n", pbc_ && metadata.minimumImage
                             ? "with the minimum image of each difference between atoms"
                             : "without periodic boundary conditions");
}

unsigned OnnxModel::getNumberOfDerivatives() {
  return static_cast<unsigned>(fromAtoms() ? 3 * getNumberOfAtoms() + 9 : inputs_.size());
}

void OnnxModel::calculate() {
  const bool wanted = !doNotCalculateDerivatives();
  waiting_ = wanted && canWaitForForces();
  try {
    if (fromAtoms())
      calculateFromAtoms(wanted && !waiting_);
    else
      calculateFromArguments(wanted && !waiting_);
  } catch (const latentcv::Error& problem) {
    plumed_error() << "ONNX_MODEL " << getLabel() << " at step " << getStep() << ": " << problem.what();
  }
  for (std::size_t i = 0; i < cv_.size(); ++i) {
    if (!std::isfinite(cv_[i])) stopAtStep("component " + components_[i]->getName(), cv_[i]);
    components_[i]->set(cv_[i]);
  }
  if (outside_) outside_->set(range_->outside(fromAtoms() ? model_->descriptorValues() : x_.data()));
}

void OnnxModel::stopAtStep(const std::string& what, double value) const {
  plumed_error() << "ONNX_MODEL " << getLabel() << " at step " << getStep() << ": " << what << " is " << value
                 << ", expected a finite number";
}

void OnnxModel::calculateFromArguments(bool derivatives) {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    x_[i] = inputs_[i].get();
    if (!std::isfinite(x_[i])) stopAtStep("argument " + inputs_[i].label, x_[i]);
  }
  model_->evaluator().evaluate(x_.data(), cv_.data(), derivatives ? derivatives_.data() : nullptr);
  if (!derivatives) return;
  const double* derivative = derivatives_.data();
  for (Value* component : components_)
    for (unsigned i = 0; i < inputs_.size(); ++i) component->addDerivative(i, *derivative++);
}

void OnnxModel::calculateFromAtoms(bool derivatives) {
  const std::vector<Vector>& positions = getPositions();
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const double value = positions[i / 3][static_cast<unsigned>(i % 3)];
    if (!std::isfinite(value))
      stopAtStep("a coordinate of atom " + std::to_string(getAbsoluteIndex(static_cast<int>(i / 3)).serial()),
                 value);
    x_[i] = scale_ * value;
  }
  double rows[9];
  const Tensor& box = getBox();
  for (unsigned i = 0; i < 9; ++i) {
    rows[i] = scale_ * box[i / 3][i % 3];
    if (!std::isfinite(rows[i])) stopAtStep("a component of the box", rows[i]);
  }
  model_->evaluateAtoms(x_.data(), pbc_ ? latentcv::Box(rows) : latentcv::Box(), cv_.data(),
                        derivatives ? derivatives_.data() : nullptr, boxDerivatives_.data());
  if (!derivatives) return;
  const unsigned coordinates = static_cast<unsigned>(x_.size());
  const double *derivative = derivatives_.data(), *boxDerivative = boxDerivatives_.data();
  for (Value* component : components_) {
    for (unsigned i = 0; i < coordinates; ++i) component->addDerivative(i, scale_ * *derivative++);
    for (unsigned i = 0; i < 9; ++i) component->addDerivative(coordinates + i, *boxDerivative++);
  }
}

void OnnxModel::sendForces(const std::vector<double>& forces) {
  if (!fromAtoms()) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) inputs_[i].addForce(forces[i]);
    return;
  }
#if LATENTCV_PLUMED_HAS_VECTORS
  unsigned start = 0;
  setForcesOnAtoms(forces, start);
#else
  setForcesOnAtoms(forces);
#endif
}

#if LATENTCV_PLUMED_HAS_VECTORS

/** Whether nobody will read derivatives at this step. Actions are looked through again where there are new
 * ones. */
bool OnnxModel::canWaitForForces() {
  const auto& actions = plumed.getActionSet();
  if (actions.size() != knownActions_) {
    knownActions_ = actions.size();
    derivativeReader_ = latentcv_plumed::derivativeReader(actions, components_);
    if (derivativeReader_.empty())
      log.printf("ONNX_MODEL %s: forces by one reverse pass for all components\n", getLabel().c_str());
    else
      log.printf("ONNX_MODEL %s: forces by the Jacobian, as %s takes a component\n", getLabel().c_str(),
                 derivativeReader_.c_str());
  }
  return derivativeReader_.empty() && !checkNumericalDerivatives() && !isOptionOn("GRADIENTS");
}

/** Forces from those on the components, at what calculate evaluated; false where there are none. */
bool OnnxModel::applyAtOnce() {
  for (std::size_t i = 0; i < cotangents_.size(); ++i) cotangents_[i] = components_[i]->getForce();
  if (std::all_of(cotangents_.begin(), cotangents_.end(), [](double force) { return force == 0; }))
    return false;
  if (!fromAtoms()) {
    model_->evaluator().vectorJacobian(cotangents_.data(), forces_.data());
    return true;
  }
  const std::size_t coordinates = x_.size();
  model_->vectorJacobianAtoms(cotangents_.data(), forces_.data(), forces_.data() + coordinates);
  for (std::size_t i = 0; i < coordinates; ++i) forces_[i] *= scale_;
  return true;
}

void OnnxModel::apply() {
  if (waiting_) {
    if (applyAtOnce()) sendForces(forces_);
  } else if (checkForForces()) {
    sendForces(getForcesToApply());
  }
}

#else

// Until 2.9 a value tells the forces on it only together with its derivatives.
bool OnnxModel::canWaitForForces() { return false; }
bool OnnxModel::applyAtOnce() { return false; }

void OnnxModel::apply() {
  std::vector<double> one(getNumberOfDerivatives());
  forces_.assign(one.size(), 0.0);
  bool forced = false;
  for (const Value* component : components_) {
    if (!component->applyForce(one)) continue;
    forced = true;
    for (std::size_t i = 0; i < one.size(); ++i) forces_[i] += one[i];
  }
  if (forced) sendForces(forces_);
}

#endif

void OnnxModel::calculateNumericalDerivatives(ActionWithValue* action) {
  if (fromAtoms())
    ActionAtomistic::calculateNumericalDerivatives(action);
  else
    ActionWithArguments::calculateNumericalDerivatives(action);
}

void OnnxModel::lockRequests() {
  ActionAtomistic::lockRequests();
  ActionWithArguments::lockRequests();
}

void OnnxModel::unlockRequests() {
  ActionAtomistic::unlockRequests();
  ActionWithArguments::unlockRequests();
}

}  // namespace latentcv_plugin
}  // namespace PLMD
