#pragma once

#include <memory>
#include <vector>

#include "network/layer.h"
#include "network/network.h"

namespace latentcv {

/** The layer that runs a step on these slots, which must stay where they are. */
template <typename T>
std::unique_ptr<Layer<T>> makeLayer(const Step& step, std::vector<Slot<T>>& slots);

}  // namespace latentcv
