import { readFile } from 'node:fs/promises';
import type { SecurityReport } from '../../src/crds/index.ts';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { eventually, useCluster, type Cluster } from '../cluster/shared.ts';
import { violated } from './violated.ts';
import { startOperator, type RunningOperator } from './operator.ts';

const INSTALL = new URL('../../manifests/install.yaml', import.meta.url);

/** What is looked at of a stored report: metadata is complete there. */
export type StoredReport = SecurityReport & {
  readonly metadata: {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly name: string;
    readonly namespace?: string;
  };
};

/** A cluster with Plimsoll's CRDs and RBAC, and ways to look at reports. */
export interface Installed extends Cluster {
  /** Starts an operator with the rights it has when installed; it is stopped after the suite at the latest. */
  readonly operator: (...args: readonly string[]) => Promise<RunningOperator>;
  readonly kubectl: ControlPlane['kubectl'];
  readonly reports: () => Promise<readonly StoredReport[]>;
  /** The report of that name; with an empty namespace a cluster-scoped one. */
  readonly report: (namespace: string, name: string) => Promise<StoredReport | undefined>;
  /** Waits until the report is as wanted. */
  readonly reportWhere: (
    namespace: string,
    name: string,
    what: string,
    is: (report: StoredReport) => boolean,
  ) => Promise<StoredReport>;
}

async function listReports(kubectl: ControlPlane['kubectl']): Promise<readonly StoredReport[]> {
  const kinds = ['securityreports', 'clustersecurityreports'].map(async (kind) => {
    const list = JSON.parse(await kubectl(['get', kind, '--all-namespaces', '--output=json'])) as {
      items: StoredReport[];
    };
    return list.items;
  });
  return (await Promise.all(kinds)).flat();
}

/** To be called in a `describe`. Installs what the manifests hold but for the Deployment: the operator runs beside it. */
export function useInstalled(): Installed {
  const cluster = useCluster();
  const running: RunningOperator[] = [];
  const kubectl: ControlPlane['kubectl'] = (...args) => cluster.controlPlane().kubectl(...args);

  before(async function install() {
    this.timeout(60_000);
    const manifests = await readFile(INSTALL, 'utf8');
    await kubectl(['apply', '--server-side', '--filename=-'], { input: manifests });
    await kubectl(['delete', 'deployment', 'plimsoll', '--namespace=plimsoll-system', '--ignore-not-found']);
    await kubectl([
      'wait',
      '--for=condition=Established',
      'crd/securityreports.plimsoll.dev',
      'crd/clustersecurityreports.plimsoll.dev',
      'crd/compliancereports.plimsoll.dev',
      'crd/securityexceptions.plimsoll.dev',
      'crd/clustersecurityexceptions.plimsoll.dev',
      'crd/securityprofiles.plimsoll.dev',
    ]);
  });

  after(async function uninstall() {
    this.timeout(60_000);
    await Promise.all(running.map(async (operator) => operator.stop()));
    // The next suite begins with a first install.
    const kinds = [
      'securityreports,clustersecurityreports,compliancereports',
      'securityexceptions,clustersecurityexceptions,securityprofiles',
    ].join();
    await kubectl(['delete', kinds, '--all', '--all-namespaces', '--wait=false']);
    await kubectl(['delete', 'lease', 'plimsoll', '--namespace=plimsoll-system', '--ignore-not-found']);
  });

  async function report(namespace: string, name: string): Promise<StoredReport | undefined> {
    const scope =
      namespace === '' ? ['clustersecurityreport', name] : ['securityreport', name, `--namespace=${namespace}`];
    const output = await kubectl(['get', ...scope, '--ignore-not-found', '--output=json']);
    return output.trim() === '' ? undefined : (JSON.parse(output) as StoredReport);
  }

  return {
    ...cluster,
    kubectl,
    report,
    reports: () => listReports(kubectl),
    async reportWhere(namespace, name, what, is) {
      return eventually(`the report ${namespace}/${name} ${what}`, async () => {
        const current = await report(namespace, name);
        if (current === undefined) throw new Error('there is no such report');
        if (!is(current)) throw new Error(`it says ${violated(current).join(', ') || 'nothing'}`);
        return current;
      });
    },
    async operator(...args) {
      const kubeconfig = await cluster
        .controlPlane()
        .kubeconfigFor({ serviceAccount: { namespace: 'plimsoll-system', name: 'plimsoll' } });
      const operator = await startOperator({ kubeconfig, args });
      running.push(operator);
      return operator;
    },
  };
}
