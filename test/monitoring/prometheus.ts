import { dump } from 'js-yaml';
import { rulesFile, type RuleGroups } from './alert-rules.ts';
import type { MonitoringPrograms } from './programs.ts';
import { startService, type Service } from './service.ts';

/** A sample as a query answers it. */
export interface QueriedSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An alert as Prometheus sees it. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

interface LoadedRule {
  readonly name: string;
  /** `unknown` until it was evaluated. */
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

/** A Prometheus that scrapes and evaluates every second. */
export interface RunningPrometheus extends Service {
  /** What an instant query for a vector answers. */
  readonly query: (promql: string) => Promise<readonly QueriedSample[]>;
  readonly alerts: () => Promise<readonly ActiveAlert[]>;
  readonly rules: () => Promise<readonly LoadedRule[]>;
}

interface PrometheusOptions {
  readonly programs: MonitoringPrograms;
  /** As `scrapeConfig` makes them. */
  readonly scrapes: readonly object[];
  /** Default none. */
  readonly rules?: RuleGroups;
  /** Of an Alertmanager, `http://127.0.0.1:9093`. Default none. */
  readonly alertmanagerUrl?: string;
  /** Between two scrapes, and between two evaluations. Default 1,000. */
  readonly intervalMs?: number;
}

/** Start a Prometheus with an empty store; throws with the end of its log if it refuses its configuration. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const { programs, rules = { groups: [] } } = options;
  const service = await startService({
    name: 'prometheus',
    program: programs.prometheus,
    files: { 'prometheus.yaml': dump(configuration(options)), 'rules.yaml': rulesFile(rules) },
    args: (folder, address) => [
      `--config.file=${folder}/prometheus.yaml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${address}`,
      // With hastened rules, what lasts ten seconds stands for what lasts ten minutes: it is restored after a restart too.
      '--rules.alert.for-grace-period=0s',
      // Alertmanager gives an alert up after four times this.
      '--rules.alert.resend-delay=5s',
      '--log.level=warn',
    ],
  });
  return { ...service, ...apiOf(service.url) };
}

function configuration({ scrapes, alertmanagerUrl, intervalMs = 1000 }: PrometheusOptions): object {
  const interval = `${intervalMs}ms`;
  return {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: ['rules.yaml'],
    ...(alertmanagerUrl === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }] } }),
    scrape_configs: scrapes,
  };
}

function apiOf(url: string): Pick<RunningPrometheus, 'query' | 'alerts' | 'rules'> {
  return {
    query: async (promql) => {
      const { result } = await dataOf<{
        readonly result: readonly { readonly metric: QueriedSample['metric']; readonly value: [number, string] }[];
      }>(`${url}/api/v1/query?query=${encodeURIComponent(promql)}`);
      return result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
    },
    alerts: async () => (await dataOf<{ readonly alerts: readonly ActiveAlert[] }>(`${url}/api/v1/alerts`)).alerts,
    rules: async () => {
      const { groups } = await dataOf<{ readonly groups: readonly { readonly rules: readonly LoadedRule[] }[] }>(
        `${url}/api/v1/rules`,
      );
      return groups.flatMap(({ rules }) => rules);
    },
  };
}

async function dataOf<T>(url: string): Promise<T> {
  const response = await fetch(url);
  const body = (await response.json()) as { readonly status: string; readonly error?: string; readonly data: T };
  if (body.status !== 'success') throw new Error(`${url} answers ${response.status}: ${body.error}`);
  return body.data;
}
