#include "descriptors/near/neighbour_list.h"

#include "water.h"

using latentcv::AtomIndices;
using latentcv::AtomPair;
using latentcv::NeighbourGroups;
using latentcv::NeighbourList;

namespace {

AtomIndices range(std::size_t first, std::size_t last) {
  AtomIndices all;
  for (std::size_t i = first; i < last; ++i) all.push_back(i);
  return all;
}

// two atoms and others that stand apart in the list, among sixty; five of these within themselves; an atom of both
const std::vector<NeighbourGroups> groups = {
    {{{0, 1}, range(2, 60)}, 0.4}, {{{7, 9, 8, 30, 59}}, 0.5}, {{{5, 3}, {20, 3, 5, 40, 41, 6}}, 0.3}};

/** How many of the pairs that are near are not in the list: none may be. */
std::size_t missing(const NeighbourList& list, const Numbers& at, const Box& box) {
  std::size_t count = 0, start = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    latentcv::DescriptorLine line;
    line.groups = groups[g].groups;
    std::size_t p = start;
    for (const AtomPair& pair : line.pairs()) {
      const bool listed =
          p < list.end(g) && list.pairs()[p].first == pair.first && list.pairs()[p].second == pair.second;
      p += listed;
      const double squared = squaredDistance(at, box, pair.first, pair.second);
      count += !listed && squared <= groups[g].cutoff * groups[g].cutoff;
    }
    // all that is listed is a pair, in their order
    count += p != list.end(g);
    start = list.end(g);
  }
  return count;
}

struct Walk {
  Numbers rows;
  double breath;
};

/** Returns how often the list was built. */
std::size_t expectNoneMissing(const Walk& walk, std::size_t steps) {
  Walkers walkers(60, walk.rows, 1.4, 5);
  NeighbourList list(groups);
  std::size_t bad = 0;
  for (std::size_t i = 0; i < steps; ++i) {
    walkers.step(0.002);
    if (walk.breath > 0) walkers.breathe(walk.breath);
    if (i % 5000 == 4999) walkers.relabelBox();
    list.update(walkers.positions().data(), walkers.box());
    bad += missing(list, walkers.positions(), walkers.box());
  }
  CHECK(bad == 0);
  return list.builds();
}

// small enough that images of the same atom are near, and that a pair's nearest image changes
const Numbers cubic = {1.3, 0, 0, 0, 1.5, 0, 0, 0, 1.4}, skewed = {1.4, 0, 0, 0.6, 1.3, 0, -0.5, 0.4, 1.2};

}  // namespace

TEST_CASE("no pair within the cutoff is ever missing from the list, over 10^5 steps") {
  const Walk walks[] = {{{}, 0}, {cubic, 0}, {cubic, 1e-4}, {skewed, 0}, {skewed, 1e-4}};
  for (const Walk& walk : walks) {
    const std::size_t builds = expectNoneMissing(walk, 20000);
    // and it is a list: found anew at few of the steps, the jumps among them
    INFO(builds);
    CHECK(builds < 20000 / 5);
    CHECK(builds > 200);
  }
}

TEST_CASE(
    "nor where two atoms run straight at each other, across the boundary, and the box shrinks meanwhile") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::size_t bad = 0, met = 0;
  for (int attempt = 0; attempt < 600; ++attempt) {
    Numbers rows = attempt % 2 == 0 ? cubic : skewed;
    NeighbourList list({{{{0}, {1}}, 0.4}});
    latentcv::Vector3 way = {uniform(random), uniform(random), uniform(random)};
    const double length = std::sqrt(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
    // just out of a list's reach at first
    const double apart = 0.4 * 1.2 * (1 + 0.01 * (1 + uniform(random))), share = (1 + uniform(random)) / 2;
    const double shrinking = attempt % 3 == 0 ? 2e-4 : 0;
    Numbers at(6);
    for (std::size_t c = 0; c < 3; ++c) {
      way[c] /= length;
      at[c] = uniform(random);
      at[3 + c] = at[c] + apart * way[c] + rows[c] - rows[3 + c];
    }
    for (int step = 0; step < 200; ++step) {
      list.update(at.data(), boxOf(rows));
      const double squared = squaredDistance(at, boxOf(rows), 0, 1);
      bad += squared <= 0.16 && list.pairs().empty();
      met += squared <= 0.16;
      for (double& number : at) number *= 1 - shrinking;
      for (double& number : rows) number *= 1 - shrinking;
      for (std::size_t c = 0; c < 3; ++c) {
        at[c] += 0.001 * share * way[c];
        at[3 + c] -= 0.001 * (1 - share) * way[c];
      }
    }
  }
  CHECK(bad == 0);
  CHECK(met > 600 * 50);
}

TEST_CASE("a list is found anew where the box comes, goes, or becomes another") {
  const NeighbourGroups all{{{0, 1}, range(2, 60)}, 0.4};
  Walkers walkers(60, skewed, 1.4, 6);
  NeighbourList list({all});
  const auto builds = [&](const Box& box) {
    list.update(walkers.positions().data(), box);
    return list.builds();
  };
  CHECK(builds(walkers.box()) == 1);
  CHECK(builds(walkers.box()) == 1);
  CHECK(builds(Box()) == 2);
  CHECK(builds(walkers.box()) == 3);
  Numbers rows = skewed;
  rows[0] *= 1 + 1e-5;
  CHECK(builds(boxOf(rows)) == 3);
  rows[0] *= 1.2;
  CHECK(builds(boxOf(rows)) == 4);
}

TEST_CASE("a coordinate that is no number is near everything") {
  Walkers walkers(60, cubic, 1.4, 7);
  NeighbourList list({{{{0, 1}, range(2, 60)}, 0.1}});
  list.update(walkers.positions().data(), walkers.box());
  const std::size_t before = list.pairs().size();
  walkers.positions()[3 * 30] = std::nan("");
  list.update(walkers.positions().data(), walkers.box());
  CHECK(list.builds() == 2);
  CHECK(list.pairs().size() <= before + 2);
  std::size_t of30 = 0;
  for (const AtomPair& pair : list.pairs()) of30 += pair.second == 30;
  CHECK(of30 == 2);
}
