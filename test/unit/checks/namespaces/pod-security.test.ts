import assert from 'node:assert/strict';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { NamespaceInput, PodSecurityLevel } from '../../../../src/checks/check.ts';
import { judge, type Judgement } from '../../../../src/checks/judge.ts';
import { namespacePsaPrivileged, namespacePsaWouldFail } from '../../../../src/checks/namespaces/pod-security.ts';
import { effectiveLevel, pinnedMinor } from '../../../../src/checks/namespaces/pod-security-labels.ts';
import { judgesEveryControl, strictestLevelOf } from '../../../../src/checks/pod-security/levels.ts';
import { podSecurityChecks } from '../../../../src/checks/pod-security/index.ts';
import { ALL } from '../../../support/all-checks.ts';
import { namespaceInput } from '../inputs.ts';
import { container, fails, malformed, pod, verdicts } from '../verdicts.ts';

/** A namespace `shop` with these labels under `pod-security.kubernetes.io/`. */
function labelled(labels: Readonly<Record<string, string>>, name = 'shop'): NamespaceInput {
  const full = Object.entries(labels).map(([mode, value]) => [`pod-security.kubernetes.io/${mode}`, value]);
  return namespaceInput(name, {}, Object.fromEntries(full) as Readonly<Record<string, string>>);
}

verdicts(namespacePsaPrivileged, [
  ['restricted', labelled({ enforce: 'restricted' }), PASS],
  ['baseline of the latest version', labelled({ enforce: 'baseline', 'enforce-version': 'latest' }), PASS],
  ['a version that is three minors old', labelled({ enforce: 'baseline', 'enforce-version': 'v1.34' }), PASS],
  [
    'a version newer than the server, which means the newest it knows',
    labelled({ enforce: 'baseline', 'enforce-version': 'v1.99' }),
    PASS,
  ],
  ['an invalid version, which means the latest', labelled({ enforce: 'baseline', 'enforce-version': '1.20' }), PASS],
  ['privileged in a system namespace', labelled({ enforce: 'privileged' }, 'kube-system'), PASS],
  ['warnings only, as that is said elsewhere', labelled({ warn: 'restricted' }), PASS],
  ['no label', labelled({}), SKIP],
  ['privileged', labelled({ enforce: 'privileged' }), fails({ key: 'enforce', path: 'metadata.labels' })],
  [
    'privileged of an old version, once',
    labelled({ enforce: 'privileged', 'enforce-version': 'v1.20' }),
    fails({ key: 'enforce' }),
  ],
  [
    'an old version',
    labelled({ enforce: 'restricted', 'enforce-version': 'v1.33' }),
    fails({ key: 'enforce-version', severity: 'Low' }),
  ],
  [
    'an invalid level, mildly',
    labelled({ enforce: 'Baseline' }),
    fails({
      key: 'enforce/invalid',
      severity: 'Low',
      message: 'pod-security.kubernetes.io/enforce is no level, and counts as restricted',
    }),
  ],
  [
    'invalid levels of audit and warn',
    labelled({ enforce: 'baseline', audit: '', warn: 'all' }),
    fails(
      { key: 'audit/invalid', message: 'pod-security.kubernetes.io/audit is no level, and counts as privileged' },
      { key: 'warn/invalid' },
    ),
  ],
]);

const running = (satisfied: PodSecurityLevel | undefined, enforce?: string, name = 'shop'): NamespaceInput => ({
  ...labelled(enforce === undefined ? {} : { enforce }, name),
  satisfies: () => satisfied,
});

verdicts(namespacePsaWouldFail, [
  ['workloads that satisfy restricted', running('restricted'), PASS],
  ['a namespace in which nothing runs', { ...running('privileged'), hasWorkloads: false }, SKIP],
  ['kube-system', running('privileged', undefined, 'kube-system'), SKIP],
  ['workloads whose level nobody can tell', running(undefined), SKIP],
  [
    'workloads that satisfy baseline',
    running('baseline'),
    fails({ message: 'workloads violate restricted; all satisfy baseline' }),
  ],
  [
    'workloads that satisfy baseline, which is enforced',
    running('baseline', 'baseline'),
    fails({ message: 'workloads violate restricted; all satisfy baseline' }),
  ],
  [
    'workloads that satisfy nothing',
    running('privileged'),
    fails({ message: 'workloads violate baseline and restricted; all satisfy privileged' }),
  ],
  [
    'workloads from before the label',
    running('privileged', 'baseline'),
    fails({
      message:
        'workloads violate baseline, which is enforced, so that their pods cannot be made again; all satisfy privileged',
    }),
  ],
  [
    'workloads from before an invalid label, which means restricted',
    running('baseline', 'x'),
    fails({
      message:
        'workloads violate restricted, which is enforced, so that their pods cannot be made again; all satisfy baseline',
    }),
  ],
]);

const judged = (...args: Parameters<typeof pod>): Judgement => judge(ALL.of('pod'), pod(...args), assert.fail);
const hardened = judged({
  containers: [
    container({
      securityContext: {
        allowPrivilegeEscalation: false,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    }),
  ],
});

describe('the level that pods satisfy', () => {
  it('is the strictest that the worst of them does', () => {
    assert.equal(strictestLevelOf([]), 'restricted');
    assert.equal(strictestLevelOf([hardened]), 'restricted');
    assert.equal(strictestLevelOf([hardened, judged()]), 'baseline');
    assert.equal(strictestLevelOf([hardened, judged(), judged({ hostPID: true })]), 'privileged');
  });

  it('cannot be told of a malformed pod, unless it is the worst anyway', () => {
    const strange = judged(malformed({}, { hostPID: 'yes' }));
    assert.equal(strictestLevelOf([strange]), undefined);
    assert.equal(strictestLevelOf([strange, judged({ hostNetwork: true })]), 'privileged');
  });

  it('needs every check that stands for a control', () => {
    assert.ok(judgesEveryControl(ALL.of('pod')));
    assert.ok(!judgesEveryControl(podSecurityChecks.slice(1)));
  });
});

describe('the labels of Pod Security', () => {
  const label = (mode: string, value: string): Readonly<Record<string, string>> => ({
    [`pod-security.kubernetes.io/${mode}`]: value,
  });

  it('fail closed where they enforce, and open where they audit and warn', () => {
    assert.equal(effectiveLevel(label('enforce', 'x'), 'enforce'), 'restricted');
    assert.equal(effectiveLevel(label('audit', 'x'), 'audit'), 'privileged');
    assert.equal(effectiveLevel(label('warn', 'x'), 'warn'), 'privileged');
    assert.equal(effectiveLevel({}, 'enforce'), 'privileged');
  });

  it('pin a version only as Kubernetes writes it', () => {
    const pinned = (value: string): number | undefined => pinnedMinor(label('enforce-version', value), 'enforce');
    assert.equal(pinned('v1.25'), 25);
    for (const value of ['1.25', 'v1.025', 'v2.1', 'latest', '']) assert.equal(pinned(value), undefined, value);
  });
});
