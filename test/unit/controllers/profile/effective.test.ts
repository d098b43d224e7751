import assert from 'node:assert/strict';
import { DEFAULT_PARAMETERS } from '../../../../src/checks/parameters.ts';
import type { SecurityProfileSpec } from '../../../../src/crds/index.ts';
import { effectiveOf, type BaseSettings, type Effective } from '../../../../src/controllers/profile/effective.ts';
import { problemsOf } from '../../../../src/controllers/profile/problems.ts';
import { createScope } from '../../../../src/controllers/scope.ts';

const BASE: BaseSettings = {
  checks: ['default'],
  skip: [],
  scope: { include: [], exclude: ['kube-*'] },
  parameters: DEFAULT_PARAMETERS,
  judgesKubelets: true,
};

const effective = (spec: SecurityProfileSpec, base: Partial<BaseSettings> = {}): Effective =>
  effectiveOf({ ...BASE, ...base }, spec);
const idsOf = ({ selection }: Effective): readonly string[] => selection.checks.map(({ id }) => id);

describe('what a profile makes of the settings', () => {
  it('is what they say, where it says nothing', () => {
    const { scope, parameters } = effective({});
    assert.deepEqual([scope, parameters], [BASE.scope, BASE.parameters]);
    assert.ok(idsOf(effective({})).includes('host-network'));
  });

  it('chooses checks in the place of --checks, and leaves out more than --skip', () => {
    assert.deepEqual(idsOf(effective({ checks: { enable: ['host-p?d', 'host-port'] } })), ['host-port', 'host-pid']);
    assert.deepEqual(
      idsOf(
        effective({ checks: { enable: ['host-p?d', 'host-port'], disable: ['host-port'] } }, { skip: ['host-pid'] }),
      ),
      [],
    );
  });

  it('leaves out the checks of kubelets where their configuration is not read, whatever it enables', () => {
    const { selection } = effective({ checks: { enable: ['all'] } }, { judgesKubelets: false });
    assert.equal(
      selection.checks.some(({ target }) => target === 'kubelet'),
      false,
    );
  });

  it('grades all findings of a check as it says, also those that the check itself would grade', () => {
    const { selection } = effective({ severities: [{ check: 'service-node-port', severity: 'Info' }] });
    const check = selection.checks.find(({ id }) => id === 'service-node-port');
    assert.equal(check?.severity, 'Info');
    const regraded = selection.of('service').find(({ id }) => id === 'service-node-port');
    const service = {
      ref: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'uid' },
      type: 'NodePort',
      ports: [{ name: '', port: 80, nodePort: 30_080, protocol: 'TCP' }],
    };
    const outcome = regraded?.evaluate({ service: service as never, hasPublicNode: () => true });
    assert.ok(Array.isArray(outcome) && outcome.length > 0);
    for (const { severity } of outcome as readonly { severity?: string }[]) assert.equal(severity, 'Info');
  });

  it('takes the place of the scope as a whole', () => {
    const { scope } = effective({
      namespaces: { names: ['shop-*'], selector: { matchLabels: { tier: 'production' } } },
    });
    const labels: Record<string, Record<string, string>> = {
      'shop-a': { tier: 'production' },
      'shop-b': {},
      other: { tier: 'production' },
    };
    const { coversNamespace } = createScope(scope, (name) => labels[name]);
    assert.deepEqual(['shop-a', 'shop-b', 'other'].map(coversNamespace), [true, false, false]);
  });

  it('leaves out namespaces by their labels', () => {
    const { scope } = effective({ namespaces: { excludeSelector: { matchLabels: { sandbox: 'yes' } } } });
    const { coversNamespace } = createScope(scope, (name) => (name === 'toys' ? { sandbox: 'yes' } : {}));
    assert.deepEqual(['toys', 'shop'].map(coversNamespace), [false, true]);
  });

  it('sets the rules for exceptions', () => {
    const { exceptionPolicy } = effective({
      exceptions: {
        expiration: 'Optional',
        maxLifetimeDays: 2,
        wildcardChecks: 'Allowed',
        deny: { checks: ['host-*'] },
      },
    });
    const { requiresExpiration, maxLifetimeSeconds, allowsAllChecks, isProtected } = exceptionPolicy;
    assert.deepEqual([requiresExpiration, maxLifetimeSeconds, allowsAllChecks], [false, 172_800, true]);
    assert.deepEqual(['host-pid', 'privileged-container'].map(isProtected), [true, false]);
  });

  it('allows annotations where one rule fits in all that it says', () => {
    const { exceptionPolicy } = effective({
      exceptions: {
        annotations: [
          { severities: ['Low'], namespaces: ['preview-*'] },
          { checks: ['*'], namespaces: ['sandbox'] },
        ],
      },
    });
    const { allowsAnnotation } = exceptionPolicy;
    assert.equal(allowsAnnotation('host-pid', 'Low', 'preview-1'), true);
    assert.equal(allowsAnnotation('host-pid', 'High', 'preview-1'), false);
    assert.equal(allowsAnnotation('host-pid', 'High', 'sandbox'), true);
    assert.equal(allowsAnnotation('host-pid', 'Low', 'shop'), false);
  });
});

const REJECTED: readonly (readonly [name: string, spec: SecurityProfileSpec, path: string])[] = [
  ['a check that there is not', { checks: { enable: ['default', 'host-netwrok'] } }, 'spec.checks.enable[1]'],
  ['a glob that fits none', { checks: { disable: ['nothing-*'] } }, 'spec.checks.disable[0]'],
  ['a severity of no check', { severities: [{ check: 'nothing', severity: 'Low' }] }, 'spec.severities[0].check'],
  [
    'a registry that is none',
    { parameters: { allowedRegistries: ['registry.example', 'https://x'] } },
    'spec.parameters.allowedRegistries[1]',
  ],
  [
    'a protected check that there is not',
    { exceptions: { deny: { checks: ['nothing'] } } },
    'spec.exceptions.deny.checks[0]',
  ],
  [
    'a rule about a check that there is not',
    { exceptions: { annotations: [{ namespaces: ['a'] }, { checks: ['nothing'] }] } },
    'spec.exceptions.annotations[1].checks[0]',
  ],
];

describe('looking at a profile', () => {
  for (const [name, spec, path] of REJECTED) {
    it(`finds ${name}`, () => {
      const problems = problemsOf(spec);
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      assert.match(problems[0]?.message ?? '', /\.$/);
    });
  }

  it('finds nothing in one that is valid', () => {
    assert.deepEqual(
      problemsOf({
        checks: { enable: ['all'], disable: ['host-*'] },
        severities: [{ check: 'host-pid', severity: 'Low' }],
        parameters: { allowedRegistries: ['registry.example:5000/team'] },
        exceptions: { annotations: [{ checks: ['*'] }] },
      }),
      [],
    );
  });
});
