#include "descriptors/near/neighbour_vectors.h"

#include <algorithm>
#include <locale>
#include <sstream>

#include "latentcv/error.h"

namespace latentcv {
namespace {

// of images of pairs: a hundredth of a second's work, as a file may ask for very many, line by line
constexpr double mostLookedAt = 1 << 22;

std::vector<std::uint32_t> placesInGroup(const AtomIndices& group) {
  std::vector<std::uint32_t> places(*std::max_element(group.begin(), group.end()) + 1);
  for (std::size_t i = 0; i < group.size(); ++i) places[group[i]] = static_cast<std::uint32_t>(i);
  return places;
}

std::string lengthWord(double length) {
  std::ostringstream word(std::ios_base::out);
  word.imbue(std::locale::classic());
  word << length;
  return word.str();
}

}  // namespace

NeighbourVectors::NeighbourVectors(const NeighbourGroups& groups, std::string name)
    : name_(std::move(name)),
      cutoff_(groups.cutoff),
      list_({groups}),
      firstGroup_(groups.groups.front()),
      secondGroup_(groups.groups.back()),
      onlyGroup_(groups.groups.size() == 1),
      secondAtoms_(secondGroup_.size()),
      firstPlace_(placesInGroup(firstGroup_)),
      secondPlace_(placesInGroup(secondGroup_)),
      starts_(firstGroup_.size() + 1) {
  makeRoom(0);
}

void NeighbourVectors::update(const double* positions, const Box& box) {
  // of a smaller box the nearest image is not the only one
  if (!(cutoff_ <= box.halfShortest())) {
    findImages(positions, box);
    keepImages();
  } else {
    list_.update(positions, box);
    makeRoom(list_.pairs().size());
    subtract(positions, box);
    keepNear();
  }
  fillUp();
}

void NeighbourVectors::findImages(const double* positions, const Box& box) {
  const Lattice lattice(box);
  expectFewImages(lattice);
  images_.clear();
  for (std::uint32_t i = 0; i < firstGroup_.size(); ++i)
    for (std::uint32_t j = onlyGroup_ ? i : 0; j < secondGroup_.size(); ++j) {
      const double *a = positions + 3 * firstGroup_[i], *b = positions + 3 * secondGroup_[j];
      addImages(lattice, i, j, {b[0] - a[0], b[1] - a[1], b[2] - a[2]});
    }
}

void NeighbourVectors::makeRoom(std::size_t pairs) {
  const std::size_t needed = padded<double>(pairs + pairPadding);
  if (squares_.size() >= needed && !squares_.empty()) return;
  // more than that, so that the next lists find it
  const std::size_t room = padded<double>(needed + needed / 4);
  for (Buffer<double>* each : {&vectors_, &derivatives_}) each->assign(3 * room, 0.0);
  squares_.assign(room, 0.0);
  first_.resize(room);
  second_.resize(room);
}

void NeighbourVectors::subtract(const double* positions, const Box& box) {
  const std::vector<AtomPair>& pairs = list_.pairs();
  const Planes d = vectors();
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const double *a = positions + 3 * pairs[p].first, *b = positions + 3 * pairs[p].second;
    d.x[p] = b[0] - a[0];
    d.y[p] = b[1] - a[1];
    d.z[p] = b[2] - a[2];
  }
  pairKernels().wrap(box.lattice(), pairs.size(), d);
}

/** Of the pairs of the list, which has a skin, those within the cutoff; what is no number is near, so that it shows. */
void NeighbourVectors::keepNear() {
  const std::vector<AtomPair>& pairs = list_.pairs();
  const Planes d = vectors();
  std::fill(starts_.begin(), starts_.end(), 0);
  count_ = 0;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const double x = d.x[p], y = d.y[p], z = d.z[p], squared = x * x + y * y + z * z;
    if (squared > cutoff_ * cutoff_) continue;
    d.x[count_] = x;
    d.y[count_] = y;
    d.z[count_] = z;
    squares_[count_] = squared;
    first_[count_] = firstPlace_[pairs[p].first];
    second_[count_] = secondPlace_[pairs[p].second];
    ++starts_[first_[count_++] + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

void NeighbourVectors::expectFewImages(const Lattice& lattice) const {
  double many = static_cast<double>(firstGroup_.size()) * static_cast<double>(secondGroup_.size());
  for (int axis = 0; axis < 3; ++axis) many *= lattice.mostAlong(axis, cutoff_);
  if (many <= mostLookedAt) return;
  throw Error(ErrorCode::badArgument,
              "expected a cutoff of " + name_ + " that is less beyond half the shortest vector of the box, " +
                  lengthWord(lattice.halfShortest()) + ": of so many atoms, too many images are within " +
                  lengthWord(cutoff_) + ". Take a smaller cutoff or a larger box");
}

void NeighbourVectors::addImages(const Lattice& lattice, std::uint32_t first, std::uint32_t second,
                                 const Vector3& difference) {
  const bool same = firstGroup_[first] == secondGroup_[second];
  lattice.forEachWithin(cutoff_, difference, [&](const Vector3& vector, const std::array<long, 3>& steps) {
    // an atom is no neighbour of itself; of one group a vector and its reverse are one pair
    const bool forward = steps[0] > 0 || (steps[0] == 0 && (steps[1] > 0 || (steps[1] == 0 && steps[2] > 0)));
    const bool none = steps[0] == 0 && steps[1] == 0 && steps[2] == 0;
    if (same && !(onlyGroup_ ? forward : !none)) return;
    images_.push_back({first, second, vector});
  });
}

void NeighbourVectors::keepImages() {
  makeRoom(images_.size());
  const Planes d = vectors();
  std::fill(starts_.begin(), starts_.end(), 0);
  count_ = 0;
  for (const Image& image : images_) {
    const Vector3& v = image.vector;
    d.x[count_] = v[0];
    d.y[count_] = v[1];
    d.z[count_] = v[2];
    squares_[count_] = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    first_[count_] = image.first;
    second_[count_] = image.second;
    ++starts_[first_[count_++] + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

void NeighbourVectors::fillUp() {
  const Planes d = vectors();
  for (std::size_t p = count_; p < count_ + pairPadding; ++p) {
    d.x[p] = cutoff_;
    d.y[p] = d.z[p] = 0;
    squares_[p] = cutoff_ * cutoff_;
  }
}

void NeighbourVectors::pullBack(double* gradient, double* boxGradient) const {
  const Planes d = vectors(), by = derivatives();
  double products[9] = {};
  for (std::size_t p = 0; p < count_; ++p) {
    const double from[3] = {d.x[p], d.y[p], d.z[p]}, along[3] = {by.x[p], by.y[p], by.z[p]};
    double *a = gradient + 3 * firstGroup_[first_[p]], *b = gradient + 3 * secondGroup_[second_[p]];
    for (std::size_t c = 0; c < 3; ++c) {
      a[c] -= along[c];
      b[c] += along[c];
      for (std::size_t e = 0; e < 3; ++e) products[3 * c + e] += from[c] * along[e];
    }
  }
  for (std::size_t i = 0; i < 9; ++i) boxGradient[i] -= products[i];
}

}  // namespace latentcv
