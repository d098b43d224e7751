import type { Logger } from '../../kube/logger.ts';
import type { Address } from '../address.ts';
import type { HealthCheck } from '../health.ts';
import { startListener, type Listener, type ListenerOptions } from './listener.ts';
import { answerByRoute, healthRoutes, metricsRoutes, type Exposition, type Routes } from './routes.ts';

export interface ServerOptions {
  /** Left out: metrics are not served. */
  readonly metricsAddress?: Address | undefined;
  /** Left out: health is not served. */
  readonly healthAddress?: Address | undefined;
  readonly metrics: Exposition;
  /** If one of these has a problem, a restart is asked for. */
  readonly alive: readonly HealthCheck[];
  /** If one of these has a problem, the operator does not do its work yet, or any more. */
  readonly ready: readonly HealthCheck[];
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly logger: Logger;
}

export interface RunningServer {
  /** Where metrics are served, with the port that was chosen. */
  readonly metrics?: Address;
  readonly health?: Address;
  /** Stops listening and ends all connections; answers under way get a moment to finish. Resolves when all are closed. */
  readonly close: () => Promise<void>;
}

/** Serves /metrics at one address, /healthz and /readyz at another. Throws a ListenError; then nothing is left open. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { metricsAddress, healthAddress, alive, ready, logger } = options;
  const started: Listener[] = [];
  const close = async (): Promise<void> => void (await Promise.all(started.map(async (listener) => listener.close())));
  const start = async (what: string, address: Address, routes: Routes): Promise<Address> => {
    const answer: ListenerOptions['answer'] = async (request) => answerByRoute(routes, request);
    const listener = await startListener({ what, address, answer, logger });
    started.push(listener);
    return listener.address;
  };
  try {
    const metrics =
      metricsAddress && (await start('metrics', metricsAddress, metricsRoutes(options.metrics, options.nowMs)));
    const health = healthAddress && (await start('health', healthAddress, healthRoutes(alive, ready)));
    return { ...(metrics && { metrics }), ...(health && { health }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
