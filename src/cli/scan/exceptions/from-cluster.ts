import { CLUSTER_SECURITY_EXCEPTIONS, SECURITY_EXCEPTIONS } from '../../../crds/index.ts';
import { ApiError } from '../../../kube/api-error.ts';
import type { KubeClient } from '../../../kube/client.ts';
import { createRawObjectReader } from '../../../kube/raw-object.ts';
import { resourcePath, type Resource } from '../../../kube/resource.ts';
import { readException } from '../../../reports/exceptions/exception.ts';
import { readWhole } from '../../cluster/read-whole.ts';
import type { ScanEvent } from '../scan-event.ts';
import type { ExceptionBook } from './book.ts';

export interface ClusterExceptionsOptions {
  readonly client: KubeClient;
  readonly book: Pick<ExceptionBook, 'add'>;
  readonly signal: AbortSignal;
  /** Told of an exception that cannot be read; it is left out. */
  readonly onSkipped: (what: string, error: unknown) => void;
}

/** Who speaks of what stands in no file. */
const SOURCE = 'plimsoll';

async function readKind(resource: Resource, options: ClusterExceptionsOptions): Promise<void> {
  const { client, book, signal, onSkipped } = options;
  const reader = createRawObjectReader();
  await readWhole({
    client,
    path: resourcePath(resource),
    signal,
    onItem(bytes) {
      try {
        // A list does not say for its items what they are.
        const value = reader.read(bytes).parse('') as object;
        const exception = readException({ ...value, kind: resource.kind });
        book.add({ exception, source: SOURCE, isForMore: false });
      } catch (error) {
        onSkipped(resource.kind, error);
      }
    },
    onTooLarge: () => onSkipped(resource.kind, new Error('the object is too large')),
  });
}

/** Takes the exceptions of a cluster. Where their kinds are not served there are none; where they may not be read it says so. */
export async function* exceptionsOfCluster(options: ClusterExceptionsOptions): AsyncGenerator<ScanEvent, void> {
  for (const resource of [SECURITY_EXCEPTIONS, CLUSTER_SECURITY_EXCEPTIONS]) {
    try {
      await readKind(resource, options);
    } catch (error) {
      if (!(error instanceof ApiError && (error.code === 'Forbidden' || error.code === 'NotFound'))) throw error;
      const name = `${resource.resource}.${resource.group}`;
      if (error.code === 'Forbidden')
        yield {
          sort: 'notice',
          message: `${SOURCE}: ${name} may not be read, so that what they accept is open; grant list of them`,
        };
    }
  }
}
