import { clusterCheck, finding, PASS } from '../check.ts';
import type { Undecided } from '../check.ts';
import { cis } from '../cis.ts';
import { stringAt, unlessMalformed } from '../fields.ts';

const configMap = (address: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy
  namespace: kube-system
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    metricsBindAddress: ${address}`;

interface KubeProxyConfiguration {
  readonly metricsBindAddress?: string;
}

const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[?::1\]?)(?::\d+)?$/;

const unseen = (message: string): Undecided => ({ reason: 'NotProvided', message });

/** Unset means 127.0.0.1:10249. */
export const kubeProxyMetricsExposed = clusterCheck({
  id: 'kube-proxy-metrics-exposed',
  severity: 'Low',
  title: 'Metrics of kube-proxy are served to the network',
  why: 'They need no credentials, and the same port shows its configuration and, if profiling is on, profiles.',
  fix: 'Set metricsBindAddress: 127.0.0.1:10249 in the ConfigMap kube-proxy.',
  references: { cis: cis('4.3.1', { since: '1.9' }), nsa: ['Worker node'] },
  reads: ['KubeProxyConfig'],
  example: { before: configMap('0.0.0.0:10249'), after: configMap('127.0.0.1:10249') },
  mayBeUndecided: true,
  evaluate: ({ cluster: { kubeProxy } }) => {
    if (kubeProxy === undefined) return unseen('there is no ConfigMap kube-system/kube-proxy');
    if ('problem' in kubeProxy) {
      return {
        reason: 'Malformed',
        message: `config.conf of kube-system/kube-proxy cannot be read: ${kubeProxy.problem}`,
      };
    }
    const place = {
      path: 'the kube-proxy configuration',
      container: undefined,
      spec: kubeProxy.fields as KubeProxyConfiguration,
    };
    return unlessMalformed(() => {
      const address = stringAt(place, 'metricsBindAddress') ?? '';
      if (address === '' || LOOPBACK.test(address)) return PASS;
      return [finding('metricsBindAddress', 'metricsBindAddress is not a loopback address')];
    });
  },
});
