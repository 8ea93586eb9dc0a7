import { invalidArgument } from '../support/index.js';

/** Molar gas constant in kJ/mol/K (CODATA 2018, exact). */
export const gasConstant = 8.31446261815324e-3;

/**
 * kT in kJ/mol at a temperature in K.
 * @throws LatentcvError `bad-argument` where the temperature is not positive
 */
export function thermalEnergy(temperature: number): number {
  if (!(temperature > 0) || !Number.isFinite(temperature)) {
    throw invalidArgument('a positive temperature in K', 'temperature', temperature);
  }
  return gasConstant * temperature;
}

/** The temperature in K at which kT has this value in kJ/mol: for engines in reduced units, such as pesmd. */
export function temperatureOf(kT: number): number {
  if (!(kT > 0) || !Number.isFinite(kT)) throw invalidArgument('a positive energy', 'kT', kT);
  return kT / gasConstant;
}
