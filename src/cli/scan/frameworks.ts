import { FRAMEWORK_NAMES, frameworkSelection } from '../../checks/frameworks/index.ts';
import type { Selection } from '../../checks/selection.ts';

/** The frameworks that `--framework` knows. */
export interface Frameworks {
  readonly names: readonly string[];
  /** The checks of the controls in force at a Pod Security version; undefined for a framework that does not exist. */
  readonly selection: (name: string, podSecurityMinor: number) => Selection | undefined;
}

/** Those that there are. */
export const FRAMEWORKS: Frameworks = { names: FRAMEWORK_NAMES, selection: frameworkSelection };
