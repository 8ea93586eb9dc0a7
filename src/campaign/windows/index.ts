/**
 * Umbrella windows as folders: each with its PLUMED input and the frame it starts from, picked by the model from trajectories.
 * `windows.json` beside them tells centres, springs and temperature for whoever weighs them.
 */
export { startFrames, type StartFrame } from './start-frames.js';
export { writeWindows, type WindowFolder, type WindowsRecord, type WrittenWindows } from './write-windows.js';
