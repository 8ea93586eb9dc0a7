/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/onnx_model.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/ActionAtomistic.h"
#include "latentcv/error.h"
#include "latentcv/gas_constant.h"
#include "latentcv/pi.h"
#include "latentcv/side_outputs.h"
#include "plumed-plugin/input_hint.h"

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

Where MOLINFO stands before this action, and the file says what its atoms are called, the names of the atoms
and of their residues must be those of MOLINFO's structure, so that a model of another molecule is refused.
Names that programs write in their own ways (1HH3 and HH31, HIE and HIS) are the same, and residue numbers may
be shifted by one amount in a chain; the log says so. NAMES=warn goes on with a warning, NAMES=ignore looks at
nothing. A MOLINFO after this action is not seen.

The outputs are the components node-0, node-1 and so on, or the names that the file gives.

With the flag OUTSIDE there is one more component, outside: how far the input lies beyond what the model was
trained on. It is the largest distance over the inputs from the range that each had in training, in units of
that range, and 0 where all lie inside. It is there to watch a run, and to stop one (see the last example):
its derivatives are zero, so that a bias on it does nothing.

With the flag GRADIENT, for a model of ATOMS, there is for each output one more component, as node-0-gradient: the
length of its gradient by the positions of the atoms, per PLUMED's unit of length; with several collective
variables also gradient, the root of the determinant of all products of their gradients. Frames weighed by it give
the free energy that does not depend on the scale of the network (latentcv fes with \-\-geometric). They have no
derivatives.

