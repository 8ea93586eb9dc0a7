#include "network_cases.h"

#include <cmath>
#include <random>

namespace bench {
namespace {

std::vector<double> randomNumbers(std::size_t count, double scale, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-scale, scale);
  std::vector<double> numbers(count);
  // a model file holds single precision
  for (double& number : numbers) number = static_cast<float>(uniform(random));
  return numbers;
}

latentcv::Step step(latentcv::StepKind kind, std::size_t input) {
  latentcv::Step result;
  result.kind = kind;
  result.inputs = {input};
  result.output = input + 1;
  return result;
}

NetworkCase perceptron(std::vector<std::size_t> widths) {
  std::string name;
  for (std::size_t width : widths) name += (name.empty() ? "" : "-") + std::to_string(width);
  return {name, std::move(widths)};
}

}  // namespace

std::size_t NetworkCase::weights() const {
  std::size_t count = 0;
  for (std::size_t i = 1; i < widths.size(); ++i) count += widths[i - 1] * widths[i];
  return count;
}

latentcv::Network NetworkCase::network() const {
  latentcv::Network network;
  network.sizes.push_back(widths[0]);
  for (std::size_t i = 1; i < widths.size(); ++i) {
    latentcv::Step affine = step(latentcv::StepKind::affine, network.output);
    const double scale = 1 / std::sqrt(static_cast<double>(widths[i - 1]));
    affine.matrix = randomNumbers(widths[i] * widths[i - 1], scale, static_cast<unsigned>(i));
    affine.shift = randomNumbers(widths[i], scale, static_cast<unsigned>(i) + 100);
    network.steps.push_back(affine);
    network.sizes.push_back(widths[i]);
    network.output = affine.output;
    if (i + 1 == widths.size()) break;
    latentcv::Step tanh = step(latentcv::StepKind::activation, network.output);
    tanh.function = "Tanh";
    network.steps.push_back(tanh);
    network.sizes.push_back(widths[i]);
    network.output = tanh.output;
  }
  return network;
}

std::size_t NetworkCase::atoms() const {
  std::size_t count = 2;
  while (count * (count - 1) / 2 < inputs()) ++count;
  return count;
}

std::vector<std::string> NetworkCase::descriptorLines() const {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < atoms(); ++i)
    for (std::size_t j = i + 1; j < atoms() && lines.size() < inputs(); ++j)
      lines.push_back("distance " + std::to_string(i) + " " + std::to_string(j));
  return lines;
}

std::vector<double> NetworkCase::positions() const { return randomNumbers(3 * atoms(), 0.8, 7); }

std::vector<NetworkCase> networkCases() {
  return {perceptron({10, 32, 32, 1}), perceptron({45, 64, 32, 2}), perceptron({1000, 256, 64, 2}),
          perceptron({3000, 512, 128, 2})};
}

}  // namespace bench
