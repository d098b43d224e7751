import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { alertRules, shippedRules } from '../../monitoring/alert-rules.ts';
import { useMonitoringPrograms } from '../../monitoring/shared.ts';
import { ROOT } from '../config/manifests.ts';
import type { Labels } from './scenario.ts';

const CONFIG = join(ROOT, 'config/samples/alertmanager.yaml');

interface AlertmanagerConfig {
  readonly route: Readonly<Record<string, unknown>>;
  readonly inhibit_rules: readonly { readonly source_matchers: readonly string[] }[];
}

const ROUTES: readonly (readonly [what: string, labels: Labels, receivers: readonly string[]])[] = [
  [
    'a new high violation to the team of its namespace',
    { alertname: 'PlimsollNewViolations', namespace: 'shop', finding_severity: 'high', severity: 'warning' },
    ['team-shop'],
  ],
  [
    'a new critical violation to the team, and wake somebody',
    { alertname: 'PlimsollNewViolations', namespace: 'legacy', finding_severity: 'critical', severity: 'critical' },
    ['pager', 'team-legacy'],
  ],
  [
    'what is overdue to the team, and wake nobody',
    { alertname: 'PlimsollCriticalViolationsOpen', namespace: 'ci', severity: 'warning' },
    ['team-legacy'],
  ],
  [
    'an exception that expires to the team of its namespace',
    { alertname: 'PlimsollExceptionExpiring', namespace: 'payments', exception: 'old-agent', severity: 'warning' },
    ['team-shop'],
  ],
  [
    'a violation in a namespace of nobody to the platform',
    { alertname: 'PlimsollNewViolations', namespace: 'new', finding_severity: 'high', severity: 'warning' },
    ['platform'],
  ],
  [
    'a violation of a cluster-scoped object to the platform',
    { alertname: 'PlimsollNewViolations', finding_severity: 'high', severity: 'warning' },
    ['platform'],
  ],
  [
    'an absent operator to the pager, and to the platform',
    { alertname: 'PlimsollOperatorAbsent', severity: 'critical' },
    ['pager', 'platform'],
  ],
  [
    'what fails in the operator to the platform',
    { alertname: 'PlimsollWatchStale', resource: 'pods', severity: 'warning' },
    ['platform'],
  ],
  [
    'what is only worth knowing to nobody',
    { alertname: 'PlimsollReportsTruncated', kind: 'SecurityReport', severity: 'info' },
    ['nobody'],
  ],
  ['alerts of others as if there were no Plimsoll', { alertname: 'Watchdog', namespace: 'shop' }, ['platform']],
];

describe('The example for Alertmanager', () => {
  const programs = useMonitoringPrograms();
  const config = load(readFileSync(CONFIG, 'utf8')) as AlertmanagerConfig;
  const amtool = (...args: readonly string[]): string =>
    execFileSync(programs().amtool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it('passes amtool check-config', () => {
    assert.match(amtool('check-config', CONFIG), /SUCCESS/);
  });

  it('groups by namespace and repeats twice a day', () => {
    const { group_by, group_wait, group_interval, repeat_interval } = config.route;
    assert.deepEqual(
      { group_by, group_wait, group_interval, repeat_interval },
      {
        group_by: ['alertname', 'cluster', 'namespace'],
        group_wait: '30s',
        group_interval: '5m',
        repeat_interval: '12h',
      },
    );
  });

  for (const [what, labels, receivers] of ROUTES) {
    it(`sends ${what}`, () => {
      const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
      const output = amtool('config', 'routes', 'test', `--config.file=${CONFIG}`, ...pairs);
      assert.equal(output.trim(), receivers.join(','));
    });
  }

  it('names in its matchers only alerts that there are', () => {
    const names = new Set(alertRules(shippedRules()).map(({ alert }) => alert));
    const named = readFileSync(CONFIG, 'utf8').match(/\bPlimsoll[A-Z]\w+/g) ?? [];
    assert.ok(named.length > 0);
    for (const name of named) assert.ok(names.has(name), name);
  });
});
