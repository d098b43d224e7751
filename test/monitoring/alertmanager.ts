import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import type { MonitoringPrograms } from './programs.ts';
import { startService, type Service } from './service.ts';
import type { ReceivedRequest } from './webhook-receiver.ts';

interface Route {
  readonly receiver: string;
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly [key: string]: unknown;
}

/** As far as it is looked at. */
interface AlertmanagerConfig {
  readonly route: Route;
  readonly receivers: readonly { readonly name: string; readonly webhook_configs?: readonly object[] }[];
  readonly [key: string]: unknown;
}

/** What Alertmanager sends to a webhook, as far as it is looked at. */
export interface AlertMessage {
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

const EXAMPLE = join(import.meta.dirname, '..', '..', 'config', 'samples', 'alertmanager.yaml');

interface AlertmanagerOptions {
  readonly programs: MonitoringPrograms;
  /** Gets what every receiver of the example would get, each under its own path. */
  readonly webhookUrl: string;
  /** Before the first message on a group, and between two. Default 500. */
  readonly groupIntervalMs?: number;
}

/** Start an Alertmanager with the example that is shipped: its routes and inhibitions, but with other addresses, and quicker. */
export async function startAlertmanager(options: AlertmanagerOptions): Promise<Service> {
  return startService({
    name: 'alertmanager',
    program: options.programs.alertmanager,
    files: { 'alertmanager.yaml': dump(configuration(options)) },
    args: (folder, address) => [
      `--config.file=${folder}/alertmanager.yaml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=${address}`,
      // Alone: no gossip with others.
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
  });
}

function configuration({ webhookUrl, groupIntervalMs = 500 }: AlertmanagerOptions): AlertmanagerConfig {
  const example = load(readFileSync(EXAMPLE, 'utf8')) as AlertmanagerConfig;
  const interval = `${groupIntervalMs}ms`;
  return {
    ...example,
    route: { ...example.route, group_wait: interval, group_interval: interval },
    receivers: example.receivers.map(({ name, webhook_configs: hooks }) => ({
      name,
      ...(hooks === undefined
        ? {}
        : { webhook_configs: hooks.map((hook) => ({ ...hook, url: `${webhookUrl}/${name}` })) }),
    })),
  };
}

/** What one receiver was told, in order. */
export function messagesTo(receiver: string, requests: readonly ReceivedRequest[]): readonly AlertMessage[] {
  return requests.filter(({ path }) => path === `/${receiver}`).map(({ body }) => JSON.parse(body) as AlertMessage);
}
