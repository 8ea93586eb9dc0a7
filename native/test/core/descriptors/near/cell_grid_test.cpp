#include "descriptors/near/cell_grid.h"

#include "descriptors/near/pair_search.h"
#include "water.h"

using latentcv::AtomIndices;
using latentcv::CellGrid;
using latentcv::PairSearch;

namespace {

const Numbers cubic = {3, 0, 0, 0, 3.2, 0, 0, 0, 3.4}, skewed = {3, 0, 0, 1.4, 2.9, 0, -1.2, 1.1, 2.8},
              flat = {7, 0, 0, 0, 0.9, 0, 0, 0, 7};

AtomIndices every(std::size_t first, std::size_t last, std::size_t step) {
  AtomIndices all;
  for (std::size_t i = first; i < last; i += step) all.push_back(i);
  return all;
}

/** How many pairs within reach are not found, or not in their order; and how many are found that are none. */
std::size_t wrong(const std::vector<AtomIndices>& groups, double reach, const Walkers& walkers) {
  latentcv::DescriptorLine line;
  line.groups = groups;
  std::vector<std::pair<std::size_t, std::size_t>> expected, found;
  for (const latentcv::AtomPair& pair : line.pairs())
    if (!(squaredDistance(walkers.positions(), walkers.box(), pair.first, pair.second) > reach * reach))
      expected.push_back({pair.first, pair.second});
  PairSearch search({{groups, reach}});
  search.within(reach, groups, walkers.positions().data(), walkers.box(),
                [&](std::size_t first, std::size_t second) { found.push_back({first, second}); });
  CHECK(expected.size() > 100);
  std::size_t different = found.size() == expected.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
    different += found[i] != expected[i];
  return different;
}

}  // namespace

TEST_CASE("pairs by cells are those of all pairs, in their order, in every box and in none") {
  const std::vector<std::vector<AtomIndices>> cases = {{every(0, 800, 1)},
                                                       {every(0, 800, 2), every(100, 800, 3)}};
  for (const Numbers& rows : {Numbers{}, cubic, skewed, flat})
    for (const auto& groups : cases)
      for (double reach : {0.25, 0.31}) {
        Walkers walkers(800, rows, 3, 8);
        CellGrid grid;
        // the others are few for the flat box
        if (groups.size() == 1)
          CHECK(grid.sort(reach, groups.back(), walkers.positions().data(), walkers.box()));
        std::size_t different = 0;
        for (int step = 0; step < 5; ++step) {
          different += wrong(groups, reach, walkers);
          walkers.step(0.1);
          walkers.breathe(1e-3);
          walkers.relabelBox();
        }
        CHECK(different == 0);
      }
}

TEST_CASE("there are no cells where they would be few, or a coordinate is no number") {
  Walkers walkers(200, cubic, 3, 9);
  CellGrid grid;
  CHECK(grid.sort(0.45, every(0, 200, 1), walkers.positions().data(), walkers.box()));
  CHECK(!grid.sort(0.6, every(0, 200, 1), walkers.positions().data(), walkers.box()));
  for (const Numbers& rows : {Numbers{}, cubic})
    for (double bad : {std::nan(""), double(INFINITY)}) {
      walkers.positions()[300] = bad;
      CHECK(!grid.sort(0.3, every(0, 200, 1), walkers.positions().data(), boxOf(rows)));
    }
}

TEST_CASE("pairs by cells where some are far away, and where some are no numbers") {
  for (const Numbers& rows : {Numbers{}, cubic})
    for (double x : {1e12, -1e10, 7e4}) {
      Walkers walkers(800, rows, 3, 10);
      walkers.positions()[300] = x;
      CHECK(wrong({every(0, 800, 1)}, 0.31, walkers) == 0);
      CHECK(wrong({every(0, 400, 1), every(300, 800, 1)}, 0.31, walkers) == 0);
    }
  Walkers walkers(800, cubic, 3, 10);
  walkers.positions()[300] = std::nan("");
  CHECK(wrong({every(0, 800, 1)}, 0.31, walkers) == 0);
  CHECK(wrong({every(0, 400, 1), every(300, 800, 1)}, 0.31, walkers) == 0);
}
