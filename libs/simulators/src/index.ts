export { startSimulators } from './start.js';
export type {
  EmsConfig,
  PayConfig,
  RunningSimulator,
  Simulators,
  SimulatorsConfig,
  WechatConfig,
  WechatTemplate,
} from './config.js';
export { faultModes } from './common/faults.js';
export type { Fault, FaultMode } from './common/faults.js';
