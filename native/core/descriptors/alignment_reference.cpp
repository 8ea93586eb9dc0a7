#include "descriptors/alignment_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "descriptors/number_words.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

// the tree takes time with the square of it
constexpr std::size_t mostAtoms = 4096;

Error badLine(const std::vector<std::string>& lines, std::size_t number, const std::string& expected) {
  return badModel("line " + std::to_string(number + 1) + " of latentcv.descriptors.references: expected " +
                  expected + " but received \"" + lines[number] + "\"");
}

bool isBelow(double value, std::size_t limit) {
  return value >= 0 && value == std::floor(value) && value < static_cast<double>(limit);
}

/** The numbers of a line; none where it is not six finite ones. */
std::vector<double> sixNumbers(const std::string& line) {
  const std::optional<std::vector<double>> values = numbersIn(line);
  const bool good =
      values && values->size() == 6 &&
      std::all_of(values->begin(), values->end(), [](double value) { return std::isfinite(value); });
  return good ? *values : std::vector<double>();
}

void centre(AlignmentReference& reference) {
  double sum = 0;
  for (double weight : reference.weights) sum += weight;
  for (double& weight : reference.weights) weight /= sum;
  for (std::size_t i = 0; i < reference.atoms.size(); ++i)
    for (int c = 0; c < 3; ++c) reference.centre[c] += reference.weights[i] * reference.centred[i][c];
  for (std::size_t i = 0; i < reference.atoms.size(); ++i) {
    Vector3& r = reference.centred[i];
    for (int c = 0; c < 3; ++c) r[c] -= reference.centre[c];
    reference.spread += reference.weights[i] * dot(r, r);
  }
}

/** Prim's algorithm: each time the atom nearest to those that are in. */
void growTree(AlignmentReference& reference) {
  const std::vector<Vector3>& at = reference.centred;
  std::vector<double> nearest(at.size(), std::numeric_limits<double>::infinity());
  std::vector<std::size_t> parent(at.size(), 0);
  std::vector<bool> in(at.size(), false);
  for (std::size_t added = 0, count = 1; count < at.size(); ++count) {
    in[added] = true;
    std::size_t next = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (in[i]) continue;
      const Vector3 d = {at[i][0] - at[added][0], at[i][1] - at[added][1], at[i][2] - at[added][2]};
      if (dot(d, d) < nearest[i]) {
        nearest[i] = dot(d, d);
        parent[i] = added;
      }
      if (next == 0 || nearest[i] < nearest[next]) next = i;
    }
    reference.tree.push_back({parent[next], next});
    added = next;
  }
}

void complete(AlignmentReference& reference) {
  const std::string name =
      "reference " + std::to_string(reference.number) + " of latentcv.descriptors.references";
  const auto aligned =
      std::count_if(reference.weights.begin(), reference.weights.end(), [](double w) { return w > 0; });
  OptimalRotation rotation;
  if (aligned >= 3) {
    centre(reference);
    rotation.fit(correlation(reference, reference.centred));
  }
  if (aligned < 3 || !isUnique(rotation, reference, reference.spread))
    throw badModel(name + ": expected at least three atoms with a weight that are not in one line");
  growTree(reference);
}

}  // namespace

AlignmentReferences readAlignmentReferences(const std::vector<std::string>& lines, std::size_t atomCount) {
  std::vector<std::shared_ptr<AlignmentReference>> references;
  std::vector<bool> taken;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    const std::vector<double> values = sixNumbers(lines[n]);
    if (values.empty()) throw badLine(lines, n, "a reference, an atom, a weight and x, y, z");
    const std::size_t last = references.empty() ? 0 : references.size() - 1;
    if (!isBelow(values[0], references.size() + 1) || values[0] < static_cast<double>(last))
      throw badLine(lines, n, "references one after the other, counted from 0,");
    if (!isBelow(values[1], atomCount))
      throw badLine(lines, n, "atoms from 0 to " + std::to_string(atomCount) + " (exclusive)");
    if (!(values[2] >= 0)) throw badLine(lines, n, "a weight of at least 0");
    if (values[0] == static_cast<double>(references.size())) {
      references.push_back(std::make_shared<AlignmentReference>());
      references.back()->number = references.size() - 1;
      taken.assign(atomCount, false);
    }
    AlignmentReference& reference = *references.back();
    const std::size_t atom = static_cast<std::size_t>(values[1]);
    if (taken[atom]) throw badLine(lines, n, "each atom once in a reference");
    if (reference.atoms.size() == mostAtoms)
      throw badLine(lines, n, "at most " + std::to_string(mostAtoms) + " atoms in a reference");
    taken[atom] = true;
    reference.atoms.push_back(atom);
    reference.weights.push_back(values[2]);
    reference.centred.push_back({values[3], values[4], values[5]});
  }
  for (const auto& reference : references) complete(*reference);
  return {references.begin(), references.end()};
}

Matrix3 correlation(const AlignmentReference& reference, const std::vector<Vector3>& centred) {
  Matrix3 sum{};
  for (std::size_t i = 0; i < centred.size(); ++i)
    for (int a = 0; a < 3; ++a) {
      const double x = reference.weights[i] * centred[i][a];
      for (int b = 0; b < 3; ++b) sum[a][b] += x * reference.centred[i][b];
    }
  return sum;
}

bool isUnique(const OptimalRotation& rotation, const AlignmentReference& reference, double spread) {
  // the largest eigenvalue is at most this root; below the limit rounding would
  // reach the sixth digit of forces
  constexpr double smallest = 1e-9;
  return rotation.gap() > smallest * std::sqrt(spread * reference.spread);
}

}  // namespace latentcv
