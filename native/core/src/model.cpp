#include "latentcv/model.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <numeric>
#include <stdexcept>

#include "check_vectors.h"
#include "latentcv/error.h"
#include "native_evaluator.h"
#include "network_builder.h"
#include "onnxruntime_evaluator.h"

namespace latentcv {
namespace {

struct Choice {
  std::unique_ptr<Evaluator> evaluator;
  std::string name, reason;
};

void expectReasonable(const Network& network, std::size_t most) {
  const std::size_t k = network.sizes[network.output];
  if (k > most / std::accumulate(network.sizes.begin(), network.sizes.end(), std::size_t{0}))
    throw badModel("expected an encoder but its " + std::to_string(k) +
                   " outputs need more memory than is reasonable");
}

Choice chooseNative(const OnnxFile& file, const Signature& signature, Precision precision) {
  const Network network = buildNetwork(file, signature.input.name, signature.inputs, signature.cv.name);
  expectReasonable(network, mostNumbers(file.bytes.size()));
  const bool single = precision == Precision::singlePrecision;
  Choice choice;
  choice.evaluator = single ? makeNativeEvaluator<float>(network) : makeNativeEvaluator<double>(network);
  choice.name = "native";
  choice.reason = std::string("every operator has native evaluation; in ") + (single ? "float" : "double") +
                  ", " + vectorWidth();
  return choice;
}

/** A graph whose shapes are not what it declares fails when it runs: better here than at the first step. */
void tryOnce(Evaluator& evaluator) {
  const std::vector<double> x(evaluator.inputs(), 0.0);
  std::vector<double> cv(evaluator.outputs());
  evaluator.evaluate(x.data(), cv.data(), nullptr);
}

Choice chooseOnnxRuntime(const OnnxFile& file, const Signature& signature, const std::string& why) {
  const std::size_t most = mostNumbers(file.bytes.size()) / signature.inputs;
  if (signature.cv.shape.size() == 2 && signature.cv.shape[1] > static_cast<std::int64_t>(most))
    throw badModel("expected an encoder but its jacobian needs more memory than is reasonable");
  Choice choice;
  choice.evaluator = makeOnnxRuntimeEvaluator(file, signature);
  tryOnce(*choice.evaluator);
  choice.name = "onnxruntime";
  choice.reason = why + "; ONNX Runtime " + onnxRuntimeVersion() + " in the file's own precision, one thread";
  return choice;
}

Choice choose(const OnnxFile& file, const Signature& signature, const ModelOptions& options) {
  if (options.evaluator == EvaluatorChoice::onnxRuntime) {
    if (!signature.jacobian)
      throw badModel("expected an output named jacobian, which ONNX Runtime needs, but there is none");
    return chooseOnnxRuntime(file, signature, "asked for");
  }
  try {
    return chooseNative(file, signature, options.precision);
  } catch (const Unsupported& unsupported) {
    if (options.evaluator == EvaluatorChoice::native) throw;
    if (!signature.jacobian)
      throw badModel(std::string(unsupported.what()) +
                     ", and the file has no output named jacobian for ONNX Runtime to compute");
    return chooseOnnxRuntime(file, signature, unsupported.what());
  }
}

/** Where the file tells periods, a torsion's is −π to π and no other descriptor has one. */
void expectPeriods(const Descriptors& descriptors, const std::vector<Period>& periods) {
  constexpr double pi = 3.14159265358979323846;
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

}  // namespace

EvaluatorChoice parseEvaluatorChoice(const std::string& word) {
  if (word == "auto") return EvaluatorChoice::automatic;
  if (word == "native") return EvaluatorChoice::native;
  if (word == "onnxruntime") return EvaluatorChoice::onnxRuntime;
  throw Error(ErrorCode::badArgument,
              "expected auto, native or onnxruntime for the evaluator but received \"" + word + "\"");
}

Precision parsePrecision(const std::string& word) {
  if (word == "double") return Precision::doublePrecision;
  if (word == "float") return Precision::singlePrecision;
  throw Error(ErrorCode::badArgument,
              "expected double or float for the precision but received \"" + word + "\"");
}

Model::Model(const std::string& path, const ModelOptions& options) {
  try {
    const OnnxFile file = parseOnnx(readBytes(path));
    Choice choice = choose(file, findSignature(file.graph), options);
    evaluator_ = std::move(choice.evaluator);
    evaluatorName_ = choice.name;
    evaluatorReason_ = choice.reason;
    metadata_ = readMetadata(file.properties, inputs(), outputs());
    recomputeCheckVectors(*evaluator_, metadata_);
    if (!metadata_.descriptors.empty()) {
      descriptors_ = std::make_unique<Descriptors>(metadata_.descriptors, metadata_.atoms.size(),
                                                   metadata_.minimumImage);
      expectPeriods(*descriptors_, metadata_.inputPeriods);
    }
  } catch (const Error& error) {
    throw Error(error.code(), path + ": " + error.what());
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

std::vector<std::string> Model::outputNames() const {
  if (!metadata_.outputs.empty()) return metadata_.outputs;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < outputs(); ++i) names.push_back("node-" + std::to_string(i));
  return names;
}

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

void Model::vectorJacobianAtoms(const double* cotangents, double* gradient, double* boxGradient) {
  evaluator_->vectorJacobian(cotangents, weights_.data());
  descriptors_->pullBack(weights_.data(), gradient, boxGradient);
}

}  // namespace latentcv
