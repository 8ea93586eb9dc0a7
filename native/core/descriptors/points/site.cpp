#include "descriptors/points/site.h"

#include <algorithm>
#include <cmath>

#include "descriptors/line.h"
#include "descriptors/number_words.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

const std::string word = "site";

}  // namespace

bool isSite(const std::string& text) { return text.compare(0, word.size() + 1, word + " ") == 0; }

std::unique_ptr<Point> readSite(const std::string& text, std::size_t before,
                                const AlignmentReferences& references) {
  const std::optional<std::vector<double>> numbers = numbersIn(text.substr(word.size()));
  const bool good = numbers && numbers->size() == 4 &&
                    std::all_of(numbers->begin(), numbers->end(), [](double x) { return std::isfinite(x); });
  if (!good) throw Malformed{"a reference and x, y, z after site"};
  const auto found = std::find_if(references.begin(), references.end(), [&](const auto& reference) {
    return static_cast<double>(reference->number) == numbers->front();
  });
  if (found == references.end())
    throw Malformed{"a reference from 0 to " + std::to_string(references.size()) + " (exclusive)"};
  for (const std::size_t atom : (*found)->atoms)
    if (atom >= before) throw Malformed{"a reference of atoms and points before it"};
  return std::make_unique<Site>(*found, Vector3{(*numbers)[1], (*numbers)[2], (*numbers)[3]});
}

Site::Site(std::shared_ptr<const AlignmentReference> reference, const Vector3& place)
    : alignment_(std::move(reference)) {
  const Vector3& centre = alignment_.reference().centre;
  for (int c = 0; c < 3; ++c) inFrame_[c] = place[c] - centre[c];
}

Vector3 Site::evaluate(const double* positions, const Box& box) {
  alignment_.fit(positions, box);
  fromCentre_ = alignment_.turnedBack(inFrame_);
  const Vector3& centre = alignment_.centre();
  return {centre[0] + fromCentre_[0], centre[1] + fromCentre_[1], centre[2] + fromCentre_[2]};
}

void Site::pullBack(const Vector3& derivative, double* gradient, double* boxGradient) const {
  alignment_.clearPulls();
  alignment_.pullCentre(derivative);
  for (int a = 0; a < 3; ++a) alignment_.pullRotation(a, scaled(inFrame_[a], derivative));
  alignment_.pullBack(gradient, boxGradient);
  // a strain turns and moves the site with the group, and does not stretch the way to it
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) boxGradient[3 * a + b] += fromCentre_[a] * derivative[b];
}

}  // namespace latentcv
