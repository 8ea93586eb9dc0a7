#include "latentcv/descriptors.h"

#include <algorithm>
#include <sstream>

#include "descriptor_kinds.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

// Every kind of descriptor a model file can name.
constexpr DescriptorKind kinds[] = {{"distance", 2, makeDistances}};

struct Line {
  const DescriptorKind* kind;
  AtomIndices atoms;
};

Error badLine(const std::string& line, std::size_t number, const std::string& expected) {
  return badModel("line " + std::to_string(number + 1) + " of latentcv.descriptors: expected " + expected +
                  " but received \"" + line + "\"");
}

const DescriptorKind* findKind(const std::string& name) {
  const auto* kind = std::find_if(std::begin(kinds), std::end(kinds),
                                  [&](const DescriptorKind& k) { return name == k.name; });
  return kind == std::end(kinds) ? nullptr : kind;
}

std::string knownKinds() {
  std::string all;
  for (const DescriptorKind& kind : kinds) all += std::string(all.empty() ? "" : ", ") + kind.name;
  return all;
}

Line parseLine(const std::string& text, std::size_t number, std::size_t atoms) {
  std::istringstream words(text);
  words.imbue(std::locale::classic());
  std::string name;
  words >> name;
  Line line{findKind(name), {}};
  if (!line.kind)
    throw badLine(text, number, "one of the descriptors this version knows (" + knownKinds() + ")");
  long long index;
  while (words >> index) {
    if (index < 0 || static_cast<unsigned long long>(index) >= atoms)
      throw badLine(text, number, "atoms from 0 to " + std::to_string(atoms) + " (exclusive)");
    line.atoms.push_back(static_cast<std::size_t>(index));
  }
  if (!words.eof() || line.atoms.size() != line.kind->atomsPerDescriptor)
    throw badLine(text, number, std::to_string(line.kind->atomsPerDescriptor) + " atoms after " + name);
  return line;
}

}  // namespace

Descriptors::Descriptors(const std::vector<std::string>& lines, std::size_t atoms, bool minimumImage)
    : count_(lines.size()), atoms_(atoms), minimumImage_(minimumImage) {
  for (std::size_t number = 0; number < lines.size();) {
    const DescriptorKind* kind = parseLine(lines[number], number, atoms).kind;
    std::vector<AtomIndices> block;
    for (; number < lines.size(); ++number) {
      Line line = parseLine(lines[number], number, atoms);
      if (line.kind != kind) break;
      block.push_back(std::move(line.atoms));
    }
    blocks_.push_back(kind->make(block));
  }
}

void Descriptors::evaluate(const double* positions, const Box& box, double* values) {
  const Box open;
  for (const auto& block : blocks_) {
    block->evaluate(positions, minimumImage_ ? box : open, values);
    values += block->count();
  }
}

void Descriptors::pullBack(const double* weights, double* gradient, double* boxGradient) const {
  std::fill(gradient, gradient + 3 * atoms_, 0.0);
  std::fill(boxGradient, boxGradient + 9, 0.0);
  for (const auto& block : blocks_) {
    block->pullBack(weights, gradient, boxGradient);
    weights += block->count();
  }
}

}  // namespace latentcv
