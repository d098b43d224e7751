import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** An endpoint as the ServiceMonitor that is shipped has it. */
interface Endpoint {
  readonly honorLabels: boolean;
  readonly tlsConfig: { readonly insecureSkipVerify: boolean };
}

const MONITOR = join(import.meta.dirname, '..', '..', 'config', 'prometheus', 'monitor.yaml');

/** A process that is scraped as if it were a pod behind the Service. */
export interface ScrapeTarget {
  /** The whole of it, `http://127.0.0.1:8080/metrics`. */
  readonly metricsUrl: string;
  /** Default `plimsoll-0`. */
  readonly pod?: string;
  /** What the token file of Prometheus' pod would hold. Default none. */
  readonly token?: string;
}

/** A scrape as the Prometheus Operator makes one of the ServiceMonitor, but for finding the target and for its interval. */
export function scrapeConfig({ metricsUrl, pod = 'plimsoll-0', token }: ScrapeTarget): object {
  const { protocol, host, pathname } = new URL(metricsUrl);
  const { honorLabels, tlsConfig } = endpoint();
  return {
    job_name: `serviceMonitor/plimsoll-system/plimsoll/${pod}`,
    honor_labels: honorLabels,
    scheme: protocol.slice(0, -1),
    metrics_path: pathname,
    ...(token === undefined ? {} : { authorization: { type: 'Bearer', credentials: token } }),
    ...(protocol === 'https:' ? { tls_config: { insecure_skip_verify: tlsConfig.insecureSkipVerify } } : {}),
    static_configs: [
      {
        targets: [host],
        labels: {
          job: 'plimsoll',
          namespace: 'plimsoll-system',
          service: 'plimsoll-metrics',
          container: 'plimsoll',
          endpoint: 'metrics',
          pod,
        },
      },
    ],
  };
}

function endpoint(): Endpoint {
  const monitor = load(readFileSync(MONITOR, 'utf8')) as { readonly spec: { readonly endpoints: readonly Endpoint[] } };
  const [only] = monitor.spec.endpoints;
  if (only === undefined) throw new Error(`${MONITOR} has no endpoint`);
  return only;
}
