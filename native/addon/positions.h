#pragma once

#include <napi.h>

/** Adds evaluateDescriptors: descriptors of atoms that no file holds. */
void definePositions(Napi::Env env, Napi::Object exports);
