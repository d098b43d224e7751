/** Whether `a` is older than `b`: resource versions are integers that grow (guaranteed since Kubernetes 1.35, and true of etcd before). */
export function isOlder(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}
