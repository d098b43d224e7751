import type { Registry } from 'prom-client';
import type { ClientHooks, Method } from '../../kube/client.ts';
import { addCounter, addHistogram, counter, histogram, type MetricFamily } from '../rows.ts';

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];

/** Names, labels and buckets are those of Kubernetes' own components (k8s.io/component-base, restclient). */
const rows = {
  requests: counter(
    'rest_client_requests_total',
    'Number of HTTP requests, partitioned by status code, method, and host.',
    ['code', 'method', 'host'],
  ),
  duration: histogram(
    'rest_client_request_duration_seconds',
    'Request latency in seconds. Broken down by verb, and host.',
    ['verb', 'host'],
    SECONDS,
  ),
  rateLimiter: histogram(
    'rest_client_rate_limiter_duration_seconds',
    'Client side rate limiter latency in seconds. Broken down by verb, and host.',
    ['verb', 'host'],
    SECONDS,
  ),
  retries: counter(
    'rest_client_request_retries_total',
    'Number of request retries, partitioned by status code, verb, and host.',
    ['code', 'verb', 'host'],
  ),
};

export const clientFamily: MetricFamily = { title: 'Requests to the API server', rows };

export interface RequestHooks extends Pick<Required<ClientHooks>, 'onRequest' | 'onRetry'> {
  /** A write has waited for its turn, of those that are allowed in a second. */
  readonly onRateLimited: (method: Method, seconds: number) => void;
}

/** Registers what is asked of the API server. */
export function addClient(registry: Registry): RequestHooks {
  const requests = addCounter(registry, rows.requests);
  const duration = addHistogram(registry, rows.duration);
  const rateLimiter = addHistogram(registry, rows.rateLimiter);
  const retries = addCounter(registry, rows.retries);
  /** There is one API server, and nothing is written before it was read from. */
  let knownHost = '';
  return {
    onRequest: ({ method, host, code, seconds }) => {
      knownHost = host;
      requests.inc({ code, method, host });
      duration.observe({ verb: method, host }, seconds);
    },
    onRateLimited: (method, seconds) => rateLimiter.observe({ verb: method, host: knownHost }, seconds),
    onRetry: ({ method, host, code }) => retries.inc({ code, verb: method, host }),
  };
}
