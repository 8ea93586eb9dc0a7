#pragma once

#include <memory>
#include <string>
#include <vector>

#include "latentcv/model.h"
#include "onnx/signature.h"

namespace latentcv {

/** An evaluator of a model, its name, and a sentence that says why it is this one. */
struct Candidate {
  std::unique_ptr<Evaluator> evaluator;
  std::string name, reason;
};

/**
 * The evaluators that the options allow, at least one; several where the fastest is to be measured.
 * Throws Error where none can evaluate this file.
 */
std::vector<Candidate> findEvaluators(const OnnxFile& file, const Signature& signature,
                                      const ModelOptions& options);

/** Median time of a value with its Jacobian at these inputs [rows, d] (zeros where there are none), µs. */
double microsecondsOf(Evaluator& evaluator, const std::vector<double>& inputs);

/**
 * The only one, or the one that evaluates these inputs [rows, d] (zeros where
 * there are none) in the least time.
 */
Candidate takeFastest(std::vector<Candidate> candidates, const std::vector<double>& inputs);

}  // namespace latentcv
