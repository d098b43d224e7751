import { assess } from './assess.ts';
import type { Assess } from './subjects.ts';

export const assessService: Assess = ({ namespace, name }, deps) => {
  const service = deps.inventory.get('Service', namespace, name);
  if (service === undefined) return undefined;
  const { hasPublicNode } = deps.inventory.surroundings;
  return assess('service', service.ref, { service, hasPublicNode }, deps);
};

export const assessIngress: Assess = ({ namespace, name }, deps) => {
  const ingress = deps.inventory.get('Ingress', namespace, name);
  return ingress === undefined ? undefined : assess('ingress', ingress.ref, { ingress }, deps);
};

/** A NetworkPolicy, with the labels that it may select among. */
export const assessNetworkPolicy: Assess = ({ namespace, name }, deps) => {
  const networkPolicy = deps.inventory.get('NetworkPolicy', namespace, name);
  if (networkPolicy === undefined) return undefined;
  const labels = deps.inventory.surroundings.labelsIn(namespace);
  return assess('networkPolicy', networkPolicy.ref, { networkPolicy, labels: [...labels] }, deps);
};

export const assessConfigMap: Assess = ({ namespace, name }, deps) => {
  const configMap = deps.inventory.get('ConfigMap', namespace, name);
  return configMap === undefined ? undefined : assess('configMap', configMap.ref, { configMap }, deps);
};
