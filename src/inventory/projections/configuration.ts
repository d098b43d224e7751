import { isDeepStrictEqual } from 'node:util';
import { load, YAML11_SCHEMA, YAMLException } from 'js-yaml';
import type { ConfigurationFacts } from '../facts/cluster.ts';
import { isJsonObject, type JsonObject } from '../json-shape.ts';
import type { Projection } from '../store.ts';

/** Far above any configuration of a kubelet, and too small to stop us. */
const MAX_LENGTH = 256 * 1024;

/** The named fields of a configuration file, read as Kubernetes does: `enabled: no` is false. */
export function configurationOf(text: unknown, fields: readonly string[]): ConfigurationFacts {
  if (typeof text !== 'string') return { problem: 'it is not there' };
  if (text.length > MAX_LENGTH) return { problem: 'it is too long' };
  try {
    const document = load(text, { schema: YAML11_SCHEMA });
    if (!isJsonObject(document)) return { problem: 'it is not an object' };
    return { fields: pick(document, fields) };
  } catch (error) {
    if (error instanceof YAMLException) return { problem: 'it is not YAML' };
    throw error;
  }
}

/** Only these fields, so that what nobody reads may change without anyone caring. */
export function pick(document: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => (Object.hasOwn(document, field) ? [[field, document[field]] as const] : [])),
  );
}

/** A ConfigMap that holds a configuration file under `key`. */
function configurationProjection(key: string, fields: readonly string[]): Projection<ConfigurationFacts> {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    relevant: ['data'],
    // Keys may contain dots, so that they have no path of their own.
    project: (object) => {
      const data = object.parse('data');
      return configurationOf(isJsonObject(data) && Object.hasOwn(data, key) ? data[key] : undefined, fields);
    },
    equal: isDeepStrictEqual,
  };
}

/** Fields of the kubelet's configuration that a check reads. */
export const KUBELET_FIELDS = [
  'authentication',
  'authorization',
  'eventRecordQPS',
  'featureGates',
  'makeIPTablesUtilChains',
  'podPidsLimit',
  'protectKernelDefaults',
  'readOnlyPort',
  'rotateCertificates',
  'seccompDefault',
  'serverTLSBootstrap',
  'streamingConnectionIdleTimeout',
  'tlsCertFile',
  'tlsCipherSuites',
  'tlsPrivateKeyFile',
] as const;

/** kube-system/kubelet-config, which kubeadm hands to every node. */
export const kubeletConfigProjection = configurationProjection('kubelet', KUBELET_FIELDS);

/** kube-system/kube-proxy */
export const kubeProxyProjection = configurationProjection('config.conf', ['metricsBindAddress']);

/** kube-public/cluster-info holds a kubeconfig by which new nodes find the API server. */
export const clusterInfoProjection = configurationProjection('kubeconfig', ['clusters']);
