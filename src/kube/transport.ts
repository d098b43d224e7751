import type { KubeConfig } from '@kubernetes/client-node';
import { createAccessSource } from './access.ts';
import type { ClientHooks, KubeClient, RequestOptions } from './client.ts';
import { withDeadline } from './deadline.ts';
import { withRetries } from './retry.ts';
import { createSender, nameOf } from './sender.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface ClientOptions {
  /** Called at the start, and again when the server does not accept the credentials any more. */
  readonly loadConfig: () => KubeConfig;
  /** `plimsoll/<version>` */
  readonly userAgent: string;
  readonly hooks?: ClientHooks;
  readonly timers?: Timers;
}

const REQUEST_TIMEOUT_MS = 60_000;
/** A client for the server that the kubeconfig names. Throws what `loadConfig` throws. */
export function createClient({ loadConfig, userAgent, hooks = {}, timers = systemTimers }: ClientOptions): KubeClient {
  const accesses = createAccessSource(loadConfig, timers.now);
  const sender = createSender({ accesses, userAgent, hooks, now: timers.now });
  return {
    request<T>({ timeoutMs = REQUEST_TIMEOUT_MS, ...call }: RequestOptions): Promise<T> {
      const onRetry = (code: string): void =>
        hooks.onRetry?.({ method: call.method, host: accesses.server().host, code });
      return withDeadline(nameOf(call), timeoutMs, call.signal, (signal) =>
        withRetries({ call, signal, timers, onRetry }, () => sender.decoded<T>({ ...call, signal })),
      );
    },
    stream: (call) => sender.body({ method: 'GET', ...call }),
    close: accesses.close,
  };
}
