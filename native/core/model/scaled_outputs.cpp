#include "model/scaled_outputs.h"

#include <utility>

namespace latentcv {
namespace {

class ScaledOutputs final : public Evaluator {
 public:
  ScaledOutputs(std::unique_ptr<Evaluator> evaluator, std::vector<double> factors)
      : evaluator_(std::move(evaluator)), factors_(std::move(factors)), cotangents_(factors_.size()) {}

  std::size_t inputs() const override { return evaluator_->inputs(); }
  std::size_t outputs() const override { return evaluator_->outputs(); }
  bool singlePrecision() const override { return evaluator_->singlePrecision(); }

  void evaluate(const double* x, double* cv, double* jacobian) override {
    evaluator_->evaluate(x, cv, jacobian);
    for (std::size_t k = 0; k < factors_.size(); ++k) {
      cv[k] *= factors_[k];
      for (std::size_t i = 0; jacobian && i < inputs(); ++i) jacobian[k * inputs() + i] *= factors_[k];
    }
  }

  void vectorJacobian(const double* cotangents, double* gradient) override {
    for (std::size_t k = 0; k < factors_.size(); ++k) cotangents_[k] = cotangents[k] * factors_[k];
    evaluator_->vectorJacobian(cotangents_.data(), gradient);
  }

 private:
  std::unique_ptr<Evaluator> evaluator_;
  std::vector<double> factors_, cotangents_;
};

}  // namespace

std::unique_ptr<Evaluator> scaledOutputs(std::unique_ptr<Evaluator> evaluator, std::vector<double> factors) {
  return std::make_unique<ScaledOutputs>(std::move(evaluator), std::move(factors));
}

}  // namespace latentcv
