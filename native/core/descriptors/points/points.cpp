#include "descriptors/points/points.h"

#include <algorithm>

#include "descriptors/line.h"
#include "descriptors/points/centre.h"
#include "descriptors/points/site.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

Error badLine(const std::vector<std::string>& lines, std::size_t number, const std::string& expected) {
  return badModel("line " + std::to_string(number + 1) + " of latentcv.descriptors.points: expected " +
                  expected + " but received \"" + lines[number] + "\"");
}

std::unique_ptr<Point> readPoint(const std::string& text, std::size_t before,
                                 const AlignmentReferences& references) {
  // its numbers are no atoms
  if (isSite(text)) return readSite(text, before, references);
  const DescriptorLine line = readDescriptorLine(text, before);
  if (line.kind == "centre") return std::make_unique<Centre>(line);
  throw Malformed{"a point that this version knows (centre, site)"};
}

}  // namespace

Points::Points(const std::vector<std::string>& lines, std::size_t atoms,
               const AlignmentReferences& references)
    : atoms_(atoms) {
  for (std::size_t number = 0; number < lines.size(); ++number) try {
      points_.push_back(readPoint(lines[number], atoms + number, references));
    } catch (const Malformed& malformed) {
      throw badLine(lines, number, malformed.expected);
    }
}

void Points::evaluate(double* positions, const Box& box) {
  for (std::size_t p = 0; p < count(); ++p) {
    const Vector3 at = points_[p]->evaluate(positions, box);
    std::copy(at.begin(), at.end(), positions + 3 * (atoms_ + p));
  }
}

void Points::pullBack(double* gradient, double* boxGradient) const {
  // a point may be made of those before it
  for (std::size_t p = count(); p-- > 0;) {
    const double* at = gradient + 3 * (atoms_ + p);
    points_[p]->pullBack({at[0], at[1], at[2]}, gradient, boxGradient);
  }
}

}  // namespace latentcv
