import { finding, PASS, serviceAccountCheck, SKIP, workloadCheck } from '../check.ts';
import { cis } from '../cis.ts';
import { objects } from '../example-objects.ts';

const FIX =
  'Use a token that the kubelet projects into the pod and renews, or one of kubectl create token; then delete the Secret.';

/**
 * A Secret that the ServiceAccount lists under the name which Kubernetes gave to such Secrets before v1.24 is evidence by
 * itself. Others are known only where reading the metadata of token Secrets is switched on.
 */
export const saLongLivedToken = serviceAccountCheck({
  id: 'sa-long-lived-token',
  severity: 'Medium',
  title: 'ServiceAccount has a token that never expires',
  why: 'Who has ever seen it, in the Secret, a backup or a pipeline, has the rights of the ServiceAccount for ever.',
  fix: FIX,
  references: {
    cis: [...cis('5.1.6'), ...cis('3.1.2')],
    nsa: ['Protecting Pod service account tokens'],
    mitre: ['T1528'],
    kubescape: ['C-0287'],
    kyverno: ['deny-secret-service-account-token-type'],
    checklist: ['conscious-service-account'],
  },
  alsoReads: ['Secret'],
  maySkip: true,
  evaluate: ({ serviceAccount: { listedTokens = [] }, tokenSecrets }) => {
    const names = [...new Set([...listedTokens, ...(tokenSecrets ?? [])])].sort();
    if (names.length > 0)
      return names.map((name) =>
        finding('secrets', `Secret ${name} holds a token of it that never expires`, { key: name }),
      );
    return tokenSecrets === undefined ? SKIP : PASS;
  },
  example: {
    before: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, namespace: shop}
secrets: [{name: ci-token-x7k2p}]
`,
    after: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, namespace: shop}
`,
  },
});

const ACCOUNT = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, namespace: shop}`;

/** A pod with one volume, `token`. */
const runnerWith = (volume: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: runner, namespace: shop}
spec:
  containers:
    - name: runner
      image: registry.example/runner:1
      volumeMounts: [{name: token, mountPath: /token}]
  volumes: [${volume}]`;

/** The names of the Secrets that a pod uses are known; that one holds a token, if its type is or a ServiceAccount lists it. */
export const legacyTokenSecretMounted = workloadCheck({
  id: 'legacy-token-secret-mounted',
  severity: 'Medium',
  title: 'Workload uses a token that never expires',
  why: 'Turning automounting off does not keep it away, and who takes it out of the pod can use it long after.',
  fix: FIX,
  references: {
    cis: cis('5.1.6'),
    nsa: ['Protecting Pod service account tokens'],
    mitre: ['T1528'],
    kyverno: ['deny-secret-service-account-token-type'],
    checklist: ['conscious-service-account'],
  },
  alsoReads: ['Secret', 'ServiceAccount'],
  maySkip: true,
  evaluate: ({ specs, isTokenSecret }) => {
    const secrets = [...new Set(specs.flatMap((spec) => spec.secrets))].sort();
    const tokens = secrets.filter((name) => isTokenSecret(name) === true);
    if (tokens.length === 0) return secrets.some((name) => isTokenSecret(name) === undefined) ? SKIP : PASS;
    return tokens.map((name) =>
      finding('spec.volumes', `Secret ${name} holds the token of a ServiceAccount that never expires`, { key: name }),
    );
  },
  example: {
    before: objects(
      `${ACCOUNT}
secrets: [{name: ci-token-x7k2p}]`,
      runnerWith('{name: token, secret: {secretName: ci-token-x7k2p}}'),
    ),
    after: objects(ACCOUNT, runnerWith('{name: token, projected: {sources: [{serviceAccountToken: {path: token}}]}}')),
  },
});
