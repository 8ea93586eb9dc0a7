#pragma once

#include <napi.h>

/** Adds what src/native gives types to: formats, chemfiles, structures, NativeDescriptorReader. */
void defineTrajectories(Napi::Env env, Napi::Object exports);
