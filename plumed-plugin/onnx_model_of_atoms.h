/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/ActionAtomistic.h"
#include "plumed-plugin/far_atoms.h"
#include "plumed-plugin/onnx_model.h"

namespace PLMD {
namespace latentcv_plugin {

class AtomInput;

/** ONNX_MODEL with ATOMS. */
class OnnxModelOfAtoms : public ActionAtomistic, public OnnxModel {
 public:
  explicit OnnxModelOfAtoms(const ActionOptions& options);
  ~OnnxModelOfAtoms() override;

  void prepare() override;
  void calculate() override;
  void calculateNumericalDerivatives(ActionWithValue* action = nullptr) override;

 private:
  std::unique_ptr<ModelInput> readAtoms(const InputKeywords& keywords);
  std::unique_ptr<FarAtoms> readFarAtoms(const InputKeywords& keywords);
  void request(const std::vector<AtomNumber>& atoms);
  void requestAll();
  void leaveNoneOut(const std::string& why);
  std::string compareMolecule(const std::string& names);
  void sendForces(const std::vector<double>& forces) override;
  void addGradients();
  void setGradients();

  AtomInput* atoms_ = nullptr;
  std::vector<AtomNumber> all_;
  std::unique_ptr<FarAtoms> far_;  // while some may be left out
  std::vector<Value*> gradients_;  // GRADIENT: of each collective variable, and of all where they are several
  std::vector<double> products_;

#if LATENTCV_PLUMED_HAS_VECTORS
  /** Where few of many atoms have a force, to these alone; false, with nothing sent, elsewhere. */
  bool sendForcesToFew(const std::vector<double>& forces, unsigned& start);

  std::vector<std::pair<std::size_t, std::size_t>> places_;  // of the atoms among PLUMED's values
  std::vector<std::size_t> forced_;
#endif
};

}  // namespace latentcv_plugin
}  // namespace PLMD
