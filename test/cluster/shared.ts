import { randomBytes } from 'node:crypto';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { eventually } from './eventually.ts';
import { textProgress } from './progress.ts';

export { eventually };

/** The first start on a machine builds Kubernetes. */
const START_TIMEOUT_MS = 40 * 60_000;

let shared: Promise<ControlPlane> | undefined;

/** One control plane for all files of a mocha run, started by whoever needs it first. */
async function sharedControlPlane(): Promise<ControlPlane> {
  shared ??= start();
  return shared;
}

async function start(apiServerFlags: readonly string[] = []): Promise<ControlPlane> {
  return startControlPlane({
    env: process.env,
    progress: textProgress({ stream: process.stderr }),
    keepFiles: process.env['KEEP'] === '1',
    apiServerFlags,
  });
}

// This file is loaded outside of any suite, so that this is a hook of the whole run.
after(async function stopSharedControlPlane() {
  this.timeout(60_000);
  // A start that failed has been reported by the hook that asked for it, and has stopped itself.
  const controlPlane = await shared?.catch(() => undefined);
  await controlPlane?.stop();
});

/**
 * To be called in a `describe`: all suites within share another control plane than the rest of the run, whose API server has
 * these flags. It is stopped when they are done.
 */
export function useOwnControlPlane(apiServerFlags: () => readonly string[]): void {
  let others: typeof shared;
  before(async function startOwnControlPlane() {
    this.timeout(START_TIMEOUT_MS);
    others = shared;
    shared = start(apiServerFlags());
    await shared;
  });
  after(async function stopOwnControlPlane() {
    this.timeout(60_000);
    const own = await shared?.catch(() => undefined);
    shared = others;
    await own?.stop();
  });
}

/** The cluster as a suite uses it. Its functions are for hooks and tests, not for the body of a `describe`. */
export interface Cluster {
  readonly controlPlane: () => ControlPlane;
  /** Make a namespace with a random name, ready for pods. It is deleted at the end of the suite. */
  readonly namespace: (prefix: string, labels?: Readonly<Record<string, string>>) => Promise<string>;
  /** Server-side apply of YAML text or of objects; `namespace` is for those that name none. */
  readonly apply: (manifests: string | readonly object[], namespace?: string) => Promise<void>;
}

/** To be called in a `describe`: gives the suite the shared cluster, and clears its namespaces away. */
export function useCluster(): Cluster {
  let controlPlane: ControlPlane | undefined;
  const namespaces: string[] = [];

  before(async function startSharedControlPlane() {
    this.timeout(START_TIMEOUT_MS);
    controlPlane = await sharedControlPlane();
  });
  after(async () => {
    if (namespaces.length > 0) await started().kubectl(['delete', 'namespace', ...namespaces, '--wait=false']);
  });

  const started = (): ControlPlane => {
    if (controlPlane === undefined) throw new Error('the cluster is there in hooks and tests only');
    return controlPlane;
  };
  const apply: Cluster['apply'] = async (manifests, namespace = 'default') => {
    const input =
      typeof manifests === 'string' ? manifests : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
    await started().kubectl(['apply', '--server-side', `--namespace=${namespace}`, '--filename=-'], { input });
  };
  return {
    controlPlane: started,
    apply,
    namespace: async (prefix, labels = {}) => {
      const name = `${prefix}-${randomBytes(4).toString('hex')}`;
      await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }]);
      namespaces.push(name);
      const { kubectl, hasControllerManager } = started();
      if (hasControllerManager) {
        await eventually(`${name} has its default ServiceAccount`, async () =>
          kubectl(['get', 'serviceaccount', 'default', `--namespace=${name}`]),
        );
      }
      return name;
    },
  };
}
