/** Namespaces that every cluster has for itself. */
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Whether a namespace belongs to the cluster itself. */
export const isSystemNamespace = (name: string): boolean => SYSTEM_NAMESPACES.has(name);
