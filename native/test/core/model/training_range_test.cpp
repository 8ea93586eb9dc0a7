#include "latentcv/training_range.h"

#include "testing.h"

using namespace latentcv;

TEST_CASE("the input that lies furthest beyond its range counts, in units of the range") {
  Metadata metadata;
  metadata.inputMin = {0, -1, 5};
  metadata.inputMax = {2, 1, 5};
  const TrainingRange range(metadata);
  CHECK(range.known());
  const auto outside = [&](std::vector<double> x) { return range.outside(x.data()); };
  CHECK(outside({0, 1, 5}) == 0);
  CHECK(outside({1, 0, 7}) == 0);
  CHECK(outside({3, 0, 5}) == near(0.5, 1e-15));
  CHECK(outside({-0.5, -5, 5}) == near(2, 1e-15));
}

TEST_CASE("a periodic input counts the shorter way round") {
  Metadata metadata;
  metadata.inputMin = {2};
  metadata.inputMax = {3};
  metadata.inputPeriods = {{true, -3, 3}};
  const TrainingRange range(metadata);
  const auto outside = [&](double x) { return range.outside(&x); };
  CHECK(outside(-2.75) == near(0.25, 1e-15));
  CHECK(outside(1.5) == near(0.5, 1e-15));
  CHECK(outside(2.5 - 6) == 0);
}

TEST_CASE("a file without ranges") {
  const TrainingRange range{Metadata()};
  CHECK((!range.known() && range.outside(nullptr) == 0));
}
