/** Limits of the verdict; `docs/diagnostics.md` says what they rest on. */
export const limits = { crossings: 4, framesPerCrossing: 10, slowness: 0.75 } as const;
