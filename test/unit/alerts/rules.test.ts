import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { METRIC_FAMILIES } from '../../../src/metrics/metrics.ts';
import { alertRules, hastened, rulesFile, shippedRules, type AlertRule } from '../../monitoring/alert-rules.ts';
import { useMonitoringPrograms } from '../../monitoring/shared.ts';
import { useTempFolder } from '../cluster/temp-folder.ts';
import { readManifest, ROOT } from '../config/manifests.ts';

const rules = alertRules(shippedRules());
const RUNBOOKS = 'docs/runbooks';
const SECTIONS = ['## Meaning', '## Impact', '## Diagnosis', '## Mitigation'];

/** Labels that Prometheus adds to every series. */
const OF_TARGETS = ['cluster', 'job', 'instance'];

const EXPORTED: ReadonlyMap<string, readonly string[]> = new Map(
  METRIC_FAMILIES.flatMap((family) => Object.values(family.rows)).map(({ name, labels }) => [name, labels]),
);

function metricsIn(expr: string): readonly string[] {
  return expr.match(/\b(?:plimsoll|controller_runtime|leader_election|workqueue|rest_client)_\w+/g) ?? [];
}

/** Those that are matched on or grouped by. */
function labelsIn(expr: string): readonly string[] {
  const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/,\s*/));
  const matched = [...expr.matchAll(/(\w+)(?:=~|!=|!~|=)"/g)].map(([, label = '']) => label);
  return [...grouped, ...matched];
}

function tableRow({ alert, for: after = 'at once', labels, annotations }: AlertRule): string {
  const severity = labels['severity'] ?? '';
  const cells = [`[${alert}](runbooks/${alert}.md)`, severity.includes('{{') ? 'critical, warning' : severity];
  return `| ${[...cells, after, annotations.summary].join(' | ')} |`;
}

describe('The alert rules', () => {
  const programs = useMonitoringPrograms();
  const folder = useTempFolder();

  it('pass promtool check rules, as shipped and hastened', () => {
    const paths = Object.entries({ shipped: shippedRules(), hastened: hastened(shippedRules(), 60) }).map(
      ([name, groups]) => {
        const path = join(folder(), `${name}.yaml`);
        writeFileSync(path, rulesFile(groups));
        return path;
      },
    );
    const output = execFileSync(programs().promtool, ['check', 'rules', '--lint-fatal', ...paths], {
      encoding: 'utf8',
    });
    assert.equal(output.match(new RegExp(`SUCCESS: ${rules.length} rules found`, 'g'))?.length, 2, output);
  });

  it('are named in our own way, each once', () => {
    const names = rules.map(({ alert }) => alert);
    for (const name of names) assert.match(name, /^Plimsoll([A-Z][a-z]+)+$/);
    assert.deepEqual([...new Set(names)], names);
  });

  it('have a severity, a summary that is a sentence without variables, and a description', () => {
    for (const { alert, labels, annotations } of rules) {
      assert.match(labels['severity'] ?? '', /^(critical|warning|info|\{\{ if .*critical.*warning.* end \}\})$/, alert);
      assert.match(annotations.summary, /^[A-Z][^{}]*\.$/, alert);
      assert.match(annotations.description, /\.$/, alert);
    }
  });

  it('speak of metrics that exist, by labels that these have', () => {
    for (const { alert, expr } of rules) {
      const labels = new Set(OF_TARGETS);
      for (const metric of metricsIn(expr)) {
        assert.ok(EXPORTED.has(metric), `${alert}: nobody exports ${metric}`);
        for (const label of EXPORTED.get(metric) ?? []) labels.add(label);
      }
      for (const label of labelsIn(expr)) assert.ok(labels.has(label), `${alert}: there is no label ${label}`);
    }
  });

  it('link to a runbook each, and there is no runbook without its alert', () => {
    const pages = readdirSync(join(ROOT, RUNBOOKS)).map((file) => basename(file, '.md'));
    assert.deepEqual(pages.sort(), rules.map(({ alert }) => alert).sort());
    for (const { alert, annotations } of rules) {
      assert.equal(annotations.runbook_url, `https://github.com/plimsoll/plimsoll/blob/main/${RUNBOOKS}/${alert}.md`);
    }
  });

  it('have runbooks that say what it means, what follows, what to look at and what to do', () => {
    for (const { alert } of rules) {
      const text = readFileSync(join(ROOT, RUNBOOKS, `${alert}.md`), 'utf8');
      assert.ok(text.startsWith(`# ${alert}\n`), alert);
      assert.deepEqual(text.match(/^## .*$/gm), SECTIONS, alert);
    }
  });

  it('speak, in their runbooks, of metrics that exist', () => {
    for (const { alert } of rules) {
      const text = readFileSync(join(ROOT, RUNBOOKS, `${alert}.md`), 'utf8');
      for (const metric of metricsIn(text)) assert.ok(EXPORTED.has(metric), `${alert}: ${metric}`);
    }
  });

  it('are listed in docs/alerts.md', () => {
    const lines = readFileSync(join(ROOT, 'docs/alerts.md'), 'utf8').split('\n');
    const table = lines.filter((line) => line.startsWith('| [Plimsoll'));
    assert.equal(table.join('\n'), rules.map(tableRow).join('\n'));
  });
});

describe('hastened rules', () => {
  const rule = (expr: string, more: Partial<AlertRule> = {}): AlertRule => ({
    alert: 'Some',
    expr,
    labels: {},
    annotations: { summary: '', description: '', runbook_url: '' },
    ...more,
  });
  const hasten = (each: AlertRule): AlertRule | undefined =>
    alertRules(hastened({ groups: [{ name: 'some', rules: [each] }] }, 60))[0];

  it('have every time in them divided, and nothing else', () => {
    assert.deepEqual(
      hasten(rule('last_over_time(a{b="1 h"}[15m]) > 30 and c < time() - 7 * 86400', { for: '1m' })),
      rule('last_over_time(a{b="1 h"}[15000ms]) > 30 and c < time() - 10080', { for: '1000ms' }),
    );
  });

  it('are refused where a time is written in another way', () => {
    assert.throws(() => hasten(rule('a', { for: '1h30m' })), /1h30m is not a duration of one unit/);
  });

  it('miss no time in the rules that are shipped: what is no product is a number too small for one', () => {
    for (const { alert, expr } of rules) {
      const rest = expr.replaceAll(/\[\w+\]|\b\d+ \* \d+\b|"[^"]*"/g, '');
      for (const number of rest.match(/\b\d+\b/g) ?? []) assert.ok(Number(number) < 60, `${alert}: ${number}`);
    }
  });
});

describe('The ServiceMonitor', () => {
  const monitor = readManifest('config/prometheus/monitor.yaml', 'ServiceMonitor', 'plimsoll') as {
    readonly spec: {
      readonly jobLabel: string;
      readonly selector: { readonly matchLabels: object };
      readonly endpoints: readonly { readonly honorLabels: boolean }[];
    };
  };

  it('gives the series the job that the rules ask for, and leaves them their namespace', () => {
    const { jobLabel, selector, endpoints } = monitor.spec;
    assert.deepEqual(selector.matchLabels, { [jobLabel]: 'plimsoll' });
    const jobs = rules.flatMap(({ expr }) => [...expr.matchAll(/job="(\w+)"/g)].map(([, job]) => job));
    assert.deepEqual([...new Set(jobs)], ['plimsoll']);
    assert.deepEqual(
      endpoints.map(({ honorLabels }) => honorLabels),
      [true],
    );
  });
});
