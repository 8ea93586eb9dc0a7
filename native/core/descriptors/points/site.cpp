#include "descriptors/points/site.h"

#include <algorithm>
#include <cmath>

#include "descriptors/frame/alignment.h"
#include "descriptors/frame/three_centres.h"
#include "descriptors/number_words.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

const std::string word = "site";

Malformed malformedSite() { return {"a reference and x, y, z after site, or O A B at x y z"}; }

std::unique_ptr<Frame> frameOfReference(double number, std::size_t before,
                                        const AlignmentReferences& references) {
  const auto found = std::find_if(references.begin(), references.end(), [&](const auto& reference) {
    return static_cast<double>(reference->number) == number;
  });
  if (found == references.end())
    throw Malformed{"a reference from 0 to " + std::to_string(references.size()) + " (exclusive)"};
  for (const std::size_t atom : (*found)->atoms)
    if (atom >= before) throw Malformed{"a reference of atoms and points before it"};
  return std::make_unique<Alignment>(*found);
}

std::unique_ptr<Point> readInCentres(const std::string& text, std::size_t before) {
  const DescriptorLine line = readDescriptorLine(text, before);
  if (line.option != "at" || line.numbers.size() != 3 || line.groups.size() != 1 || line.atoms().size() != 3)
    throw malformedSite();
  return std::make_unique<Site>(std::make_unique<ThreeCentres>(line.atoms()),
                                Vector3{line.numbers[0], line.numbers[1], line.numbers[2]});
}

}  // namespace

bool isSite(const std::string& text) { return text.compare(0, word.size() + 1, word + " ") == 0; }

std::unique_ptr<Point> readSite(const std::string& text, std::size_t before,
                                const AlignmentReferences& references) {
  if (text.find(" at ") != std::string::npos) return readInCentres(text, before);
  const std::optional<std::vector<double>> numbers = numbersIn(text.substr(word.size()));
  const bool good = numbers && numbers->size() == 4 &&
                    std::all_of(numbers->begin(), numbers->end(), [](double x) { return std::isfinite(x); });
  if (!good) throw malformedSite();
  return std::make_unique<Site>(frameOfReference(numbers->front(), before, references),
                                Vector3{(*numbers)[1], (*numbers)[2], (*numbers)[3]});
}

Site::Site(std::unique_ptr<Frame> frame, const Vector3& place) : frame_(std::move(frame)) {
  for (int c = 0; c < 3; ++c) inFrame_[c] = place[c] - frame_->coordinates()[c];
}

Vector3 Site::evaluate(const double* positions, const Box& box) {
  frame_->fit(positions, box);
  fromCentre_ = frame_->turnedBack(inFrame_);
  const Vector3& centre = frame_->centre();
  return {centre[0] + fromCentre_[0], centre[1] + fromCentre_[1], centre[2] + fromCentre_[2]};
}

void Site::pullBack(const Vector3& derivative, double* gradient, double* boxGradient) const {
  frame_->clearPulls();
  frame_->pullCentre(derivative);
  for (int a = 0; a < 3; ++a) frame_->pullRotation(a, scaled(inFrame_[a], derivative));
  frame_->pullBack(gradient, boxGradient);
  // a strain turns and moves the site with the group, and does not stretch the way to it
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) boxGradient[3 * a + b] += fromCentre_[a] * derivative[b];
}

}  // namespace latentcv
