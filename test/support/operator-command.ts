import { join } from 'node:path';
import { freePort } from '../cluster/free-port.ts';

/** What `npm run build` makes. */
export const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'plimsoll.js');
/** Where the operator is installed, and has its Lease. */
export const OPERATOR_NAMESPACE = 'plimsoll-system';

/** How to run the operator beside a cluster, as it runs when installed. */
export interface OperatorCommand {
  /** For node: the bundle, the command, and where it listens. */
  readonly args: readonly string[];
  /** What the image sets. */
  readonly env: Readonly<Record<string, string>>;
  readonly metricsUrl: string;
  /** Without the path of the probe. */
  readonly healthUrl: string;
}

/** The command line of an operator that listens on free ports of the loopback interface. */
export async function operatorCommand(kubeconfig: string): Promise<OperatorCommand> {
  const [metrics, health] = (await Promise.all([freePort(), freePort()])).map((port) => `127.0.0.1:${port}`);
  const args = [
    BUNDLE,
    'operator',
    `--kubeconfig=${kubeconfig}`,
    `--leader-election-namespace=${OPERATOR_NAMESPACE}`,
    `--metrics-bind-address=${metrics}`,
    '--metrics-secure=false',
    `--health-probe-bind-address=${health}`,
  ];
  return {
    args,
    env: { MALLOC_ARENA_MAX: '1' },
    metricsUrl: `http://${metrics}/metrics`,
    healthUrl: `http://${health}`,
  };
}
