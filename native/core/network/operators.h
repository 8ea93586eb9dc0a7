#pragma once

#include <limits>
#include <unordered_map>

#include "network/graph_builder.h"
#include "onnx/unsupported.h"

// What each ONNX operator becomes, by the definitions and defaults of onnx.ai. All are functions of one
// frame: an operator that mixes frames, or makes anything but [n, d] or [n], has no native evaluation.
namespace latentcv {

using Operator = void (*)(GraphBuilder& graph, const Node& node);
using OperatorTable = std::unordered_map<std::string, Operator>;

/** The operator of a node, or null. */
Operator findOperator(const Node& node);

const OperatorTable& affineOperators();
const OperatorTable& arithmeticOperators();
const OperatorTable& choiceOperators();
const OperatorTable& reductionOperators();
const OperatorTable& shapeOperators();

// ---- what several of them need

constexpr double infinity = std::numeric_limits<double>::infinity();

double number(const Node& node, const char* name, double otherwise);
std::int64_t integer(const Node& node, const char* name, std::int64_t otherwise);

/** Throws Unsupported unless `axis` is that of the features, of a variable that has one. */
void expectFeatureAxis(const Node& node, const Variable& variable, std::int64_t axis);

/**
 * A constant next to a variable: a single number, or one per element. Of a variable [n, 1] the result may be
 * longer than the variable; the plan widens that.
 */
std::vector<double> broadcast(const GraphBuilder& graph, const Node& node, const Tensor& tensor,
                              const Variable& variable);

}  // namespace latentcv
