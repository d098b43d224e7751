import { CATALOGUE } from '../catalogue.ts';
import type { Check, CheckRow } from '../check.ts';
import { selectionOf, type Selection } from '../selection.ts';
import { CIS } from './cis/index.ts';
import type { Framework, FrameworkControl } from './framework.ts';
import { KUBECON_2020 } from './kubecon.ts';
import { NSA_1_2 } from './nsa.ts';
import { podSecurityFramework } from './pod-security.ts';

export { cisFor } from './cis/index.ts';
export type { Framework, FrameworkControl } from './framework.ts';

/** Every framework; those of Pod Security as the given policy version has them: 37 for v1.37. */
export function frameworksAt(podSecurityMinor: number): readonly Framework[] {
  return [
    podSecurityFramework('baseline', podSecurityMinor),
    podSecurityFramework('restricted', podSecurityMinor),
    ...CIS,
    NSA_1_2,
    KUBECON_2020,
  ];
}

/** What frameworks are called, whatever the policy version; for help and errors. */
export const FRAMEWORK_NAMES: readonly string[] = frameworksAt(0).map(({ name }) => name);

/** A framework by its name. */
export function frameworkOf(name: string, podSecurityMinor: number): Framework | undefined {
  return frameworksAt(podSecurityMinor).find((framework) => framework.name === name);
}

/** The checks that decide a control: those that refer to it. */
export function checksOf(
  { idsIn }: Pick<Framework, 'idsIn'>,
  { id }: Pick<FrameworkControl, 'id'>,
  checks: readonly Check[] = CATALOGUE,
): readonly Check[] {
  return checks.filter(({ references }) => idsIn(references).includes(id));
}

/** The controls of a framework, at a policy version of its, to which the row of a check refers. */
export function controlsOf({ controls, idsIn }: Framework, { references }: CheckRow): readonly FrameworkControl[] {
  const ids = new Set(idsIn(references));
  return controls.filter(({ id }) => ids.has(id));
}

/**
 * Exactly the checks of the controls that a framework has in force, opt-in ones too; undefined if there is none of that
 * name. Of Pod Security that means: with `pod-security-restricted` and 22, what the restricted policy v1.22 forbids.
 */
export function frameworkSelection(name: string, podSecurityMinor: number): Selection | undefined {
  const framework = frameworkOf(name, podSecurityMinor);
  if (framework === undefined) return undefined;
  return selectionOf(CATALOGUE.filter((check) => controlsOf(framework, check).length > 0));
}
