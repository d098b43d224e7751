import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CheckOf, PodInput, Violation } from '../../../../src/checks/check.ts';
import { isViolations, judgeControl } from '../../../../src/checks/pod-security/control.ts';
import { CONTROLS } from '../../../../src/checks/pod-security/controls.ts';
import { podSecurityChecks } from '../../../../src/checks/pod-security/index.ts';
import { podCase } from '../../../oracle/pod-security/arbitrary-pod.ts';
import { pod } from '../verdicts.ts';

describe('The checks of Pod Security', () => {
  it('stand in the order of the catalogue', () => {
    assert.deepEqual(
      podSecurityChecks.map(({ id }) => id),
      [
        'privileged-container',
        'privilege-escalation-allowed',
        'capabilities-added-non-default',
        'capabilities-not-dropped',
        'capabilities-added-restricted',
        'run-as-root-allowed',
        'run-as-user-zero',
        'seccomp-unconfined',
        'seccomp-profile-missing',
        'apparmor-unconfined',
        'selinux-custom-options',
        'proc-mount-unmasked',
        'proc-mount-unmasked-restricted',
        'host-port',
        'windows-host-process',
        'probe-host-field',
        'host-network',
        'host-pid',
        'host-ipc',
        'host-path-volume',
        'restricted-volume-type',
        'unsafe-sysctl',
      ],
    );
  });

  it('say together what the controls say, no more and no less', () => {
    fc.assert(
      fc.property(drawnPod, (input) => {
        const checked = podSecurityChecks.flatMap((check) => violationsOf(check, input));
        const judged = CONTROLS.flatMap((control) => {
          const outcome = judgeControl(control, input);
          return isViolations(outcome) ? outcome : [];
        });
        assert.deepEqual(sorted(checked), sorted(judged));
      }),
    );
  });

  it('tell their findings apart by container and key', () => {
    fc.assert(
      fc.property(drawnPod, (input) => {
        for (const check of podSecurityChecks) {
          const identities = violationsOf(check, input).map(identityOf);
          assert.deepEqual(identities, [...new Set(identities)], check.id);
        }
      }),
    );
  });

  it('find the same in whatever order containers, volumes, ports, capabilities and sysctls stand', () => {
    fc.assert(
      fc.property(drawnPod, fc.infiniteStream(fc.nat()), (input, ranks) => {
        const shuffled = pod(shuffle(input.spec, ranks), input.annotations, input.podSecurityMinor);
        for (const check of podSecurityChecks) {
          const identities = (judged: PodInput): string[] => violationsOf(check, judged).map(identityOf).toSorted();
          assert.deepEqual(identities(shuffled), identities(input), check.id);
        }
      }),
    );
  });

  it('name the control that they come from, and no CIS item twice', () => {
    for (const { id, references } of podSecurityChecks) {
      const { podSecurity = [], cis = [] } = references;
      assert.equal(podSecurity.length, 1, id);
      assert.equal(new Set(cis.map(([version]) => version)).size, cis.length, id);
    }
    const named = new Set(podSecurityChecks.flatMap(({ references }) => references.podSecurity ?? []));
    assert.deepEqual(named, new Set(CONTROLS.map(({ level, id }) => `${level}/${id}`)));
  });

  it('carry the numbers of each CIS benchmark version', () => {
    assert.deepEqual(cisOf('host-network'), [
      ['1.8', '5.2.5'],
      ['1.9', '5.2.5'],
      ['1.10', '5.2.5'],
      ['1.11', '5.2.5'],
      ['1.12', '5.2.5'],
    ]);
    assert.deepEqual(cisOf('seccomp-unconfined'), [
      ['1.8', '5.7.2'],
      ['1.9', '5.7.2'],
      ['1.10', '5.7.2'],
      ['1.11', '5.6.2'],
      ['1.12', '5.6.2'],
    ]);
  });
});

const cisOf = (id: string): unknown => podSecurityChecks.find((check) => check.id === id)?.references.cis;

const drawnPod = podCase.map(({ spec, annotations, minor }) => pod(spec, annotations, minor));

function violationsOf(check: CheckOf<'pod'>, input: PodInput): readonly Violation[] {
  const outcome = check.evaluate(input);
  return isViolations(outcome) ? outcome : [];
}

const identityOf = ({ container, key }: Violation): string => JSON.stringify([container, key]);

const sorted = (violations: readonly Violation[]): string[] =>
  violations.map((violation) => JSON.stringify(violation)).toSorted();

/** The same with every list in another order. */
function shuffle<T>(value: T, ranks: Iterator<number>): T;
function shuffle(value: unknown, ranks: Iterator<number>): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item: unknown) => ({ item: shuffle(item, ranks), rank: Number(ranks.next().value) }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shuffle(inner, ranks)]));
}
