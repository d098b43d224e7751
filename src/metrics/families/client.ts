import type { Registry } from 'prom-client';
import type { ClientHooks } from '../../kube/client.ts';
import { addCounter, addHistogram, counter, histogram, type MetricFamily } from '../rows.ts';

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
    [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60],
  ),
  retries: counter(
    'rest_client_request_retries_total',
    'Number of request retries, partitioned by status code, verb, and host.',
    ['code', 'verb', 'host'],
  ),
};

export const clientFamily: MetricFamily = { title: 'Requests to the API server', rows };

/** Registers what is asked of the API server. */
export function addClient(registry: Registry): Pick<Required<ClientHooks>, 'onRequest' | 'onRetry'> {
  const requests = addCounter(registry, rows.requests);
  const duration = addHistogram(registry, rows.duration);
  const retries = addCounter(registry, rows.retries);
  return {
    onRequest: ({ method, host, code, seconds }) => {
      requests.inc({ code, method, host });
      duration.observe({ verb: method, host }, seconds);
    },
    onRetry: ({ method, host, code }) => retries.inc({ code, verb: method, host }),
  };
}
