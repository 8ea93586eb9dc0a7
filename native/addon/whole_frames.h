#pragma once

#include <napi.h>

/**
 * Adds what src/native/convert-foreign.ts needs, in a process of its own: NativeTrajectory,
 * chemfilesFormatOf, endWithParent.
 */
void defineWholeFrames(Napi::Env env, Napi::Object exports);
