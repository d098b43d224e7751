/** Namespaces that every cluster has for itself. */
const SYSTEM_NAMESPACES = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

export const isSystemNamespace = (name: string): boolean => SYSTEM_NAMESPACES.has(name);
