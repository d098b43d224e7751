import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { podWith } from '../example-pods.ts';
import { settersOf, stringAt, violationAt } from '../fields.ts';

const TYPES_1_0 = ['container_t', 'container_init_t', 'container_kvm_t'];
const TYPES_1_31 = [...TYPES_1_0, 'container_engine_t'];
const NONE: readonly string[] = [];

export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { from: 0, evaluate: (pod) => customOptions(pod, TYPES_1_0) },
    { from: 31, evaluate: (pod) => customOptions(pod, TYPES_1_31) },
  ],
};

export const seLinuxCustomOptions = controlCheck(seLinuxOptions, {
  id: 'selinux-custom-options',
  severity: 'Medium',
  title: 'SELinux label is not one for containers',
  why: 'SELinux walls containers off by their type; another type, user or role can open the node to them.',
  fix: 'Remove user and role from seLinuxOptions, and leave type out or set it to container_t.',
  references: {
    cis: cis('5.6.3', { id: '5.7.3', until: '1.10' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0025'],
    kubescape: ['C-0211'],
    kyverno: ['disallow-selinux'],
  },
  example: {
    before: podWith('securityContext:\n  seLinuxOptions:\n    type: spc_t'),
    after: podWith('securityContext:\n  seLinuxOptions:\n    level: s0:c123,c456'),
  },
});

/** No user and no role may be set, and of types only these; an empty value is an unset one. */
function customOptions(pod: PodView, types: readonly string[]): readonly Violation[] {
  const allowed = [['type', types] as const, ['user', NONE] as const, ['role', NONE] as const];
  return settersOf(pod).flatMap((setter) =>
    allowed.flatMap(([option, values]) => {
      const field = `securityContext.seLinuxOptions.${option}` as const;
      const value = stringAt(setter, field) ?? '';
      const isAllowed = value === '' || values.includes(value);
      return isAllowed ? [] : [violationAt(setter, field, `the SELinux ${option} is ${value}`, option)];
    }),
  );
}
