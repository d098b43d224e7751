import {
  compileParameters,
  DEFAULT_PARAMETERS,
  type CheckParameters,
  type CompiledParameters,
} from '../../src/checks/parameters.ts';

/** What checks are told of a cluster, and nothing beside. */
export const told = (parameters: Partial<CheckParameters>): CompiledParameters =>
  compileParameters({ ...DEFAULT_PARAMETERS, ...parameters });

/** Nothing is told. */
export const UNTOLD = told({});
