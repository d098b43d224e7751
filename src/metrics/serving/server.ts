import type { Logger } from '../../kube/logger.ts';
import type { Address } from '../address.ts';
import type { HealthCheck } from '../health.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { startListener, type Limits, type Listener, type ListenerOptions } from './listener.ts';
import { answerByRoute, healthRoutes, metricsRoutes, type Exposition } from './routes.ts';
import { servingCertificate, type CertificateOptions } from './tls.ts';

export interface ServerOptions {
  /** Left out: metrics are not served. */
  readonly metricsAddress?: Address | undefined;
  /** Left out: health is not served. */
  readonly healthAddress?: Address | undefined;
  readonly metrics: Exposition;
  /** Left out: metrics are served over plain HTTP, to whoever asks. */
  readonly metricsSecurity?: MetricsSecurity | undefined;
  /** If one of these has a problem, a restart is asked for. */
  readonly alive: readonly HealthCheck[];
  /** If one of these has a problem, the operator does not do its work yet, or any more. */
  readonly ready: readonly HealthCheck[];
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/** Over TLS, and only to those who may read them. */
export interface MetricsSecurity
  extends Pick<GuardOptions, 'askAccess' | 'accessLimits'>, Pick<CertificateOptions, 'timers'> {
  /** Left out: a certificate is made at the start. */
  readonly certFolder?: string | undefined;
}

export interface RunningServer {
  /** Where metrics are served, with the port that was chosen. */
  readonly metrics?: Address;
  readonly health?: Address;
  /** Stops listening and ends all connections; answers under way get a moment to finish. Resolves when all are closed. */
  readonly close: () => Promise<void>;
}

/** Far above what scrapes need. Each takes memory, whoever opens it. */
const METRICS_LIMITS: Partial<Limits> = { connections: 128 };

/**
 * Serves /metrics at one address, /healthz and /readyz at another. Throws a ListenError or a CertificateError; then nothing
 * is left open.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { metricsAddress, healthAddress, alive, ready, logger } = options;
  const started: Pick<Listener, 'close'>[] = [];
  const close = async (): Promise<void> => void (await Promise.all(started.map(async (each) => each.close())));
  try {
    const metrics = metricsAddress && (await startMetrics(metricsAddress, options));
    if (metrics !== undefined) started.push(metrics);
    const routes = healthRoutes(alive, ready);
    const answer: ListenerOptions['answer'] = async (request) => answerByRoute(routes, request);
    const health = healthAddress && (await startListener({ what: 'health', address: healthAddress, answer, logger }));
    if (health !== undefined) started.push(health);
    return { ...(metrics && { metrics: metrics.address }), ...(health && { health: health.address }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startMetrics(
  address: Address,
  { metrics, metricsSecurity, nowMs, logger }: ServerOptions,
): Promise<Pick<Listener, 'address' | 'close'>> {
  const routes = metricsRoutes(metrics, nowMs);
  const byRoute: ListenerOptions['answer'] = async (request) => answerByRoute(routes, request);
  const common = { what: 'metrics', address, limits: METRICS_LIMITS, logger };
  if (metricsSecurity === undefined) return startListener({ ...common, answer: byRoute });
  const { certFolder, timers } = metricsSecurity;
  const guard = createGuard({ ...metricsSecurity, nowMs, logger });
  const { tls, follow } = await servingCertificate({ folder: certFolder, timers, logger });
  const answer: ListenerOptions['answer'] = async (request) => (await guard(request.headers)) ?? byRoute(request);
  const listener = await startListener({ ...common, answer, tls });
  const ending = new AbortController();
  const following = follow(listener.setSecureContext, ending.signal);
  return {
    address: listener.address,
    async close() {
      ending.abort();
      await Promise.all([following, listener.close()]);
    },
  };
}
