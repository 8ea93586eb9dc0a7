#pragma once

namespace latentcv {

/**
 * After how many steps all atoms are to be looked at again. By itself it learns that from what was used of the skin of a list
 * of neighbours, so that about half is used each time: where atoms speed up to twice, they are still seen coming.
 */
class LookStride {
 public:
  /** The most steps that it takes by itself. */
  static constexpr long long most = 100;

  /** `fixed` steps, or where that is 0 as many as motion lets it, 1 at first. */
  explicit LookStride(long long fixed = 0);

  long long steps() const { return steps_; }

  /** That so much of the skin was used in so many steps. */
  void measured(long long steps, double used);

 private:
  bool fixed_;
  long long steps_;
};

}  // namespace latentcv
