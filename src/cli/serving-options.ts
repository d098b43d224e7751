import { parseAddress } from '../metrics/address.ts';
import { METRICS_LEVELS, type MetricsLevel } from '../metrics/levels.ts';
import { existingFolder, oneOf, orUndefined, trueOrFalse, wholeNumber } from './parsers.ts';
import { setting } from './shared-options.ts';

/** Settings of what the operator serves: its metrics and its health. */
export const servingRows = {
  metricsAddress: setting('--metrics-bind-address', {
    placeholder: '<host:port>',
    help: 'where /metrics is served; 0 turns it off',
    fallback: parseAddress(':8443'),
    fallbackText: ':8443',
    parse: parseAddress,
  }),
  metricsSecure: setting('--metrics-secure', {
    placeholder: '[true|false]',
    sort: 'switch',
    help: 'serve /metrics over HTTPS, and only to those whom the API server lets get it; else over plain HTTP, to whoever asks',
    fallback: true,
    parse: trueOrFalse,
  }),
  metricsCertDir: setting('--metrics-cert-dir', {
    placeholder: '<path>',
    help: 'folder with tls.crt and tls.key to serve /metrics with, read again when they change',
    fallback: undefined,
    fallbackText: 'a certificate made at each start, which no authority has signed',
    parse: orUndefined(existingFolder),
  }),
  metricsLevel: setting<MetricsLevel>('--metrics-level', {
    placeholder: '<level>',
    help:
      'what metrics tell of: aggregate (namespaces and checks), workload (also each workload: some 4 series and 500 bytes each) ' +
      'or violation (also each violation: a series and 200 bytes each, and they come and go)',
    fallback: 'aggregate',
    parse: oneOf(METRICS_LEVELS),
  }),
  metricsMaxSeries: setting('--metrics-max-series', {
    placeholder: '<series>',
    help: 'show at most so many series of single workloads and violations, 0 to 1000000; plimsoll_metrics_dropped_series counts the others',
    fallback: 50_000,
    parse: wholeNumber(0, 1_000_000),
  }),
  healthAddress: setting('--health-probe-bind-address', {
    placeholder: '<host:port>',
    help: 'where /healthz and /readyz are served; 0 turns them off',
    fallback: parseAddress(':8081'),
    fallbackText: ':8081',
    parse: parseAddress,
  }),
};
