#include "model/evaluator_choice.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

#include "latentcv/error.h"
#include "model/derivative_remedy.h"
#include "network/builder.h"
#include "network/native_evaluator.h"
#include "onnx/unsupported.h"
#include "runtime/cost.h"
#include "runtime/cuda.h"
#include "runtime/evaluator.h"

namespace latentcv {
namespace {

// An evaluation takes from half a microsecond to some milliseconds; the first ones set things up.
constexpr int warmUps = 5, timedEvaluations = 21;

// A large network takes much longer: then fewer will do, µs.
constexpr double longestMeasurement = 2e5;

void expectReasonable(const Network& network, std::size_t most) {
  const std::size_t k = network.sizes[network.output];
  if (k > most / std::accumulate(network.sizes.begin(), network.sizes.end(), std::size_t{0}))
    throw badModel("expected an encoder but its " + std::to_string(k) +
                   " outputs need more memory than is reasonable");
}

/** What one search for evaluators works on. */
class Search {
 public:
  Search(const OnnxFile& file, const Signature& signature, const ModelOptions& options)
      : file_(file), signature_(signature), options_(options), outputs_(signature.outputs(options.sides)) {}

  std::vector<Candidate> run() const {
    std::vector<Candidate> found;
    if (options_.device == Device::cuda) {
      expectNotNative();
      found.push_back(onnxRuntime("asked for", true));
      return found;
    }
    found.push_back(onCpu());
    if (options_.device == Device::automatic) addFaster(found);
    return found;
  }

 private:
  void expectNotNative() const {
    if (options_.evaluator == EvaluatorChoice::native)
      throw Error(ErrorCode::badArgument,
                  "expected the evaluator onnxruntime or auto for the device cuda but received native");
  }

  Candidate onCpu() const {
    if (options_.evaluator == EvaluatorChoice::onnxRuntime) return onnxRuntime("asked for", false);
    try {
      return native();
    } catch (const Unsupported& unsupported) {
      if (options_.evaluator == EvaluatorChoice::native) throw;
      if (!signature_.cv.derivatives)
        throw badModel(std::string(unsupported.what()) +
                       ", and the file has no output named jacobian for ONNX Runtime to compute; " +
                       derivativeRemedy(file_));
      return onnxRuntime(unsupported.what(), false);
    }
  }

  Candidate native() const {
    std::vector<std::string> names;
    for (const Differentiable& output : outputs_) names.push_back(output.value->name);
    const Network network = buildNetwork(file_, signature_.input->name, signature_.inputs, names);
    expectReasonable(network, mostNumbers(file_.bytes.size()));
    const bool single = options_.precision == Precision::singlePrecision;
    return {single ? makeNativeEvaluator<float>(network) : makeNativeEvaluator<double>(network), "native",
            std::string("every operator has native evaluation; in ") + (single ? "float" : "double") + ", " +
                vectorWidth()};
  }

  Candidate onnxRuntime(const std::string& why, bool cuda) const {
    if (!signature_.cv.derivatives)
      throw badModel(
          std::string("expected an output named jacobian, which ONNX Runtime needs, but there is none; ") +
          derivativeRemedy(file_));
    expectBoundedCost(file_.graph);
    const std::size_t most = mostNumbers(file_.bytes.size()) / signature_.inputs;
    const auto& shape = signature_.cv.value->shape;
    if (shape.size() == 2 && shape[1] > static_cast<std::int64_t>(most))
      throw badModel("expected an encoder but its jacobian needs more memory than is reasonable");
    Candidate made{makeOnnxRuntimeEvaluator(file_, signature_, outputs_, {cuda, options_.threads}),
                   "onnxruntime",
                   why + "; ONNX Runtime " + onnxRuntimeVersion() + " in the file's own precision, " +
                       (cuda ? "on CUDA" : threads())};
    tryOnce(*made.evaluator);
    return made;
  }

  std::string threads() const {
    return options_.threads == 1 ? "one thread" : std::to_string(options_.threads) + " threads";
  }

  /** A graph whose shapes are not what it declares fails when it runs: better here than at the first step. */
  static void tryOnce(Evaluator& evaluator) {
    const std::vector<double> x(evaluator.inputs(), 0.0);
    std::vector<double> values(evaluator.outputs());
    evaluator.evaluate(x.data(), values.data(), nullptr);
  }

  /** What else to measure where there is CUDA; where there is none, the reason to stay on the CPU. */
  void addFaster(std::vector<Candidate>& found) const {
    const std::string stays = whyNoCuda();
    if (!stays.empty()) {
      found.front().reason += "; on the CPU, as " + stays;
      return;
    }
    try {
      Candidate cuda = onnxRuntime("", true);
      if (found.front().name == "native") found.push_back(onnxRuntime("", false));
      found.push_back(std::move(cuda));
    } catch (const Error& error) {
      found.front().reason += std::string("; on the CPU, as CUDA does not work: ") + error.what();
    }
  }

  std::string whyNoCuda() const {
    if (options_.evaluator == EvaluatorChoice::native) return "the native evaluator was asked for";
    if (!signature_.cv.derivatives) return "CUDA needs a file with an output named jacobian";
    if (!hasCudaDriver()) return "NVIDIA's driver is not on this machine (no libcuda.so.1)";
    return "";
  }

  const OnnxFile& file_;
  const Signature& signature_;
  const ModelOptions& options_;
  std::vector<Differentiable> outputs_;
};

std::string showMicroseconds(double microseconds) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.1f", microseconds);
  return text;
}

}  // namespace

double microsecondsOf(Evaluator& evaluator, const std::vector<double>& inputs) {
  using Clock = std::chrono::steady_clock;
  const std::vector<double> zeros(evaluator.inputs(), 0.0);
  const std::vector<double>& at = inputs.empty() ? zeros : inputs;
  const std::size_t d = evaluator.inputs(), rows = at.size() / d;
  std::vector<double> values(evaluator.outputs()), jacobian(evaluator.outputs() * d), times;
  double spent = 0;
  for (int i = -warmUps; i < timedEvaluations && (i < 1 || spent < longestMeasurement); ++i) {
    const double* x = at.data() + static_cast<std::size_t>(i + warmUps) % rows * d;
    const auto began = Clock::now();
    evaluator.evaluate(x, values.data(), jacobian.data());
    const double time = std::chrono::duration<double, std::micro>(Clock::now() - began).count();
    spent += time;
    if (i >= 0) times.push_back(time);
    // one evaluation of a slow network is as good as six
    if (i < 0 && spent > longestMeasurement) i = -1;
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return times[times.size() / 2];
}

std::vector<Candidate> findEvaluators(const OnnxFile& file, const Signature& signature,
                                      const ModelOptions& options) {
  expectNoTrees(file.graph);
  return Search(file, signature, options).run();
}

Candidate takeFastest(std::vector<Candidate> candidates, const std::vector<double>& inputs) {
  if (candidates.size() == 1) return std::move(candidates.front());
  std::string measured = "the fastest here, in microseconds:";
  std::size_t best = 0;
  double least = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double time = microsecondsOf(*candidates[i].evaluator, inputs);
    if (i == 0 || time < least) {
      best = i;
      least = time;
    }
    measured += (i ? ", " : " ") + showMicroseconds(time) + " by " + candidates[i].name + " (" +
                candidates[i].reason + ")";
  }
  candidates[best].reason = measured;
  return std::move(candidates[best]);
}

}  // namespace latentcv