With the flag COMMITTOR, for the file of a committor (latentcv's method of that name), there is one more
component, committor: the probability q to reach one labelled state before the other, also where the CV is not q.

With the flag KOLMOGOROV, for the file of a committor that was trained with a temperature, there is one more
component, kolmogorov: the bias (Kang, Trizio and Parrinello 2024)
\f[
V_K = -\frac{\lambda}{\beta} \left[\ln(|\nabla q|^2 + \epsilon) - \ln \epsilon\right],
\f]
with the gradient by the inputs of the model, and \f$\lambda\f$ and \f$\epsilon\f$ of the training. It is an
energy in the unit of UNITS, 0 where q is flat, and has derivatives, so that BIASVALUE draws the run to where q is
steep. It belongs to the temperature of its file; where the engine does not tell PLUMED that of the run, TEMP has
to.

With the flag UNCERTAINTY, for a file that holds an ensemble of encoders, the components are the means over
its members, and there is one more, uncertainty: how far the members disagree,
\f[
u = \sqrt{\frac{1}{k}\sum_{j=1}^{k} \frac{1}{M} \sum_{m=1}^{M} \left(\frac{s_{jm}-\bar s_j}{r_j}\right)^2},
\f]
where \f$s_{jm}\f$ is component j by member m, \f$\bar s_j\f$ its mean and \f$r_j\f$ its range in training. It
has derivatives, so that a wall can keep a run where the members agree.

DEVICE=cuda needs an ONNX Runtime for GPUs, named by LATENTCV_ONNXRUNTIME in the environment, and a file with
an output named jacobian; it computes in the file's own precision.

Differences between atoms are taken to the nearest image one by one, so that a molecule broken across the
boundary needs no mending as long as no difference is longer than half of the box. Where one is, put
WHOLEMOLECULES before this action and give NOPBC.

Of a model with coordinations that end at a D_MAX, among more than 256 pairs, atoms that are far are not requested
at every step: all are after some steps, as many as motion lets it (NL_STRIDE gives another number), and in
between those that are within D_MAX and NL_SKIN of what they pair with, as COORDINATION does with NLIST. Then it
is checked that no atom can have come within D_MAX unseen: where one went farther than half of NL_SKIN, less what
the box changed, the run stops, and what was computed since the step that it names is not to be trusted. With
NL_STRIDE=1 all atoms are requested at every step: so where frames do not follow each other as in a run. It is the
default with NOPBC and in MPI runs of several replicas, whose exchanges must come at steps at which all atoms are
requested. The log says how often that was, and how near to a stop the run came.

Where only biases, CUSTOM, COMBINE, the expansion variables of OPES_EXPANDED, PRINT, COMMITTOR and UPDATE_IF
use the components, one pass through the network gives the forces of all of them; where any other action does,
the action computes the derivatives of each component. So it does at the steps at which METAD or PBMETAD with
ADAPTIVE=GEOM, or DUMPPROJECTIONS, need gradients, which work with ATOMS and with ARG (of scalars: PLUMED has
no gradients through vectors). The log says which.

With NUMERICAL_DERIVATIVES the derivatives are differences: by the atoms as PLUMED takes them, by the elements
of ARG, vectors included, as the action does. They mean nothing where the model runs in single precision
(PRECISION=float, or a file in single precision with ONNX Runtime), and the log says so. A force or a
derivative that is not finite stops the run: it comes where a function has no derivative, or overflows, though
its value is finite.

Where the file says what units it was trained on, and the action behind an argument tells what it computes
(DISTANCE and POSITION a length in the unit that UNITS sets, ANGLE and TORSION rad, COORDINATION a number),
the two must be the same. Where it does not tell, the log gives the value at the first step and the range in
training. Elements of vectors go into the model one after the other, so that ARG=p.x,p.y means p.x of all
atoms and then p.y.

The action has no memory but for where atoms were when all were requested last: a restarted run goes on with the
same file, and RESTART is a matter of the biases.
It is computed at the steps at which something that has a STRIDE uses it, a bias with STRIDE=2 at every
second.

The file is read, checked and tried on its check vectors before the first step; whatever is wrong with it
stops the run there. Where it names the papers of its method, they are in PLUMED's bibliography.

\par Examples

LOAD takes a path; a name without a slash is looked for where libraries are. With PLUMED 2.9, LOAD comes first
in the input.

Two torsions go into the network, and its first output is biased:

\plumedfile
LOAD FILE=./libLatentcvPlumed.so
phi: TORSION ATOMS=5,7,9,15
psi: TORSION ATOMS=7,9,15,17
cv: ONNX_MODEL FILE=model.onnx ARG=phi,psi
METAD ARG=cv.node-0 SIGMA=0.1 HEIGHT=1.2 PACE=500
\endplumedfile

The network works on distances between atoms, which the action computes itself:

\plumedfile
LOAD FILE=./libLatentcvPlumed.so
cv: ONNX_MODEL FILE=model.onnx ATOMS=2,5,6,7,9,11,15,16,17,19
PRINT ARG=cv.node-0,cv.node-1 STRIDE=100 FILE=COLVAR
\endplumedfile

The run stops where an input is further from its training range than half of that range:

\plumedfile
LOAD FILE=./libLatentcvPlumed.so
cv: ONNX_MODEL FILE=model.onnx ATOMS=2,5,6,7,9,11,15,16,17,19 OUTSIDE
COMMITTOR ARG=cv.outside BASIN_LL1=0.5 BASIN_UL1=1e9
\endplumedfile

A committor: the Kolmogorov bias holds the run near the transition state, and OPES along the CV z spreads it:

\plumedfile
LOAD FILE=./libLatentcvPlumed.so
cv: ONNX_MODEL FILE=committor.onnx ATOMS=2,5,6,7,9,11,15,16,17,19 COMMITTOR KOLMOGOROV TEMP=300
vk: BIASVALUE ARG=cv.kolmogorov
opes: OPES_METAD ARG=cv.node-0 PACE=500 BARRIER=40 TEMP=300
PRINT ARG=cv.node-0,cv.committor,vk.bias,opes.bias STRIDE=100 FILE=COLVAR
\endplumedfile

Atoms by their names in a structure, and a wall where the members of an ensemble disagree:

\plumedfile
LOAD FILE=./libLatentcvPlumed.so
MOLINFO STRUCTURE=reference.pdb
cv: ONNX_MODEL FILE=ensemble.onnx ATOMS=@nonhydrogens UNCERTAINTY
UPPER_WALLS ARG=cv.uncertainty AT=0.1 KAPPA=1000
\endplumedfile
*/
//+ENDPLUMEDOC

void OnnxModel::registerKeywords(Keywords& keys) {
  Action::registerKeywords(keys);
  ActionAtomistic::registerKeywords(keys);
  ActionWithArguments::registerKeywords(keys);
  ActionWithValue::registerKeywords(keys);
  addInputAndOutputKeywords(keys);
  keys.add("compulsory", "FILE", "the ONNX file of the model");
  keys.add("atoms", "ATOMS", "the atoms that the model's descriptors use, in the order of the file's list");
  keys.addFlag("NOPBC", false, "ignore the periodic boundary conditions when calculating the descriptors");
  keys.add("compulsory", "PRECISION", "double", "what the native evaluator computes in: double or float");
  keys.add("compulsory", "EVALUATOR", "auto",
           "what evaluates the network: native, onnxruntime, or auto, which takes native where that knows "
           "every operator in the file");
  keys.add("compulsory", "DEVICE", "cpu",
           "where the network runs: cpu, cuda (with ONNX Runtime for GPUs), or auto, which measures what "
           "this machine has before the first step and takes the fastest");
  keys.add("compulsory", "NUM_THREADS", "1", "threads of ONNX Runtime; the native evaluator needs none");
  keys.add("compulsory", "LABELS", "check",
           "check: the labels of the arguments must be those that the file carries; ignore: they may differ");
  keys.add("compulsory", "NAMES", "check",
           "check: the atoms must be called in the structure of the last MOLINFO before as the file says; "
           "warn: go on with a warning; ignore: they may differ");
  keys.add("compulsory", "NL_STRIDE", "auto",
           "after how many steps all atoms are requested again, of a model with coordinations among many; "
           "auto: as motion lets it; 1: at every step");
  keys.add("optional", "NL_SKIN",
           "how far beyond DMAX atoms are requested in between; half of the largest DMAX by default");
  keys.addFlag("OUTSIDE", false,
               "add the component outside: how far the input lies beyond the training ranges, in units of "
               "the range, with zero derivatives");
  keys.addFlag(
      "GRADIENT", false,
      "add the lengths of the outputs' gradients by the positions of the atoms, as node-0-gradient, and of "
      "several outputs gradient, the root of the determinant of their products, with zero derivatives");
  keys.addFlag("UNCERTAINTY", false,
               "add the component uncertainty: how far the members of an ensemble disagree, with its "
               "derivatives");
  keys.addFlag("COMMITTOR", false,
               "add the component committor: the probability to reach one state before the other, with its "
               "derivatives");
  keys.addFlag(
      "KOLMOGOROV", false,
      "add the component kolmogorov: the bias that draws the run to where the committor is steep, an "
      "energy with its derivatives, for BIASVALUE");
  keys.add(
      "optional", "TEMP",
      "the temperature of the run, where the engine does not tell it: that of KOLMOGOROV in the file must be "
      "the same");
}

namespace {

/** The flag that asks for a side output is its name in capitals. */
std::string keywordOf(std::string name) {
  for (char& c : name) c = static_cast<char>(c - 'a' + 'A');
  return name;
}

}  // namespace

OnnxModel::OnnxModel(const ActionOptions& options) : Action(options), ActionWithValue(options) {
  parseFlag("OUTSIDE", wantsOutside_);
  try {
    readModel();
  } catch (const latentcv::Error& problem) {
    error(problem.what());
  }
}

void OnnxModel::readModel() {
  std::string file, precision, evaluator, device;
  int threads = 1;
  latentcv::ModelOptions options;
  parse("FILE", file);
  parse("PRECISION", precision);
  parse("EVALUATOR", evaluator);
  parse("DEVICE", device);
  parse("NUM_THREADS", threads);
  options.sides = parseSideOutputs();
  if (threads < 1) error("expected NUM_THREADS of at least 1 but received " + std::to_string(threads));
  options.precision = latentcv::parsePrecision(precision);
  options.evaluator = latentcv::parseEvaluatorChoice(evaluator);
  options.device = latentcv::parseDevice(device);
  options.threads = static_cast<unsigned>(threads);
  latentcv::useOnnxRuntime(LATENTCV_ONNXRUNTIME_LIBRARY);
  model_ = std::make_unique<latentcv::Model>(file, options);
  for (const std::string& side : options.sides)
    if (!model_->hasSide(side)) expectedSideOutput(side, file);
  if (model_->hasSide("kolmogorov")) prepareKolmogorovBias(file);
}

std::vector<std::string> OnnxModel::parseSideOutputs() {
  std::vector<std::string> wanted;
  for (const std::string name : latentcv::sideOutputNames) {
    bool flag = false;
    parseFlag(keywordOf(name), flag);
    if (flag) wanted.push_back(name);
  }
  return wanted;
}

void OnnxModel::expectedSideOutput(const std::string& name, const std::string& file) const {
  const std::string what = name == "uncertainty"  ? "an ensemble"
                           : name == "kolmogorov" ? "a committor that was trained with a temperature,"
                                                  : "a committor";
  error("expected " + what + " with an output named " + name + " for " + keywordOf(name) + " but " + file +
        " has none");
}

/** A bias of another temperature would draw the run too much or too little, and weights from it would be wrong. */
void OnnxModel::prepareKolmogorovBias(const std::string& file) {
  const double temperature = model_->metadata().kolmogorovTemperature;
  if (temperature == 0)
    error("expected latentcv.kolmogorov.temperature in " + file + " for KOLMOGOROV but it is not there");
  const Units& units = unitsOf(*this, 0);
  // kT of the run and of the file, both in PLUMED's unit of energy; Boltzmann's constant is 1 in natural units
  const double energy = usesNaturalUnits(*this, 0) ? 1 : units.getEnergy();
  const double received = thermalEnergy(*this, 0), expected = latentcv::gasConstant * temperature / energy;
  std::ostringstream text;
  text << "expected ";
  if (!(received > 0))
    text << "TEMP with KOLMOGOROV, as the engine does not tell the temperature: " << file
         << " has the bias at ";
  else if (std::abs(received / expected - 1) > 1e-3)
    text << "a temperature of " << received * energy / latentcv::gasConstant << " K, as the run has, but "
         << file << " has the bias at ";
  else
    return model_->setEnergyUnit(energy);
  text << temperature << " K (kT = " << expected << "); train at the temperature of the run";
  error(text.str());
}

OnnxModel::InputKeywords OnnxModel::parseInputKeywords() {
  InputKeywords keywords;
  bool nopbc = false;
  parseFlag("NOPBC", nopbc);
  keywords.pbc = !nopbc;
  parseFlag("GRADIENT", keywords.gradient);
  std::string labels;
  parse("LABELS", labels);
  if (labels != "check" && labels != "ignore")
    error("expected check or ignore for LABELS but received " + labels);
  keywords.checkLabels = labels == "check";
  parse("NAMES", keywords.names);
  if (keywords.names != "check" && keywords.names != "warn" && keywords.names != "ignore")
    error("expected check, warn or ignore for NAMES but received " + keywords.names);
  parse("NL_STRIDE", keywords.neighbourStride);
  parse("NL_SKIN", keywords.neighbourSkin);
  return keywords;
}

void OnnxModel::expectedEitherInput(const char* received) const {
  error("expected either ARG or ATOMS but received " + std::string(received) + ": " + inputHint(*model_));
}

LengthUnit OnnxModel::lengthUnit() const {
  const Units& units = unitsOf(*this, 0);
  return {units.getLength(), units.getLengthString()};
}

void OnnxModel::begin(std::unique_ptr<ModelInput> input, const std::string& remark) {
  input_ = std::move(input);
  addComponents();
  if (wantsOutside_) addOutside();
  logModel(remark);
  if (checkNumericalDerivatives() && model_->evaluator().singlePrecision())
    warning(
        "NUMERICAL_DERIVATIVES mean nothing here: the model runs in single precision, whose rounding is as "
        "large as the differences; PRECISION=double and EVALUATOR=native mend that where the file allows");
}

namespace {

/** A bound as PLUMED likes to print it. */
std::string domainBound(double value) {
  if (std::abs(std::abs(value) - latentcv::pi) < 1e-12) return value < 0 ? "-pi" : "pi";
  std::ostringstream text;
  text.precision(17);
  text << value;
  return text.str();
}

std::string microseconds(double time) {
  std::ostringstream text;
  text.precision(2);
  text << "about " << (time < 1000 ? time : time / 1000) << (time < 1000 ? " us" : " ms");
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
  for (const std::string& name : names) components_.push_back(getPntrToComponent(name));
  outputs_.resize(names.size());
  forcesOnOutputs_.resize(names.size());
  resizeDerivatives();
}

void OnnxModel::resizeDerivatives() {
  const unsigned count = getNumberOfDerivatives();
  for (Value* component : components_) component->resizeDerivatives(static_cast<int>(count));
  for (Value* component : toRead_) component->resizeDerivatives(static_cast<int>(count));
  forces_.resize(count);
}

Value* OnnxModel::addComponentToRead(const std::string& name, const std::string& keyword) {
  const std::vector<std::string> names = model_->outputNames();
  if (std::find(names.begin(), names.end(), name) != names.end())
    error("expected no output of the model to be named " + name + " where " + keyword + " is given");
  // with derivatives, which stay zero: PLUMED adds them up where somebody biases it
  addComponentWithDerivatives(name);
  componentIsNotPeriodic(name);
  toRead_.push_back(getPntrToComponent(name));
  toRead_.back()->resizeDerivatives(static_cast<int>(getNumberOfDerivatives()));
  return toRead_.back();
}

void OnnxModel::addOutside() {
  range_ = std::make_unique<latentcv::TrainingRange>(model_->metadata());
  if (!range_->known())
    error(
        "expected latentcv.inputs.min and latentcv.inputs.max in the file for OUTSIDE "
        "but they are not there");
  outside_ = addComponentToRead("outside", "OUTSIDE");
}

/** What was loaded, what goes into it, a remark on that, what evaluates it and why. */
void OnnxModel::logModel(const std::string& remark) {
  const latentcv::Metadata& metadata = model_->metadata();
  log.printf("  model of %zu inputs and %zu collective variables", model_->inputs(),
             model_->collectiveVariables());
  for (const std::string& what : {metadata.method, metadata.network})
    if (!what.empty()) log.printf(", %s", what.c_str());
  if (!metadata.generator.empty()) log.printf(", written by %s", metadata.generator.c_str());
  log.printf("; %zu check vectors reproduced\n", metadata.checks.rows);
  for (std::size_t i = 0; i < metadata.methodReferences.size(); ++i)
    log << (i ? "" : "  Bibliography ") << plumed.cite(metadata.methodReferences[i])
        << (i + 1 < metadata.methodReferences.size() ? "" : "\n");
  // by << and not printf, which cuts long lines
  log << "  from " << input_->describe() << "\n";
  if (!remark.empty()) log << "  " << remark << "\n";
  log << "  evaluated by " << model_->evaluatorName() << ": " << model_->evaluatorReason() << "\n";
  log << "  that takes " << microseconds(model_->measureMicroseconds())
      << " for values with all derivatives\n";
}

unsigned OnnxModel::getNumberOfDerivatives() { return static_cast<unsigned>(input_->derivatives()); }

}  // namespace latentcv_plugin
}  // namespace PLMD
