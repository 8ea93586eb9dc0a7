/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "latentcv/model.h"
#include "latentcv/training_range.h"
#include "plumed-plugin/compatibility.h"
#include "plumed-plugin/length_unit.h"
#include "plumed-plugin/model_input.h"

namespace PLMD {
namespace latentcv_plugin {

/**
 * ONNX_MODEL but for where its input comes from: the model, its components, the forces on them.
 * onnx_model.cpp has the documentation; onnx_model_creator.cpp chooses between the two classes of it.
 */
class OnnxModel : public ActionWithValue {
 public:
  /** The keywords of both classes, as one directive has one manual page. */
  static void registerKeywords(Keywords& keys);

  unsigned getNumberOfDerivatives() override;
  void calculate() override;
  void apply() override;

 protected:
  /** Keywords that say how the input is to be read. */
  struct InputKeywords {
    bool checkLabels = true, pbc = true, gradient = false;
    std::string names = "check";  // or warn, ignore
    std::string neighbourStride = "auto";
    double neighbourSkin = 0;
  };

  // onnx_model.cpp: before the first step
  explicit OnnxModel(const ActionOptions& options);
  InputKeywords parseInputKeywords();
  [[noreturn]] void expectedEitherInput(const char* received) const;
  /** The last of a constructor: components and log. `remark` is one more line for it. */
  void begin(std::unique_ptr<ModelInput> input, const std::string& remark = "");

  // onnx_model_step.cpp
  /** Whether something may ask for derivatives at this step, as an action that reads them, or gradients, or differences. */
  bool mayNeedDerivatives();
  /** What reads derivatives, or empty. */
  const std::string& derivativeReaderKnown() const { return derivativeReader_; }
  /** After the input has another number of derivatives. */
  void resizeDerivatives();
  /** Sends forces [getNumberOfDerivatives()] on to what the input is made of. */
  virtual void sendForces(const std::vector<double>& forces) = 0;
  /** Hands derivatives out; stops the run where one is not finite. */
  void addDerivatives();
  /** A component that is there to be read: its derivatives are zero, so that a bias on it does nothing. */
  Value* addComponentToRead(const std::string& name, const std::string& keyword);
  /** After PLUMED's numerical derivatives, which know nothing of components to read. */
  void clearDerivativesOfThoseToRead();
  /** From now on derivatives are computed at every step, whoever else asks for them. */
  void alwaysDifferentiate() { alwaysDifferentiates_ = true; }

  latentcv::Model& model() const { return *model_; }
  LengthUnit lengthUnit() const;

 private:
  /** Where derivatives come from: one reverse pass in apply, or the Jacobian or differences in calculate. */
  enum class Way { none, reversePass, forReader, forGradients, differences };

  void readModel();
  std::vector<std::string> parseSideOutputs();
  [[noreturn]] void expectedSideOutput(const std::string& name, const std::string& file) const;
  void prepareKolmogorovBias(const std::string& file);
  void addComponents();
  void addOutside();
  void logModel(const std::string& remark);

  [[noreturn]] void stop(const std::string& problem) const;
  [[noreturn]] void stopForForces();
  void expectFiniteDerivativesOneByOne();
  void remarkOnFirstStep();
  std::string hintForDerivatives() const;
  Way chooseWay();
  void logWay(Way way);
  void findDerivativeReader();
  bool readForces();
  void sumForces();

  // Action::getUnits came with 2.10
  template <typename Self>
  static auto unitsOf(Self& self, int) -> decltype(self.getUnits()) {
    return self.getUnits();
  }
  template <typename Self>
  static const Units& unitsOf(Self& self, long) {
    return self.plumed.getAtoms().getUnits();
  }

  // and with it, to ask for kT and natural units of an action
  template <typename Self>
  static auto thermalEnergy(Self& self, int) -> decltype(self.getkBT()) {
    return self.getkBT();
  }
  template <typename Self>
  static double thermalEnergy(Self& self, long) {
    double temperature = 0;
    self.parse("TEMP", temperature);
    const auto& atoms = self.plumed.getAtoms();
    return temperature > 0 ? atoms.getKBoltzmann() * temperature : atoms.getKbT();
  }
  template <typename Self>
  static auto usesNaturalUnits(Self& self, int) -> decltype(self.usingNaturalUnits()) {
    return self.usingNaturalUnits();
  }
  template <typename Self>
  static bool usesNaturalUnits(Self& self, long) {
    return self.plumed.getAtoms().usingNaturalUnits();
  }

  std::unique_ptr<latentcv::Model> model_;
  std::unique_ptr<ModelInput> input_;
  std::vector<Value*> components_;  // one per output of the model
  bool wantsOutside_ = false, alwaysDifferentiates_ = false;
  Value* outside_ = nullptr;    // OUTSIDE
  std::vector<Value*> toRead_;  // this one and others without derivatives
  std::unique_ptr<latentcv::TrainingRange> range_;
  std::vector<double> outputs_, forcesOnOutputs_, forces_;

  // Where nobody reads derivatives, forces are one reverse pass, in apply, when all that act on components
  // are known.
  bool waiting_ = false, remarked_ = false;
  std::size_t knownActions_ = 0;
  std::string derivativeReader_;
  std::array<bool, 5> waysLogged_{};
};

}  // namespace latentcv_plugin
}  // namespace PLMD
