import fc from 'fast-check';
import { SEVERITIES } from '../../src/crds/index.ts';
import type { ChangeSet, NotifiedFinding } from '../../src/notify/change-set.ts';
import type { Target } from '../../src/notify/config/config.ts';

const SINCE = '2026-11-24T03:15:36Z';

export function finding(more: Partial<NotifiedFinding> = {}): NotifiedFinding {
  return {
    id: '1d1f0c6c0f1a9c1e',
    check: 'privileged-container',
    severity: 'Critical',
    message: 'privileged is true',
    container: 'app',
    path: 'spec.template.spec.containers[app].securityContext.privileged',
    since: SINCE,
    ...more,
  };
}

/** What is resolved has no message. */
export function resolved(more: Partial<NotifiedFinding> = {}): NotifiedFinding {
  const { message: _message, ...rest } = finding({ id: '77', check: 'host-network', severity: 'High' });
  return { ...rest, ...more };
}

export function changes(more: Partial<ChangeSet> = {}): ChangeSet {
  return {
    report: { kind: 'SecurityReport', namespace: 'shop', name: 'deployment-checkout' },
    subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout', namespace: 'shop' },
    opened: [finding()],
    resolved: [],
    ...more,
  };
}

export const CLUSTER_CHANGES: ChangeSet = changes({
  report: { kind: 'ClusterSecurityReport', name: 'clusterrole-ops' },
  subject: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'ops:<&>' },
});

/** Tells of one finding, which has this id. */
export const numbered = (number: number): ChangeSet => changes({ opened: [finding({ id: `finding-${number}` })] });

export function target(more: Partial<Target> = {}): Target {
  return {
    name: 'ops',
    type: 'webhook',
    url: 'https://receiver.example/hooks/T0PSECRET',
    minSeverity: 'High',
    namespaces: [],
    excludeNamespaces: [],
    clusterScoped: true,
    sendResolved: true,
    digestSeconds: 0,
    timeoutSeconds: 5,
    giveUpAfterSeconds: 3600,
    maxQueue: 5000,
    headers: {},
    alertLifetimeSeconds: 86_400,
    tls: { insecureSkipVerify: false },
    ...more,
  };
}

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('&', '<', '>', '*', '_', '`', '|', '[', ']', '(', ')', '\\', '\n', '😀', '‮'),
    maxLength: 400,
  }),
  fc.constantFrom(
    '<!channel>',
    '<@U0123>',
    '[free](https://evil.example)',
    '![](https://evil.example/x.png)',
    'a\r\nb',
    '\ud800',
  ),
);

const hostileFinding: fc.Arbitrary<NotifiedFinding> = fc.record(
  {
    id: fc.string({ minLength: 1, maxLength: 16 }),
    check: hostileText,
    severity: fc.constantFrom(...SEVERITIES),
    since: fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    message: hostileText,
    container: hostileText,
    path: hostileText,
  },
  { requiredKeys: ['id', 'check', 'severity', 'since'] },
);

/** Change sets that mean ill: all that may be a name or a message, and more. */
export const hostileChanges: fc.Arbitrary<ChangeSet> = fc.record({
  report: fc.record({
    kind: fc.constantFrom('SecurityReport' as const, 'ClusterSecurityReport' as const),
    namespace: fc.constantFrom('shop', 'a'.repeat(63)),
    name: fc.constantFrom('deployment-web', 'r'.repeat(253)),
  }),
  subject: fc.record({
    apiVersion: fc.constant('apps/v1'),
    kind: hostileText,
    name: hostileText,
    namespace: hostileText,
  }),
  opened: fc.array(hostileFinding, { maxLength: 14 }),
  resolved: fc.array(hostileFinding, { maxLength: 14 }),
});
