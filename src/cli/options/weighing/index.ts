/**
 * The options that say what frames weigh: biases, temperature, units and replicas. They are the same in train, search, inspect, fes and report.
 */
export {
  type EnergyOptions,
  type UnitOptions,
  type WeighingOptions,
  energySettings,
  joinedTableSettings,
  kTSettings,
  lengthUnitSettings,
  plumedSettings,
  timeUnitSettings,
  unitsReading,
  weighingHelp,
  weighingSettings,
} from './weighing.js';
