#include "model/evaluator_choice.h"

#include <chrono>
#include <thread>

#include "core/onnx_writer.h"
#include "latentcv/error.h"
#include "testing.h"

using namespace latentcv;

namespace {

/** Takes as long as it is told. */
class SlowEvaluator : public Evaluator {
 public:
  explicit SlowEvaluator(int milliseconds) : wait_(milliseconds) {}
  std::size_t inputs() const override { return 2; }
  std::size_t outputs() const override { return 1; }
  void evaluate(const double* x, double* values, double*) override {
    values[0] = x[0] + x[1];
    std::this_thread::sleep_for(wait_);
  }
  void vectorJacobian(const double*, double*) override {}

 private:
  std::chrono::milliseconds wait_;
};

Candidate candidate(const char* name, int milliseconds) {
  return {std::make_unique<SlowEvaluator>(milliseconds), name, std::string("as ") + name};
}

std::vector<Candidate> three(int first, int second, int third) {
  std::vector<Candidate> candidates;
  candidates.push_back(candidate("native", first));
  candidates.push_back(candidate("cpu", second));
  candidates.push_back(candidate("cuda", third));
  return candidates;
}

std::string refusal(const ModelOptions& options) {
  const std::string path = "evaluator_choice_test.onnx";
  onnx_writer::smallModel().write(path);
  std::string message = "(nothing thrown)";
  try {
    Model model(path, options);
    message = model.evaluatorName() + ": " + model.evaluatorReason();
  } catch (const Error& error) {
    message = error.what();
  }
  std::remove(path.c_str());
  return message;
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the fastest evaluator is taken, and all times are told") {
  for (const std::vector<double>& inputs : {std::vector<double>{}, std::vector<double>{1, 2, 3, 4}}) {
    const Candidate last = takeFastest(three(4, 6, 0), inputs);
    CHECK(last.name == "cuda");
    CHECK(contains(last.reason, "the fastest here, in microseconds: "));
    CHECK((contains(last.reason, " by native (as native), ") && contains(last.reason, " by cuda (as cuda)")));
    CHECK(takeFastest(three(0, 6, 4), inputs).name == "native");
  }
}

TEST_CASE("a single evaluator is taken unmeasured, with its own reason") {
  std::vector<Candidate> one;
  one.push_back(candidate("native", 0));
  CHECK(takeFastest(std::move(one), {}).reason == "as native");
}

TEST_CASE("auto says why it stays on the CPU") {
  ModelOptions options;
  options.device = Device::automatic;
  const std::string reason = refusal(options);
  CHECK(contains(reason, "native: every operator has native evaluation"));
  CHECK(contains(reason, "; on the CPU, as CUDA needs a file with an output named jacobian"));
  options.evaluator = EvaluatorChoice::native;
  CHECK(contains(refusal(options), "; on the CPU, as the native evaluator was asked for"));
}

TEST_CASE("cuda needs ONNX Runtime and a jacobian") {
  ModelOptions options;
  options.device = Device::cuda;
  CHECK(contains(refusal(options), "expected an output named jacobian, which ONNX Runtime needs"));
  options.evaluator = EvaluatorChoice::native;
  CHECK(contains(refusal(options), "for the device cuda but received native"));
}

TEST_CASE("devices by their words") {
  CHECK((parseDevice("auto") == Device::automatic && parseDevice("cpu") == Device::cpu &&
         parseDevice("cuda") == Device::cuda));
  CHECK_THROWS_WITH(parseDevice("gpu"),
                    contains("expected auto, cpu or cuda for the device but received \"gpu\""));
}

TEST_CASE("threads have a limit, whatever evaluates") {
  for (const unsigned threads : {0u, 257u, 100000u}) {
    ModelOptions options;
    options.threads = threads;
    CHECK(contains(refusal(options),
                   ("expected from 1 to 256 threads but received " + std::to_string(threads)).c_str()));
  }
}
