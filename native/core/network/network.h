#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace latentcv {

/** What one step of a network does; plan.cpp makes them, layers.cpp runs them. */
enum class StepKind {
  affine,      // matrix · in + shift
  scaleShift,  // scale ∘ in + shift
  activation,  // elementwise function
  clamp,       // no less than `scale`, no more than `shift`; derivative `alpha` at either
  sum,         // in + second in
  product,     // in ∘ second in
  larger,      // of in and second in, element by element; where alpha is -1 the smaller
  select,      // the elements of in that `indices` names
  choose,      // the second in where the first is not 0, else the third
  concat,      // all inputs, one after the other
  total,       // alpha · the sum of the elements
  length,      // the square root of the sum of their squares
  largest,     // of the elements of in; where alpha is -1 the smallest
  softmax,
  logSoftmax,
  normalize  // minus the mean, by the square root of variance + alpha
};

/**
 * One step; values are numbered slots, each a vector for one frame. Weights in double, whatever runs them.
 */
struct Step {
  StepKind kind;
  std::vector<std::size_t> inputs;
  std::size_t output;
  std::vector<double> matrix;        // affine: row-major [size of output, size of input]
  std::vector<double> scale, shift;  // size of output
  std::string function;              // activation: the ONNX operator's name
  double alpha = 0, gamma = 0;       // activation: its parameters
  std::vector<std::size_t> indices;  // select: size of output
};

/** A forward network as a list of steps in the order of computation. Slot 0 is the input. */
struct Network {
  std::vector<std::size_t> sizes;  // of each slot
  std::vector<Step> steps;
  std::size_t output = 0;
};

/**
 * Numbers that a network from a file of this size may need, once in all its slots times the collective
 * variables, and once in its weights. A graph can name more than any machine has in a few bytes; an encoder's
 * file holds a weight for most of what it needs.
 */
inline std::size_t mostNumbers(std::size_t fileBytes) {
  constexpr std::size_t always = std::size_t{1} << 20, ever = std::size_t{1} << 26;
  return std::min(ever, always + 16 * std::min(fileBytes, ever));
}

/** How many steps, or the network itself, read each slot. */
std::vector<std::size_t> countReaders(const Network& network);

/** Makes a sigmoid of 1/(1 + exp(−x)) and a softplus of log(1 + exp(x)), which overflow in parts. */
void recognize(Network& network);

/** Folds scales, shifts and neighbouring matrices into single affine steps, where that makes no more work. */
void simplify(Network& network);

}  // namespace latentcv
