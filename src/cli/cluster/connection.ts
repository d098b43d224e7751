import { once } from 'node:events';
import { ApiError, TransportError } from '../../kube/api-error.ts';
import { KubeConfigError, loadKubeConfig } from '../../kube/auth.ts';
import type { ClientHooks, KubeClient } from '../../kube/client.ts';
import { serverVersion, type ServerVersion } from '../../kube/discovery.ts';
import { createClient } from '../../kube/transport.ts';
import { UsageError } from '../settings.ts';

export interface ConnectionOptions {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** Of Plimsoll. */
  readonly version: string;
  readonly hooks?: ClientHooks;
  /** What to do where there is no cluster, at the end of the message. Default nothing. */
  readonly otherwise?: string;
}

/** A client for the cluster that a person means. Throws a UsageError where the kubeconfig names none. */
export function connect({ kubeconfig, context, version, hooks = {}, otherwise }: ConnectionOptions): KubeClient {
  try {
    return createClient({
      loadConfig: () => loadKubeConfig({ kubeconfig, context }),
      userAgent: `plimsoll/${version}`,
      hooks,
    });
  } catch (error) {
    if (!(error instanceof KubeConfigError)) throw error;
    const advice = otherwise === undefined ? '' : `; ${otherwise}`;
    throw new UsageError(`${error.message}${advice}`, { cause: error });
  }
}

/** The version of the API server, as the first thing that is asked. Closes the client if there is no answer, and throws as `answered` does. */
export async function firstAnswer(client: KubeClient, signal: AbortSignal): Promise<ServerVersion> {
  const aborted = once(signal, 'abort').then(() => Promise.reject(new Error('interrupted')));
  try {
    return await answered(Promise.race([serverVersion(client), aborted]));
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** What the API server says; throws a UsageError, of one line, where it says nothing. */
export async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof TransportError)) throw error;
    throw new UsageError(`the cluster cannot be read: ${error.message}`, { cause: error });
  }
}
