#include "model/scaled_outputs.h"

#include "testing.h"

using namespace latentcv;

namespace {

/** x² and 3 x of one x. */
class TwoOutputs : public Evaluator {
 public:
  std::size_t inputs() const override { return 1; }
  std::size_t outputs() const override { return 2; }
  void evaluate(const double* x, double* cv, double* jacobian) override {
    x_ = *x;
    cv[0] = x_ * x_;
    cv[1] = 3 * x_;
    if (!jacobian) return;
    jacobian[0] = 2 * x_;
    jacobian[1] = 3;
  }
  void vectorJacobian(const double* cotangents, double* gradient) override {
    *gradient = cotangents[0] * 2 * x_ + cotangents[1] * 3;
  }

 private:
  double x_ = 0;
};

}  // namespace

TEST_CASE("outputs are multiplied by their factors, derivatives and reverse passes with them") {
  const auto scaled = scaledOutputs(std::make_unique<TwoOutputs>(), {1, 0.5});
  const double x = 2, cotangents[] = {1, 10};
  double values[2], jacobian[2], gradient = 0;
  scaled->evaluate(&x, values, jacobian);
  CHECK((values[0] == 4 && values[1] == 3));
  CHECK((jacobian[0] == 4 && jacobian[1] == 1.5));
  scaled->evaluate(&x, values, nullptr);
  CHECK(values[1] == 3);
  scaled->vectorJacobian(cotangents, &gradient);
  CHECK(gradient == 4 + 15);
}
