import { once } from 'node:events';
import { DEFAULT_PARAMETERS } from '../../checks/parameters.ts';
import type { Selection } from '../../checks/selection.ts';
import { createScope } from '../../controllers/scope.ts';
import { ApiError, TransportError } from '../../kube/api-error.ts';
import { KubeConfigError, loadKubeConfig } from '../../kube/auth.ts';
import type { KubeClient } from '../../kube/client.ts';
import { serverVersion, type ServerVersion } from '../../kube/discovery.ts';
import { createClient } from '../../kube/transport.ts';
import type { ScanSettings } from '../scan-options.ts';
import { UsageError } from '../settings.ts';
import { FRAMEWORKS } from './frameworks.ts';
import type { ScanContext } from './scan-context.ts';
import { scanCluster } from './scan-cluster.ts';
import type { Scan } from './scan-event.ts';
import { selectionFor } from './selection.ts';

/** Begins to scan the cluster of a kubeconfig. Throws a UsageError where it cannot be reached. */
export async function clusterScan(
  settings: ScanSettings,
  { version, stderr, signal, now }: ScanContext,
): Promise<{ readonly scan: Scan; readonly selection: Selection }> {
  const client = connect(settings, version);
  const server = await firstAnswer(client, signal);
  const podSecurityMinor = settings.podSecurityMinor ?? server.minor;
  const selection = selectionFor(settings, podSecurityMinor, FRAMEWORKS);
  const scan = scanCluster({
    client,
    server,
    selection,
    podSecurityMinor,
    parameters: { ...DEFAULT_PARAMETERS, allowedRegistries: settings.allowedRegistries },
    scope: createScope({ include: settings.namespaces, exclude: settings.excludeNamespaces }),
    optionalReads: settings.read,
    now: now(),
    signal,
    onCheckError: (check, error) => void stderr.write(`plimsoll: the check ${check} failed: ${String(error)}\n`),
    onSkipped: (kind, error) => void stderr.write(`plimsoll: a ${kind} cannot be read: ${String(error)}\n`),
  });
  return { scan: closing(scan, client), selection };
}

function connect({ kubeconfig, context }: ScanSettings, version: string): KubeClient {
  try {
    return createClient({
      loadConfig: () => loadKubeConfig({ kubeconfig, context }),
      userAgent: `plimsoll/${version}`,
    });
  } catch (error) {
    if (!(error instanceof KubeConfigError)) throw error;
    throw new UsageError(`${error.message}; to scan files, name them with --filename`, { cause: error });
  }
}

async function firstAnswer(client: KubeClient, signal: AbortSignal): Promise<ServerVersion> {
  const aborted = once(signal, 'abort').then(() => Promise.reject(new Error('interrupted')));
  try {
    return await answered(Promise.race([serverVersion(client), aborted]));
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Ends the connection with the scan. */
async function* closing(scan: Scan, client: KubeClient): Scan {
  try {
    for (;;) {
      const { done, value } = await answered(scan.next());
      if (done === true) return value;
      yield value;
    }
  } finally {
    await client.close();
  }
}

/** What the API server says, or one line on why it says nothing. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof TransportError)) throw error;
    throw new UsageError(`the cluster cannot be read: ${error.message}`, { cause: error });
  }
}
