#pragma once

#include <memory>
#include <string>
#include <vector>

#include "argument_input.h"
#include "atom_input.h"
#include "compatibility.h"
#include "core/ActionAtomistic.h"
#include "latentcv/model.h"
#include "latentcv/training_range.h"

namespace PLMD {
namespace latentcv_plugin {

/** The action ONNX_MODEL; onnx_model.cpp has its documentation. */
class OnnxModel : public ActionAtomistic, public ActionWithArguments, public ActionWithValue {
 public:
  static void registerKeywords(Keywords& keys);
  explicit OnnxModel(const ActionOptions& options);

  unsigned getNumberOfDerivatives() override;
  void calculate() override;
  void apply() override;
  void calculateNumericalDerivatives(ActionWithValue* action = nullptr) override;
  void lockRequests() override;
  void unlockRequests() override;

 private:
  // onnx_model.cpp: before the first step
  void readModel();
  void readInput();
  void checkMolecule(const std::string& names);
  void addComponents();
  void addOutside();
  void logModel();

  // onnx_model_step.cpp
  bool canWaitForForces();
  bool applyAtOnce();
  void sendForces(const std::vector<double>& forces);

  // PLUMED's length unit in nm; Action::getUnits came with 2.10.
  template <typename Self>
  static auto lengthInNm(Self& self, int) -> decltype(self.getUnits().getLength()) {
    return self.getUnits().getLength();
  }
  template <typename Self>
  static double lengthInNm(Self& self, long) {
    return self.plumed.getAtoms().getUnits().getLength();
  }

  std::unique_ptr<latentcv::Model> model_;
  std::unique_ptr<latentcv_plumed::ModelInput> input_;
  latentcv_plumed::ArgumentInput* arguments_ = nullptr;  // the same, where it comes from ARG
  std::vector<Value*> components_;                       // one per output of the model
  std::string molecule_;                                 // what MOLINFO said of the atoms, for the log
  Value* outside_ = nullptr;                             // OUTSIDE
  std::unique_ptr<latentcv::TrainingRange> range_;
  std::vector<double> outputs_, forces_;

  // Where nobody reads derivatives, forces are one reverse pass, in apply, when all that act on components
  // are known.
  bool waiting_ = false;
  std::size_t knownActions_ = 0;
  std::string derivativeReader_;
  std::vector<double> forcesOnOutputs_;
};

}  // namespace latentcv_plugin
}  // namespace PLMD
