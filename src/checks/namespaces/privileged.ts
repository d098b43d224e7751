/**
 * Namespaces in which controllers live that own the cluster: who may create pods there, or read their tokens, takes one of
 * these identities. Beside kube-system those whose published manifests bind cluster-admin or every verb on every resource
 * (Flux: cluster-reconciler; Argo CD: argocd-application-controller; Rancher: rancher, fleet). As of
 * 2026-11-24.
 */
export const PRIVILEGED_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'flux-system',
  'argocd',
  'cattle-system',
  'cattle-fleet-system',
]);
