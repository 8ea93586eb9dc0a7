#include <string>
#include <thread>
#include <vector>

#include "latentcv/model.h"
#include "testing.h"

using namespace latentcv;

// Several models in several threads, as in an engine that runs walkers side by side: each model belongs to
// one thread, and what all share (tables of operators and kernels, ONNX Runtime's library) must bear it. The
// thread sanitizer watches this program in `npm run sanitize`.

namespace {

const std::string folder = LATENTCV_REGTESTS;

struct Case {
  std::string file;
  ModelOptions options;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* name : {"rt-atoms-triclinic", "rt-atoms-onnxruntime", "rt-atoms-outside"})
    for (const Precision precision : {Precision::doublePrecision, Precision::singlePrecision})
      all.push_back({folder + "/" + name + "/model.onnx", {EvaluatorChoice::native, precision}});
  all.push_back({folder + "/rt-atoms-onnxruntime/model.onnx",
                 {EvaluatorChoice::onnxRuntime, Precision::singlePrecision}});
  return all;
}

/** Values and all derivatives at a few frames, one after the other. */
std::vector<double> numbersOf(const Case& which) {
  Model model(which.file, which.options);
  const std::size_t k = model.outputs(), n = 3 * model.atoms();
  std::vector<double> all, positions(n), cv(k), derivatives(k * n), box(k * 9), cotangents(k, 0.5);
  const double rows[] = {1.2, 0, 0, 0.5, 1.1, 0, -0.4, 0.3, 1.0};
  for (int frame = 0; frame < 20; ++frame) {
    for (std::size_t i = 0; i < n; ++i) positions[i] = 0.13 * static_cast<double>(i) + 0.07 * frame * (i % 5);
    model.evaluateAtoms(positions.data(), Box(rows), cv.data(), derivatives.data(), box.data());
    for (const auto* part : {&cv, &derivatives, &box}) all.insert(all.end(), part->begin(), part->end());
    model.vectorJacobianAtoms(cotangents.data(), derivatives.data(), box.data());
    for (const auto* part : {&derivatives, &box}) all.insert(all.end(), part->begin(), part->end());
  }
  return all;
}

using Numbers = std::vector<std::vector<double>>;

Numbers numbersOfAll() {
  Numbers all;
  for (const Case& which : cases()) all.push_back(numbersOf(which));
  return all;
}

}  // namespace

TEST_CASE("models in four threads give what they give in one") {
  std::vector<Numbers> received(4);
  std::vector<std::thread> threads;
  // first of all, so that what is made once is made by whichever thread comes first
  for (Numbers& numbers : received) threads.emplace_back([&numbers] { numbers = numbersOfAll(); });
  for (std::thread& thread : threads) thread.join();
  const Numbers expected = numbersOfAll();
  for (const Numbers& numbers : received) CHECK(numbers == expected);
}
