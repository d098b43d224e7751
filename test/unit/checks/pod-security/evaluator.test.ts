import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { Outcome } from '../../../../src/checks/check.ts';
import {
  controlsInForce,
  evaluatePodSecurity,
  violatedControls,
} from '../../../../src/checks/pod-security/evaluator.ts';
import type { ControlId, Level } from '../../../../src/checks/pod-security/index.ts';
import { container, malformed, pod } from '../verdicts.ts';
import { podLikeJson } from './pod-like-json.ts';

const inForce = (level: Level, minor: number): readonly ControlId[] =>
  controlsInForce(level, minor).map(({ id }) => id);

const without = (ids: readonly ControlId[], others: readonly ControlId[]): readonly ControlId[] =>
  ids.filter((id) => !others.includes(id));

describe('The controls in force', () => {
  const cases: readonly (readonly [level: Level, minor: number, added: ControlId[], gone: ControlId[]])[] = [
    ['baseline', 34, ['hostProbesAndHostLifecycle'], []],
    ['baseline', 35, [], []],
    ['restricted', 8, ['allowPrivilegeEscalation'], []],
    ['restricted', 19, ['seccompProfile_restricted'], ['seccompProfile_baseline']],
    ['restricted', 22, ['capabilities_restricted'], ['capabilities_baseline']],
    ['restricted', 23, ['runAsUser'], []],
    ['restricted', 34, ['hostProbesAndHostLifecycle'], []],
    ['restricted', 35, ['procMount_restricted'], ['procMount']],
  ];
  for (const [level, minor, added, gone] of cases) {
    it(`of ${level} change as told in v1.${minor}`, () => {
      const before = inForce(level, minor - 1);
      const now = inForce(level, minor);
      assert.deepEqual(without(now, before), added);
      assert.deepEqual(without(before, now), gone);
    });
  }

  it('are those of the baseline at v1.0', () => {
    assert.equal(inForce('baseline', 0).length, 11);
  });

  it('never hold hostPathVolumes at the restricted level, which refuses these volumes by another', () => {
    assert.ok(!inForce('restricted', 0).includes('hostPathVolumes'));
    assert.ok(inForce('restricted', 0).includes('restrictedVolumes'));
  });

  it('are those of the newest known version in every newer one', () => {
    assert.deepEqual(inForce('restricted', 99), inForce('restricted', 37));
  });
});

describe('The violated controls', () => {
  it('are none of a hardened pod', () => {
    const hardened = pod({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        container({ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }),
      ],
    });
    assert.deepEqual(violatedControls(hardened, 'restricted', 37), []);
  });

  it('are none of a plain pod at the baseline', () => {
    assert.deepEqual(violatedControls(pod(), 'baseline', 37), []);
  });

  it('are those that a plain pod lacks at the restricted level, sorted', () => {
    assert.deepEqual(violatedControls(pod(), 'restricted', 37), [
      'allowPrivilegeEscalation',
      'capabilities_restricted',
      'runAsNonRoot',
      'seccompProfile_restricted',
    ]);
  });

  it('follow the version that is asked for, not the one that the pod came with', () => {
    assert.deepEqual(violatedControls(pod({}, {}, 37), 'restricted', 7), ['runAsNonRoot']);
  });
});

describe('The evaluator', () => {
  it('answers every pod-like JSON without throwing', () => {
    const level = fc.constantFrom<Level>('baseline', 'restricted');
    fc.assert(
      fc.property(podLikeJson, level, fc.integer({ min: 0, max: 40 }), ({ spec, annotations }, wanted, minor) => {
        const outcomes = evaluatePodSecurity(pod(spec, annotations, minor), wanted);
        assert.deepEqual([...outcomes.keys()], inForce(wanted, minor));
        for (const outcome of outcomes.values()) assert.ok(isWellFormed(outcome), JSON.stringify(outcome));
      }),
      { numRuns: 2000 },
    );
  });

  const ofPod = ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers', 'os', 'os.name', 'volumes', 'securityContext'];
  const ofBoth = [
    'securityContext.runAsNonRoot',
    'securityContext.runAsUser',
    'securityContext.seccompProfile',
    'securityContext.seccompProfile.type',
    'securityContext.appArmorProfile',
    'securityContext.appArmorProfile.type',
    'securityContext.seLinuxOptions',
    'securityContext.seLinuxOptions.type',
    'securityContext.windowsOptions.hostProcess',
  ];
  const ofContainer = [
    'securityContext',
    'securityContext.privileged',
    'securityContext.allowPrivilegeEscalation',
    'securityContext.capabilities',
    'securityContext.capabilities.add',
    'securityContext.capabilities.drop',
    'securityContext.procMount',
    'ports',
    'livenessProbe',
    'lifecycle.preStop.httpGet.host',
  ];
  const places = [
    ...[...ofPod, ...ofBoth, 'securityContext.sysctls'].map((path) => ({ path, spec: nested(path) })),
    ...[...ofBoth, ...ofContainer].map((path) => ({
      path: `containers[app].${path}`,
      spec: { containers: [malformed(container(), nested(path))] },
    })),
  ];
  for (const { path, spec } of places) {
    it(`never takes a wrong type at spec.${path} for a pass`, () => {
      const outcomes = [...evaluatePodSecurity(pod(malformed({}, spec)), 'restricted').values()];
      const undecided = outcomes.filter((outcome) => typeof outcome === 'object' && 'reason' in outcome);
      assert.notDeepEqual(undecided, []);
    });
  }
});

/** A list of lists at a path: no field that is read may hold one. */
function nested(path: string): object {
  const [head = '', ...rest] = path.split('.');
  return { [head]: rest.length === 0 ? [['wrong']] : nested(rest.join('.')) };
}

function isWellFormed(outcome: Outcome): boolean {
  if (outcome === PASS || outcome === SKIP) return true;
  return 'reason' in outcome ? outcome.reason === 'Malformed' : outcome.length > 0;
}
