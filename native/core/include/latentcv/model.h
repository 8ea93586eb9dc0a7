#pragma once

#include <memory>
#include <string>
#include <vector>

#include "latentcv/box.h"
#include "latentcv/descriptors.h"
#include "latentcv/evaluator.h"
#include "latentcv/metadata.h"

namespace latentcv {

enum class EvaluatorChoice { automatic, native, onnxRuntime };
enum class Precision { doublePrecision, singlePrecision };

/** Where the network runs. Automatic measures what this machine has, and takes the fastest. */
enum class Device { automatic, cpu, cuda };

struct ModelOptions {
  EvaluatorChoice evaluator = EvaluatorChoice::automatic;
  /** What the native evaluator computes in; ONNX Runtime keeps to the file's own element type. */
  Precision precision = Precision::doublePrecision;
  /** CUDA is a matter of ONNX Runtime, and needs a file with a `jacobian` output. */
  Device device = Device::cpu;
  /** Threads of ONNX Runtime on the CPU; the native evaluator has none but the caller's. */
  unsigned threads = 1;
  /** Side outputs (side_outputs.h) to evaluate too, where the file has them. */
  std::vector<std::string> sides;
};

/**
 * Reads `auto`, `native`, `onnxruntime`; `double`, `float`; `auto`, `cpu`, `cuda`.
 * Throws Error for anything else.
 */
EvaluatorChoice parseEvaluatorChoice(const std::string& word);
Precision parsePrecision(const std::string& word);
Device parseDevice(const std::string& word);

/** Threads that ONNX Runtime may be given: more than any encoder gains from, few enough to start at once. */
constexpr unsigned mostThreads = 256;

/** Throws Error for more threads than that, or none. */
void expectThreads(unsigned threads);

/**
 * Names ONNX Runtime's shared library in the host's package; LATENTCV_ONNXRUNTIME goes before it. An empty path leaves it
 * to the system. To be called before the first model that needs it: the library is loaded once.
 */
void useOnnxRuntime(const std::string& path);

/** An encoder read from an ONNX file, checked and ready to be evaluated. */
class Model {
 public:
  /**
   * Reads, checks and prepares the file, and recomputes its check vectors.
   * Throws Error whose message starts with the path where the file is missing, damaged, unsafe, cannot be
   * evaluated, or does not give the values its check vectors promise.
   */
  explicit Model(const std::string& path, const ModelOptions& options = {});
  Model(Model&&) noexcept;
  ~Model();

  /**
   * Number of inputs d, and of what the evaluator gives: k collective variables,
   * and behind them the side outputs.
   */
  std::size_t inputs() const { return evaluator_->inputs(); }
  std::size_t outputs() const { return evaluator_->outputs(); }

  /** Number of collective variables k. */
  std::size_t collectiveVariables() const { return outputs() - sides_.size(); }

  /** The side outputs that are evaluated: they were asked for, and the file has them. */
  const std::vector<std::string>& sides() const { return sides_; }
  bool hasSide(const std::string& name) const;

  /**
   * Gives the output kolmogorov, a bias in kJ/mol, in another unit of energy from here on. Throws Error where it is
   * not evaluated.
   */
  void setEnergyUnit(double kilojoulesPerMole);

  const Metadata& metadata() const { return metadata_; }
  Evaluator& evaluator() { return *evaluator_; }

  /** Names of the outputs: from the file, else node-0, node-1, …; and those of the side outputs. */
  std::vector<std::string> outputNames() const;

  /** `native` or `onnxruntime`, and a sentence for the log that says why. */
  const std::string& evaluatorName() const { return evaluatorName_; }
  const std::string& evaluatorReason() const { return evaluatorReason_; }

  /** Whether the file carries descriptors, so that evaluateAtoms works; and on how many atoms. */
  bool hasDescriptors() const { return descriptors_ != nullptr; }
  std::size_t atoms() const { return descriptors_ ? descriptors_->atoms() : 0; }

  /** Whether descriptors are positions made whole, and whether the box vectors go into the network. */
  bool makesWhole() const { return descriptors_ && descriptors_->makesWhole(); }
  bool takesBox() const { return descriptors_ && descriptors_->takesBox(); }

  /**
   * What a value with its Jacobian takes on this machine, µs: runs the evaluator a few times, and measures.
   */
  double measureMicroseconds();

  /**
   * cv [outputs] at positions [atoms, 3]; and, unless null, ∂cv/∂position [outputs, atoms, 3]
   * and ∂cv/∂box [outputs, 3, 3] in PLUMED's sense (see DescriptorBlock). Lengths in the
   * model's unit. Needs hasDescriptors().
   */
  void evaluateAtoms(const double* positions, const Box& box, double* cv, double* derivatives,
                     double* boxDerivatives);

  /** The descriptors, which may leave out atoms that are far; null where there are none. */
  Descriptors* descriptors() { return descriptors_.get(); }

  /** cv [outputs] at positions of the near atoms alone: see Descriptors::evaluateNear. */
  void evaluateNearAtoms(const double* positions, const Box& box, double* cv);

  /** What the descriptors were at the last evaluateAtoms, [inputs]. */
  const double* descriptorValues() const { return values_.data(); }

  /**
   * Σ cotangents [outputs] · ∂cv/∂position, [atoms, 3], and the same over the box, [3, 3], at the positions
   * of the last evaluateAtoms: one reverse pass for all outputs. After evaluateNearAtoms, by those atoms.
   */
  void vectorJacobianAtoms(const double* cotangents, double* gradient, double* boxGradient);

 private:
  Metadata metadata_;
  std::unique_ptr<Evaluator> evaluator_;
  std::unique_ptr<Descriptors> descriptors_;
  std::string evaluatorName_, evaluatorReason_;
  std::vector<std::string> sides_;
  std::vector<double> values_, jacobian_, weights_;  // work space of evaluateAtoms
};

}  // namespace latentcv
