#pragma once

#include <napi.h>

/** Adds what src/native gives types to: loadChemfiles, countFrames, NativeStructure, NativeDescriptorReader.
 */
void defineTrajectories(Napi::Env env, Napi::Object exports);
