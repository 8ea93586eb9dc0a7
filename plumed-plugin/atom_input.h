/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <string>
#include <vector>

#include "core/ActionAtomistic.h"
#include "latentcv/model.h"
#include "plumed-plugin/far_atoms.h"
#include "plumed-plugin/model_input.h"

namespace PLMD {
namespace latentcv_plugin {

/** ATOMS: positions and box, from which the model computes its descriptors. */
class AtomInput : public ModelInput {
 public:
  /**
   * For atoms that the action has requested; `nanometres` is its unit of length, and without `pbc`
   * differences between atoms are taken as they are. Throws latentcv::Error where the model's unit is not nm.
   */
  AtomInput(const ActionAtomistic& action, latentcv::Model& model, double nanometres, bool pbc);

  /** Throws latentcv::Error where the model has no descriptors, or as many atoms are not what they need. */
  static void expectAtoms(const latentcv::Model& model, std::size_t atoms);

  /** By the atoms that are requested, and the box. */
  std::size_t derivatives() const override { return 3 * action_.getNumberOfAtoms() + 9; }
  void evaluate(double* outputs, bool derivatives) override;
  void addDerivatives(const std::vector<Value*>& components) const override;
  void pullBack(const double* forcesOnOutputs, double* forces) override;
  /**
   * Scalar products [count, count] of the gradients of the first outputs by the positions, per PLUMED's length squared, of
   * the last evaluate with derivatives.
   */
  void gradientProducts(double* products, std::size_t count) const;
  const double* values() const override { return model_.descriptorValues(); }
  std::string derivativeBy(std::size_t i) const override;
  std::string describe() const override;
  std::string remarkAtFirstStep() const override;

  /** From now on it is told of each evaluation; of none where it is null. */
  void tell(FarAtoms* far) { far_ = far; }

 private:
  bool nearAlone() const { return far_ && action_.getNumberOfAtoms() < model_.atoms(); }
  /** In the model's unit; PLUMED's own where that is the same. */
  const double* modelPositions();
  latentcv::Box copyBox() const;

  const ActionAtomistic& action_;
  latentcv::Model& model_;
  double scale_;  // the model's lengths per PLUMED's
  bool pbc_;
  FarAtoms* far_ = nullptr;
  std::vector<double> positions_, derivatives_, boxDerivatives_;
};

}  // namespace latentcv_plugin
}  // namespace PLMD
