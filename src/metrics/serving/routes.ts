import type { IncomingMessage } from 'node:http';
import { answerHealth, type HealthCheck } from '../health.ts';
import type { Answer } from './answer.ts';

type Route = (url: URL) => Answer | Promise<Answer>;
export type Routes = ReadonlyMap<string, Route>;

/** What there is to scrape. */
export interface Exposition {
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** However many scrape, the metrics are printed once in this time. */
const RENDER_CACHE_MS = 1000;

export function metricsRoutes({ render, contentType }: Exposition, nowMs: () => number): Routes {
  const print = cached(render, RENDER_CACHE_MS, nowMs);
  return new Map([['/metrics', async () => ({ status: 200, body: await print(), contentType })]]);
}

export function healthRoutes(alive: readonly HealthCheck[], ready: readonly HealthCheck[]): Routes {
  return new Map([
    ['/healthz', healthRoute('healthz', alive)],
    ['/readyz', healthRoute('readyz', ready)],
  ]);
}

function healthRoute(probe: string, checks: readonly HealthCheck[]): Route {
  return (url) => {
    const { healthy, body } = answerHealth(probe, checks, url.searchParams.has('verbose'));
    return { status: healthy ? 200 : 503, body };
  };
}

/** The value of the last call for so long; callers meanwhile share one call. A failure is not kept. */
function cached<T>(make: () => Promise<T>, forMs: number, nowMs: () => number): () => Promise<T> {
  let last: { readonly value: Promise<T>; readonly sinceMs: number } | undefined;
  return async () => {
    if (last === undefined || nowMs() - last.sinceMs >= forMs) last = { value: make(), sinceMs: nowMs() };
    try {
      return await last.value;
    } catch (error) {
      last = undefined;
      throw error;
    }
  };
}

/** Answers by the route of the path. Throws what the route throws. */
export async function answerByRoute(routes: Routes, { url: target = '/', method }: IncomingMessage): Promise<Answer> {
  const url = URL.parse(`http://host${target}`);
  const route = routes.get(url?.pathname ?? '');
  if (url === null || route === undefined)
    return { status: 404, body: `not found; there is ${[...routes.keys()].join(', ')}\n` };
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, body: 'only GET and HEAD\n', headers: { allow: 'GET, HEAD' } };
  return route(url);
}
