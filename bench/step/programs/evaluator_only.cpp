#include <memory>
#include <vector>

#include "core/ActionRegister.h"
#include "core/ActionWithValue.h"
#include "latentcv/model.h"

namespace PLMD {
namespace latentcv_bench {

//+PLUMEDOC FUNCTION EVALUATOR_ONLY
/*
The native evaluator in double, on numbers of its own: values when components are calculated, one reverse pass
for the forces on them, which go nowhere. It tells what evaluation alone costs in a step, that is in the
caches as PLUMED's other actions leave them.
*/
//+ENDPLUMEDOC

class EvaluatorOnly : public ActionWithValue {
 public:
  static void registerKeywords(Keywords& keys);
  explicit EvaluatorOnly(const ActionOptions& options);

  unsigned getNumberOfDerivatives() override { return 0; }
  void calculate() override;
  void apply() override;

 private:
  std::unique_ptr<latentcv::Model> model_;
  std::vector<double> x_, outputs_, forcesOnOutputs_, forces_;
};

PLUMED_REGISTER_ACTION(EvaluatorOnly, "EVALUATOR_ONLY")

void EvaluatorOnly::registerKeywords(Keywords& keys) {
  Action::registerKeywords(keys);
  ActionWithValue::registerKeywords(keys);
  keys.add("compulsory", "FILE", "the model");
  keys.addOutputComponent("node", "default", "scalar", "an output of the model");
}

EvaluatorOnly::EvaluatorOnly(const ActionOptions& options) : Action(options), ActionWithValue(options) {
  std::string file;
  parse("FILE", file);
  checkRead();
  model_ = std::make_unique<latentcv::Model>(file, latentcv::ModelOptions{});
  x_.assign(model_->inputs(), 0.5);
  outputs_.resize(model_->outputs());
  forcesOnOutputs_.resize(outputs_.size());
  forces_.resize(x_.size());
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const std::string name = "node-" + std::to_string(i);
    addComponent(name);
    componentIsNotPeriodic(name);
  }
}

void EvaluatorOnly::calculate() {
  model_->evaluator().evaluate(x_.data(), outputs_.data(), nullptr);
  for (std::size_t i = 0; i < outputs_.size(); ++i) getPntrToComponent(static_cast<int>(i))->set(outputs_[i]);
}

void EvaluatorOnly::apply() {
  for (std::size_t i = 0; i < outputs_.size(); ++i)
    forcesOnOutputs_[i] = getPntrToComponent(static_cast<int>(i))->getForce();
  model_->evaluator().vectorJacobian(forcesOnOutputs_.data(), forces_.data());
}

}  // namespace latentcv_bench
}  // namespace PLMD
