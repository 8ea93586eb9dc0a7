/*
What one step of a model costs: `latentcv_bench [--rounds N] [--network 45-64-32-2]`, built with
`cmake -DLATENTCV_BENCH=ON`. Prints one JSON array of objects. All is thread CPU time of one core, in µs; the
rounds of one network, limits among them, are interleaved.

- network, precision: 45-64-32-2; double or float
- kernels: the vector width that the core chose
- evaluateMicroseconds {min, median}: values and Jacobian
- reverseMicroseconds {min, median}: values and one reverse pass, as where forces wait
- atomsMicroseconds {min, median}: distances of atoms in an orthorhombic box, values, one reverse pass, forces
on atoms and box
- descriptorsMicroseconds {min, median}: of these, what distances and forces on atoms take alone
- arithmeticLimit: the multiply-adds of values and Jacobian at the rate measured on registers
- arithmeticLimitReverse: the same of values and one reverse pass
- streamingLimit: reading a buffer of the weights' size, in the precision, twice. Double keeps large matrices
at half width and can pass it: what it reads is float's limit.
*/
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "latentcv/box.h"
#include "latentcv/descriptors.h"
#include "limits.h"
#include "network/native_evaluator.h"
#include "network_cases.h"
#include "timing.h"

namespace {

using bench::Measurement;
using bench::NetworkCase;

constexpr double roundMicroseconds = 2000;

/** A network in one precision at work on atoms that move a little from call to call. */
class Subject {
 public:
  Subject(const NetworkCase& network, bool single)
      : evaluator_(single ? latentcv::makeNativeEvaluator<float>(network.network())
                          : latentcv::makeNativeEvaluator<double>(network.network())),
        descriptors_(network.descriptorLines(), network.atoms(), true),
        positions_(network.positions()),
        x_(network.inputs()),
        weights_(network.inputs()),
        cv_(network.outputs()),
        cotangents_(network.outputs(), 0.7),
        jacobian_(network.inputs() * network.outputs()),
        gradient_(3 * network.atoms()) {
    computeDistances();
  }

  void evaluate() {
    disturb(x_);
    evaluator_->evaluate(x_.data(), cv_.data(), jacobian_.data());
  }

  void reverse() {
    disturb(x_);
    evaluator_->evaluate(x_.data(), cv_.data(), nullptr);
    evaluator_->vectorJacobian(cotangents_.data(), weights_.data());
  }

  void atoms() {
    disturb(positions_);
    computeDistances();
    evaluator_->evaluate(x_.data(), cv_.data(), nullptr);
    evaluator_->vectorJacobian(cotangents_.data(), weights_.data());
    descriptors_.pullBack(weights_.data(), gradient_.data(), boxGradient_);
  }

  void descriptors() {
    disturb(positions_);
    computeDistances();
    descriptors_.pullBack(weights_.data(), gradient_.data(), boxGradient_);
  }

 private:
  void computeDistances() { descriptors_.evaluate(positions_.data(), latentcv::Box(rows_), x_.data()); }

  void disturb(std::vector<double>& numbers) {
    numbers[turn_ % numbers.size()] += turn_ % 2 ? 1e-3 : -1e-3;
    ++turn_;
  }

  std::unique_ptr<latentcv::Evaluator> evaluator_;
  latentcv::Descriptors descriptors_;
  std::vector<double> positions_, x_, weights_, cv_, cotangents_, jacobian_, gradient_;
  double boxGradient_[9] = {};
  const double rows_[9] = {3, 0, 0, 0, 3, 0, 0, 0, 3};
  std::size_t turn_ = 0;
};

/** All that is measured of a network in one precision. */
struct Row {
  const NetworkCase& network;
  bool single;
  Subject subject;
  bench::Streaming streaming;
  std::size_t multiplyAddsPerCall = bench::multiplyAdds(single);
  Measurement evaluate{[this] { subject.evaluate(); }}, reverse{[this] { subject.reverse(); }},
      atoms{[this] { subject.atoms(); }}, descriptors{[this] { subject.descriptors(); }},
      arithmetic{[this] { bench::multiplyAdds(single); }}, stream{[this] { streaming.readTwice(); }};

  Row(const NetworkCase& of, bool inSingle)
      : network(of),
        single(inSingle),
        subject(of, inSingle),
        streaming(of.weights() * (inSingle ? sizeof(float) : sizeof(double))) {}

  std::vector<Measurement*> measurements() {
    return {&evaluate, &reverse, &atoms, &descriptors, &arithmetic, &stream};
  }

  /** µs for that many passes over the weights, one multiply-add each. */
  double arithmeticLimit(std::size_t passes) const {
    return arithmetic.min() * static_cast<double>(network.weights() * passes) /
           static_cast<double>(multiplyAddsPerCall);
  }
};

void printMeasurement(const char* name, const Measurement& measurement) {
  std::printf("    \"%s\": {\"min\": %.3f, \"median\": %.3f},\n", name, measurement.min(),
              measurement.median());
}

void print(const Row& row) {
  std::printf("  {\n    \"network\": \"%s\",\n    \"precision\": \"%s\",\n    \"kernels\": \"%s\",\n",
              row.network.name.c_str(), row.single ? "float" : "double", latentcv::vectorWidth());
  printMeasurement("evaluateMicroseconds", row.evaluate);
  printMeasurement("reverseMicroseconds", row.reverse);
  printMeasurement("atomsMicroseconds", row.atoms);
  printMeasurement("descriptorsMicroseconds", row.descriptors);
  std::printf("    \"arithmeticLimit\": %.3f,\n", row.arithmeticLimit(1 + row.network.outputs()));
  std::printf("    \"arithmeticLimitReverse\": %.3f,\n", row.arithmeticLimit(2));
  std::printf("    \"streamingLimit\": %.3f\n  }", row.stream.min());
}

void measure(const NetworkCase& network, std::size_t rounds, bool& first) {
  Row rows[] = {{network, false}, {network, true}};
  for (Row& row : rows)
    for (Measurement* measurement : row.measurements()) measurement->calibrate(roundMicroseconds);
  for (std::size_t i = 0; i < rounds; ++i)
    for (Row& row : rows)
      for (Measurement* measurement : row.measurements()) measurement->round();
  for (const Row& row : rows) {
    std::printf(first ? "" : ",\n");
    first = false;
    print(row);
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t rounds = 50;
  std::string only;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    if (i + 1 < count && option == "--rounds")
      rounds = std::max<std::size_t>(std::strtoul(arguments[++i], nullptr, 10), 1);
    else if (i + 1 < count && option == "--network")
      only = arguments[++i];
    else
      return std::fprintf(stderr, "usage: latentcv_bench [--rounds N] [--network 45-64-32-2]\n"), 2;
  }
  bool first = true;
  std::printf("[\n");
  for (const NetworkCase& network : bench::networkCases())
    if (only.empty() || only == network.name) measure(network, rounds, first);
  std::printf("\n]\n");
}
