#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "latentcv/error.h"
#include "latentcv/model.h"
#include "memory_file.h"

// What a fuzzer calls with bytes: everything the core does with a file that it did not write. A text that
// begins with `descriptors` or `metadata` goes straight to that parser; anything else is a model file.

namespace {

using namespace latentcv;

std::vector<std::string> linesOf(std::istream& text) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

/** Atoms in a bent row, the same for every file. */
std::vector<double> somePositions(std::size_t atoms) {
  std::vector<double> positions(3 * atoms);
  for (std::size_t i = 0; i < positions.size(); ++i)
    positions[i] = 0.1 * static_cast<double>(i) + 0.05 * (i % 4);
  return positions;
}

const Box& someBox() {
  constexpr double rows[] = {1.5, 0, 0, 0.4, 1.3, 0, -0.3, 0.5, 1.4};
  static const Box box(rows);
  return box;
}

/** Takes the lines behind the one that is this word, and the word, out of all. */
std::vector<std::string> takeBehind(std::vector<std::string>& lines, const char* word) {
  const auto at = std::find(lines.begin(), lines.end(), word);
  if (at == lines.end()) return {};
  const std::vector<std::string> taken(at + 1, lines.end());
  lines.erase(at, lines.end());
  return taken;
}

/** `descriptors ATOMS none|minimum-image`, then the lines; then `references` and `points` with theirs. */
void tryDescriptors(std::istream& text) {
  std::size_t atoms = 0;
  std::string pbc;
  text >> atoms >> pbc;
  text.ignore();
  atoms %= 64;
  std::vector<std::string> lines = linesOf(text);
  const std::vector<std::string> points = takeBehind(lines, "points");
  const std::vector<std::string> references = takeBehind(lines, "references");
  Descriptors descriptors(lines, atoms, pbc != "none", references, points);
  std::vector<double> values(descriptors.count()), gradient(3 * atoms), boxGradient(9);
  const std::vector<double> weights(descriptors.count(), 1.0);
  descriptors.evaluate(somePositions(atoms).data(), someBox(), values.data());
  descriptors.pullBack(weights.data(), gradient.data(), boxGradient.data());
}

/**
 * `metadata INPUTS OUTPUTS`, then `key=value`, where a line that starts with a blank goes on with the value.
 */
void tryMetadata(std::istream& text) {
  std::size_t inputs = 0, outputs = 0;
  text >> inputs >> outputs;
  text.ignore();
  std::map<std::string, std::string> properties;
  std::string key;
  for (const std::string& line : linesOf(text)) {
    const std::size_t equals = line.find('=');
    if (!line.empty() && line[0] == ' ')
      properties[key] += "\n" + line.substr(1);
    else if (equals != std::string::npos)
      properties[key = "latentcv." + line.substr(0, equals)] = line.substr(equals + 1);
  }
  readMetadata(properties, inputs % 64 + 1, outputs % 8 + 1);
}

void tryModel(const std::uint8_t* data, std::size_t size) {
  const MemoryFile file(std::string(data, data + size));
  // ONNX Runtime is left out: its own faults are not ours to find, and the core refuses first what it can
  Model model(file.path(),
              {EvaluatorChoice::native, size % 2 ? Precision::singlePrecision : Precision::doublePrecision});
  const std::size_t d = model.inputs(), k = model.outputs();
  std::vector<double> x(d, 0.25), cv(k), jacobian(k * d), cotangents(k, 1.0), gradient(d);
  model.evaluator().evaluate(x.data(), cv.data(), jacobian.data());
  model.evaluator().vectorJacobian(cotangents.data(), gradient.data());
  if (!model.hasDescriptors()) return;
  const std::size_t atoms = model.atoms();
  std::vector<double> derivatives(k * 3 * atoms), boxDerivatives(k * 9);
  model.evaluateAtoms(somePositions(atoms).data(), someBox(), cv.data(), derivatives.data(),
                      boxDerivatives.data());
  model.vectorJacobianAtoms(cotangents.data(), derivatives.data(), boxDerivatives.data());
}

void tryAny(const std::uint8_t* data, std::size_t size) {
  std::istringstream text(std::string(data, data + size));
  std::string kind;
  std::getline(text, kind, ' ');
  if (kind == "descriptors") return tryDescriptors(text);
  if (kind == "metadata") return tryMetadata(text);
  tryModel(data, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    tryAny(data, size);
  } catch (const Error&) {
    // refused, as it should be: anything else that is thrown ends the process
  }
  return 0;
}
