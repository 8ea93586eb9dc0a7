#include "descriptors/near/neighbour_vectors.h"

#include <set>

#include "water.h"

using latentcv::AtomIndices;
using latentcv::NeighbourVectors;

namespace {

const Numbers cubic = {1.3, 0, 0, 0, 1.5, 0, 0, 0, 1.4}, skewed = {1.4, 0, 0, 0.6, 1.3, 0, -0.5, 0.4, 1.2};

AtomIndices every(std::size_t first, std::size_t last, std::size_t step) {
  AtomIndices all;
  for (std::size_t i = first; i < last; i += step) all.push_back(i);
  return all;
}

/** How many pairs are wrong: there and far, near and not there, with another vector than that of the nearest image. */
std::size_t wrongPairs(const NeighbourVectors& neighbours, const std::vector<AtomIndices>& groups,
                       double cutoff, const Numbers& at, const Box& box) {
  std::size_t wrong = 0;
  std::set<std::pair<std::size_t, std::size_t>> found;
  const latentcv::Planes d = neighbours.vectors();
  for (std::size_t i = 0; i < neighbours.firstAtoms(); ++i)
    for (std::size_t p = neighbours.start(i); p < neighbours.start(i + 1); ++p) {
      wrong += neighbours.first()[p] != i;
      const std::size_t a = groups.front()[i], b = groups.back()[neighbours.second()[p]];
      found.insert({a, b});
      const double squared = d.x[p] * d.x[p] + d.y[p] * d.y[p] + d.z[p] * d.z[p];
      wrong += !(std::abs(squared - squaredDistance(at, box, a, b)) < 1e-12);
      wrong += neighbours.squares()[p] != squared;
    }
  wrong +=
      found.size() != neighbours.count() || neighbours.start(neighbours.firstAtoms()) != neighbours.count();
  latentcv::DescriptorLine line;
  line.groups = groups;
  std::size_t expected = 0;
  for (const latentcv::AtomPair& pair : line.pairs()) {
    if (squaredDistance(at, box, pair.first, pair.second) > cutoff * cutoff) continue;
    ++expected;
    wrong += found.count({pair.first, pair.second}) == 0;
  }
  return wrong + (expected != neighbours.count());
}

Near slopeOf(double up, double down, double h) { return near((up - down) / (2 * h), 1e-7); }

}  // namespace

TEST_CASE("the neighbours of atoms, and the vectors to them, are those of all pairs in every box") {
  const std::vector<std::vector<AtomIndices>> cases = {{every(0, 60, 1)}, {{9, 3, 50, 7}, every(2, 60, 3)}};
  for (const Numbers& rows : {Numbers{}, cubic, skewed})
    for (const auto& groups : cases) {
      Walkers walkers(60, rows, 1.4, 5);
      NeighbourVectors neighbours({groups, 0.55}, "test");
      std::size_t wrong = 0;
      for (int step = 0; step < 300; ++step) {
        walkers.step(0.003);
        walkers.breathe(1e-4);
        neighbours.update(walkers.positions().data(), walkers.box());
        wrong += wrongPairs(neighbours, groups, 0.55, walkers.positions(), walkers.box());
      }
      CHECK(wrong == 0);
    }
}

TEST_CASE("the derivatives of Σ |d|⁴ by the vectors go to the atoms and the box as central differences say") {
  constexpr double h = 1e-6;
  const std::vector<AtomIndices> groups = {{9, 3, 50, 7}, every(2, 60, 3)};
  for (const Numbers& rows : {Numbers{}, cubic, skewed}) {
    const Walkers walkers(60, rows, 1.4, 6);
    NeighbourVectors neighbours({groups, 0.55}, "test");
    const auto sum = [&](const Numbers& at, const Numbers& boxRows) {
      neighbours.update(at.data(), boxOf(boxRows));
      double total = 0;
      for (std::size_t p = 0; p < neighbours.count(); ++p)
        total += neighbours.squares()[p] * neighbours.squares()[p];
      return total;
    };
    const Numbers& at = walkers.positions();
    sum(at, rows);
    for (std::size_t p = 0; p < neighbours.count(); ++p) {
      const double slope = 4 * neighbours.squares()[p];
      neighbours.derivatives().x[p] = slope * neighbours.vectors().x[p];
      neighbours.derivatives().y[p] = slope * neighbours.vectors().y[p];
      neighbours.derivatives().z[p] = slope * neighbours.vectors().z[p];
    }
    Numbers gradient(at.size()), boxGradient(9);
    neighbours.pullBack(gradient.data(), boxGradient.data());
    for (std::size_t i = 0; i < at.size(); ++i) {
      Numbers up = at, down = at;
      up[i] += h;
      down[i] -= h;
      CHECK(gradient[i] == slopeOf(sum(up, rows), sum(down, rows), h));
    }
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        CHECK(-boxGradient[3 * a + b] == slopeOf(sum(strained(at, a, b, h), strained(rows, a, b, h)),
                                                 sum(strained(at, a, b, -h), strained(rows, a, b, -h)), h));
  }
}

TEST_CASE("half the shortest vector of a lattice") {
  CHECK(Box().halfShortest() == INFINITY);
  CHECK(boxOf(cubic).halfShortest() == near(0.65, 1e-15));
  // two steps along the shortest vector of a box whose edges are long
  CHECK(boxOf({1, 0, 0, 5.1, 0.6, 0, 0, 0, 2}).halfShortest() == near(std::sqrt(0.37) / 2, 1e-12));
}

TEST_CASE("in a box that is smaller than twice the cutoff, images are neighbours, an atom's own among them") {
  const Numbers at = {0, 0, 0, 0.1, 0, 0}, rows = {0.5, 0, 0, 0, 9, 0, 0, 0, 9};
  NeighbourVectors within({{{0, 1}}, 0.65}, "test"), across({{{0}, {0, 1}}, 0.65}, "test");
  within.update(at.data(), boxOf(rows));
  across.update(at.data(), boxOf(rows));
  const auto found = [](const NeighbourVectors& neighbours) {
    std::multiset<int> all;
    for (std::size_t p = 0; p < neighbours.count(); ++p)
      all.insert(static_cast<int>(std::lround(100 * neighbours.vectors().x[p])));
    return all;
  };
  // of each atom its own image, one way, and of the second seen from the first three
  CHECK(found(within) == std::multiset<int>{50, 50, -40, 10, 60});
  CHECK(found(across) == std::multiset<int>{-50, 50, -40, 10, 60});
  CHECK(within.start(1) == 4);
  // the list goes on where the box has grown
  within.update(at.data(), boxOf({9, 0, 0, 0, 9, 0, 0, 0, 9}));
  CHECK(found(within) == std::multiset<int>{10});
}

TEST_CASE("too many images are an error, and what is no number shows") {
  const Numbers at = {0, 0, 0, 0.1, 0, 0};
  NeighbourVectors neighbours({{{0, 1}}, 500}, "steinhardt");
  CHECK_THROWS_WITH(
      neighbours.update(at.data(), boxOf({1, 0, 0, 0, 1, 0, 0, 0, 1})),
      contains("expected a cutoff of steinhardt that is less beyond half the shortest vector of the box, "
               "0.5: of so many atoms, too many images are within 500"));
  NeighbourVectors near({{{0, 1}}, 0.7}, "steinhardt");
  near.update(Numbers{0, 0, 0, NAN, 0, 0}.data(), boxOf({1, 0, 0, 0, 1, 0, 0, 0, 1}));
  bool shows = false;
  for (std::size_t p = 0; p < near.count(); ++p) shows = shows || std::isnan(near.squares()[p]);
  CHECK(shows);
}
