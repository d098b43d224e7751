import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dump } from 'js-yaml';
import { alertRules, rulesFile, shippedRules, type AlertRule, type RuleGroups } from '../../monitoring/alert-rules.ts';
import { useMonitoringPrograms } from '../../monitoring/shared.ts';

export type Labels = Readonly<Record<string, string>>;

/** An alert as it is sent, with the one text that is made for it. */
interface Sent {
  readonly labels: Labels;
  readonly description: string;
}

/** What Prometheus scrapes, and what of it becomes alerts. Minutes count from the first scrape. */
export interface Scenario {
  /** The name of the alert; the others are not looked at. */
  readonly alert: string;
  /** By series: values that `lasting` and `absent` make, joined by blanks. Each lasts a scrape at least. */
  readonly series: Readonly<Record<string, string>>;
  /** Of which alerts fire at a minute, their labels but for the name. */
  readonly firing?: Readonly<Record<number, readonly Labels[]>>;
  /** The same with what people read. */
  readonly sent?: Readonly<Record<number, readonly Sent[]>>;
  /** Between two scrapes, and between two evaluations. Default 1; where much time passes, 5 is faster. */
  readonly stepMinutes?: number;
  /** How somebody has tuned the expression. Default: as shipped. */
  readonly tuned?: (expr: string) => string;
}

/** promtool begins in 1970: an age of which the rules speak must be possible before a scenario begins. */
const BEGIN_MINUTE = 120;
/** What promtool takes the longest time by; a value that lasts until the end of a scenario. */
export const TO_THE_END = 400;

/** The Unix time of a minute of a scenario, in seconds. */
export function at(minute: number): number {
  return (BEGIN_MINUTE + minute) * 60;
}

/** A value that stays the same for so many scrapes. */
export function lasting(value: number, scrapes = TO_THE_END): string {
  return `${value}+0x${scrapes - 1}`;
}

/** A counter that begins at a value and rises by so much at each scrape. */
export function rising(from: number, by: number, scrapes = TO_THE_END): string {
  return `${from}+${by}x${scrapes - 1}`;
}

/** Nothing: the scrapes fail, or nobody scrapes. */
export function absent(scrapes: number): string {
  return `_x${scrapes}`;
}

/** The end of a series of which Prometheus knows, as the target answers without it or is gone. Lasts a scrape. */
export const GONE = 'stale';

/** The same labels at each minute of a range, both ends included. */
export function throughout(from: number, to: number, firing: readonly Labels[]): Record<number, readonly Labels[]> {
  return Object.fromEntries(Array.from({ length: to - from + 1 }, (_, index) => [from + index, firing]));
}

type Row = readonly [name: string, scenario: Omit<Scenario, 'alert'>];

/** A suite on one alert; the name of each test says what the alert does. */
export function behaves(alert: string, rows: readonly Row[]): void {
  describe(alert, () => {
    const programs = useMonitoringPrograms();
    for (const [name, scenario] of rows) it(name, async () => play(programs().promtool, { alert, ...scenario }));
  });
}

/** Lets promtool play a scenario against the rules that are shipped. Throws what differs. */
async function play(promtool: string, scenario: Scenario): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-alerts-'));
  try {
    await writeFile(join(folder, 'rules.yaml'), rulesFile(rulesOf(scenario)));
    await writeFile(join(folder, 'test.yaml'), dump(testFile(scenario)));
    await promisify(execFile)(promtool, ['test', 'rules', 'test.yaml'], { cwd: folder });
  } catch (error) {
    throw error instanceof Error && 'stdout' in error && 'stderr' in error
      ? new Error(`${String(error.stderr)}${String(error.stdout)}`, { cause: error })
      : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function annotationsOf(alert: string): AlertRule['annotations'] | undefined {
  return alertRules(shippedRules()).find((rule) => rule.alert === alert)?.annotations;
}

/** The others would only take time. */
function rulesOf({ alert, tuned = (expr) => expr }: Scenario): RuleGroups {
  const rules = alertRules(shippedRules()).filter((rule) => rule.alert === alert);
  return { groups: [{ name: alert, rules: rules.map((rule) => ({ ...rule, expr: tuned(rule.expr) })) }] };
}

function testFile({ alert, series, firing = {}, sent = {}, stepMinutes = 1 }: Scenario): object {
  const begin = absent(BEGIN_MINUTE / stepMinutes);
  return {
    rule_files: ['rules.yaml'],
    evaluation_interval: `${stepMinutes}m`,
    tests: [
      {
        interval: `${stepMinutes}m`,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values: `${begin} ${values}` })),
        promql_expr_test: Object.entries(firing).map(([minute, labels]) => ({
          expr: `ALERTS{alertname="${alert}", alertstate="firing"}`,
          eval_time: timeOf(minute),
          exp_samples: labels.map((each) => ({
            labels: seriesOf('ALERTS', { ...each, alertname: alert, alertstate: 'firing' }),
            value: 1,
          })),
        })),
        alert_rule_test: Object.entries(sent).map(([minute, alerts]) => ({
          alertname: alert,
          eval_time: timeOf(minute),
          exp_alerts: alerts.map(({ labels, description }) => ({
            exp_labels: labels,
            exp_annotations: { ...annotationsOf(alert), description },
          })),
        })),
      },
    ],
  };
}

function timeOf(minute: string): string {
  return `${BEGIN_MINUTE + Number(minute)}m`;
}

/** A series by its name and labels, as Prometheus writes it. */
export function seriesOf(name: string, labels: Labels): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;
}
