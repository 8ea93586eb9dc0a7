#include "latentcv/model.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <stdexcept>

#include "latentcv/error.h"
#include "latentcv/pi.h"
#include "model/check_vectors.h"
#include "model/evaluator_choice.h"
#include "model/printable.h"
#include "model/scaled_outputs.h"

namespace latentcv {
namespace {

/** Where the file tells periods, a torsion's is −π to π and no other descriptor has one. */
void expectPeriods(const Descriptors& descriptors, const std::vector<Period>& periods) {
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const Period& period = periods[i];
    const bool fits = std::abs(period.lower + pi) < 1e-6 && std::abs(period.upper - pi) < 1e-6;
    if (descriptors.periodic(i) ? period.periodic && fits : !period.periodic) continue;
    throw badModel(
        "line " + std::to_string(i + 1) + " of latentcv.inputs.periods: expected " +
        (descriptors.periodic(i) ? "-pi to pi, the period of a torsion,"
                                 : "none, as the descriptor has no period,") +
        " but received " +
        (period.periodic ? std::to_string(period.lower) + " " + std::to_string(period.upper) : "none"));
  }
}

void expectNoOutputNamed(const std::string& name, const std::vector<std::string>& outputs) {
  if (std::find(outputs.begin(), outputs.end(), name) != outputs.end())
    throw badModel("expected no collective variable to be named " + name + ", as that is asked for as well");
}

}  // namespace

Model::Model(const std::string& path, const ModelOptions& options) {
  expectThreads(options.threads);
  try {
    const OnnxFile file = parseOnnx(readBytes(path));
    const Signature signature = findSignature(file.graph);
    sides_ = signature.found(options.sides);
    std::vector<Candidate> candidates = findEvaluators(file, signature, options);
    const std::size_t k = candidates.front().evaluator->outputs() - sides_.size();
    metadata_ = readMetadata(file.properties, signature.inputs, k);
    for (const std::string& name : sides_) expectNoOutputNamed(name, metadata_.outputs);
    for (const Candidate& candidate : candidates)
      recomputeCheckVectors(*candidate.evaluator, metadata_, sides_);
    Candidate chosen = takeFastest(std::move(candidates), metadata_.checks.inputs);
    evaluator_ = std::move(chosen.evaluator);
    evaluatorName_ = chosen.name;
    evaluatorReason_ = printable(chosen.reason);
    if (!metadata_.descriptors.empty()) {
      descriptors_ =
          std::make_unique<Descriptors>(metadata_.descriptors, metadata_.atoms.size(), metadata_.minimumImage,
                                        metadata_.references, metadata_.points);
      expectPeriods(*descriptors_, metadata_.inputPeriods);
    }
  } catch (const Error& error) {
    // names of the file are in it
    throw Error(error.code(), path + ": " + printable(error.what()));
  } catch (const std::bad_alloc&) {
    throw badModel(path + ": the file needs more memory than there is");
  } catch (const std::length_error&) {
    throw badModel(path + ": the file needs more memory than there is");
  }
  values_.resize(inputs());
  jacobian_.resize(inputs() * outputs());
  weights_.resize(inputs());
}

Model::Model(Model&&) noexcept = default;
Model::~Model() = default;

bool Model::hasSide(const std::string& name) const {
  return std::find(sides_.begin(), sides_.end(), name) != sides_.end();
}

void Model::setEnergyUnit(double kilojoulesPerMole) {
  const auto found = std::find(sides_.begin(), sides_.end(), "kolmogorov");
  if (found == sides_.end())
    throw Error(ErrorCode::badArgument, "expected a model whose output kolmogorov is evaluated");
  std::vector<double> factors(outputs(), 1.0);
  factors[collectiveVariables() + static_cast<std::size_t>(found - sides_.begin())] = 1 / kilojoulesPerMole;
  evaluator_ = scaledOutputs(std::move(evaluator_), std::move(factors));
}

std::vector<std::string> Model::outputNames() const {
  std::vector<std::string> names = metadata_.outputs;
  for (std::size_t i = names.size(); i < collectiveVariables(); ++i)
    names.push_back("node-" + std::to_string(i));
  names.insert(names.end(), sides_.begin(), sides_.end());
  return names;
}

double Model::measureMicroseconds() { return microsecondsOf(*evaluator_, metadata_.checks.inputs); }

void Model::evaluateAtoms(const double* positions, const Box& box, double* cv, double* derivatives,
                          double* boxDerivatives) {
  if (!descriptors_)
    throw Error(ErrorCode::badArgument, "expected a model with descriptors of atoms but the file has none");
  descriptors_->evaluate(positions, box, values_.data());
  evaluator_->evaluate(values_.data(), cv, derivatives ? jacobian_.data() : nullptr);
  if (!derivatives) return;
  for (std::size_t o = 0; o < outputs(); ++o)
    descriptors_->pullBack(jacobian_.data() + o * inputs(), derivatives + o * 3 * atoms(),
                           boxDerivatives + o * 9);
}

void Model::evaluateNearAtoms(const double* positions, const Box& box, double* cv) {
  descriptors_->evaluateNear(positions, box, values_.data());
  evaluator_->evaluate(values_.data(), cv, nullptr);
}

void Model::vectorJacobianAtoms(const double* cotangents, double* gradient, double* boxGradient) {
  evaluator_->vectorJacobian(cotangents, weights_.data());
  descriptors_->pullBack(weights_.data(), gradient, boxGradient);
}

}  // namespace latentcv
