import { text } from 'node:stream/consumers';
import { DEFAULT_PARAMETERS } from '../../checks/parameters.ts';
import type { Selection } from '../../checks/selection.ts';
import { createScope } from '../../controllers/scope.ts';
import type { KubeClient } from '../../kube/client.ts';
import { answered, connect, firstAnswer } from '../cluster/connection.ts';
import type { ScanSettings } from '../scan-options.ts';
import { bookFor } from './exceptions/wanted.ts';
import { filesAt, readsStandardInput } from './files.ts';
import { FRAMEWORKS } from './frameworks.ts';
import type { ScanContext } from './scan-context.ts';
import { scanCluster } from './scan-cluster.ts';
import type { Scan } from './scan-event.ts';
import { selectionFor } from './selection.ts';

/** Begins to scan the cluster of a kubeconfig. Throws a UsageError where it cannot be reached. */
export async function clusterScan(
  settings: ScanSettings,
  context: ScanContext,
): Promise<{ readonly scan: Scan; readonly selection: Selection }> {
  const { version, stdin, stderr, signal, now } = context;
  const { kubeconfig, context: name, exceptions } = settings;
  const standardInput = readsStandardInput(exceptions) ? await text(stdin) : undefined;
  const exceptionFiles = filesAt('--exceptions', exceptions, standardInput);
  const client = connect({ kubeconfig, context: name, version, otherwise: 'to scan files, name them with --filename' });
  const server = await firstAnswer(client, signal);
  const podSecurityMinor = settings.podSecurityMinor ?? server.minor;
  const selection = selectionFor(settings, podSecurityMinor, FRAMEWORKS);
  const scan = scanCluster({
    client,
    server,
    selection,
    podSecurityMinor,
    parameters: { ...DEFAULT_PARAMETERS, allowedRegistries: settings.allowedRegistries },
    exceptions: bookFor(settings, selection, now()),
    exceptionFiles,
    scope: createScope({ include: settings.namespaces, exclude: settings.excludeNamespaces }),
    optionalReads: settings.read,
    now: now(),
    signal,
    onCheckError: (check, error) => void stderr.write(`plimsoll: the check ${check} failed: ${String(error)}\n`),
    onSkipped: (kind, error) => void stderr.write(`plimsoll: a ${kind} cannot be read: ${String(error)}\n`),
  });
  return { scan: closing(scan, client), selection };
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
