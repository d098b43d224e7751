import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureBinaries } from '../../test/cluster/binaries.ts';
import { startControlPlane } from '../../test/cluster/control-plane.ts';
import { silentProgress } from '../../test/cluster/progress.ts';
import type { DemoCluster, Surroundings } from './demo-cluster.ts';

/** A control plane of plain processes on this machine: etcd, kube-apiserver and kube-controller-manager. */
export async function embeddedCluster({ env, progress }: Surroundings): Promise<DemoCluster> {
  const controlPlane = await startControlPlane({ env, progress, handleSignals: false });
  const { kubeconfig, kubectl, version, hasControllerManager } = controlPlane;
  const own = await ensureBinaries({ env, progress: silentProgress });
  return {
    title: `Kubernetes ${version}, embedded, at ${controlPlane.url}`,
    kubectl,
    shellLines: [
      `export KUBECONFIG=${kubeconfig}`,
      ...(isInPath('kubectl', env['PATH']) ? [] : [`alias kubectl=${own.kubectl}`]),
    ],
    kubeconfigFor: async (serviceAccount) => controlPlane.kubeconfigFor({ serviceAccount }),
    hasNodes: false,
    makesPods: hasControllerManager,
    end: controlPlane.stop,
  };
}

function isInPath(program: string, path = ''): boolean {
  return path.split(delimiter).some((folder) => existsSync(join(folder, program)));
}
