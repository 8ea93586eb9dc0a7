#include "latentcv/look_stride.h"

#include "testing.h"

using latentcv::LookStride;

TEST_CASE("a fixed stride stays") {
  LookStride stride(7);
  stride.measured(7, 0.9);
  CHECK(stride.steps() == 7);
  stride.measured(7, 0.01);
  CHECK(stride.steps() == 7);
}

TEST_CASE("a stride grows to twice what was tried at most, to what half of the skin allows, and to a limit") {
  LookStride stride;
  CHECK(stride.steps() == 1);
  for (long long expected : {2, 4, 8, 16}) {
    stride.measured(stride.steps(), 0.1);
    CHECK(stride.steps() == expected);
  }
  stride.measured(16, 0.4);
  CHECK(stride.steps() == 20);
  for (int i = 0; i < 10; ++i) stride.measured(stride.steps(), 0);
  CHECK(stride.steps() == LookStride::most);
}

TEST_CASE("a stride shrinks with the square of what was too much, to one step where all was used up") {
  LookStride stride;
  stride.measured(40, 0.5);
  // not more than twice what was tried
  CHECK(stride.steps() == 40);
  stride.measured(40, 0.7);
  CHECK(stride.steps() == 20);
  stride.measured(20, 8);
  CHECK(stride.steps() == 1);
  stride.measured(1, INFINITY);
  CHECK(stride.steps() == 1);
}

TEST_CASE("a look before its time is no reason to look more often, and none at the same step is measured") {
  LookStride stride;
  stride.measured(60, 0.4);
  CHECK(stride.steps() == 75);
  stride.measured(3, 0.02);
  CHECK(stride.steps() == 75);
  stride.measured(0, 0.9);
  stride.measured(-5, 0.9);
  CHECK(stride.steps() == 75);
}
