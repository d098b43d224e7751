import { finding, verdict, workloadCheck } from '../check.ts';

/** The controller manager makes it in every namespace, and makes it again. */
const ALWAYS_THERE = 'default';

/** The API server creates no pod whose ServiceAccount does not exist; whoever makes that account decides its rights. */
export const serviceAccountNotFound = workloadCheck({
  id: 'service-account-not-found',
  severity: 'Low',
  title: 'ServiceAccount of the workload does not exist',
  why: 'No new pod of it can be created, and whoever may create a ServiceAccount of that name lends it rights of their choice.',
  fix: 'Create the ServiceAccount together with the workload, or correct serviceAccountName.',
  references: {
    kubescape: ['C-0307'],
    kubeLinter: ['non-existent-service-account'],
  },
  unmapped: 'the frameworks speak of what a ServiceAccount may do, and not of one that is missing',
  reads: ['ServiceAccount'],
  inFiles: 'upper-bound',
  example: { before: example('reporter'), after: example('web') },
  evaluate: ({ specs, serviceAccount }) => {
    const names = specs.filter(({ isMirror }) => !isMirror).map(({ serviceAccountName }) => serviceAccountName);
    const missing = [...new Set(names)].filter((name) => name !== ALWAYS_THERE && serviceAccount(name) === undefined);
    return verdict(
      missing.map((name) => finding('spec.serviceAccountName', `ServiceAccount ${name} does not exist`, { key: name })),
    );
  },
});

/** A Deployment `web` that runs as `web`, beside a ServiceAccount of some name. */
function example(account: string): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${account}
  namespace: shop
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  serviceAccountName: web
  containers:
    - name: app
      image: registry.example/app:1.0`;
}
