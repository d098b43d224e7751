import { finding, PASS, verdict, workloadCheck } from '../check.ts';
import type { Violation, WorkloadInput } from '../check.ts';
import { cis } from '../cis.ts';
import { podWith } from '../example-pods.ts';
import { accountOf, automounts, distinct, hasToken } from './token-mounts.ts';

/** A token in a pod that never calls the API serves only who breaks into it. */
export const serviceAccountTokenAutomounted = workloadCheck({
  id: 'service-account-token-automounted',
  severity: 'Medium',
  title: 'Token of the ServiceAccount is mounted',
  why: 'Whoever breaks into a container has the rights of its ServiceAccount at the API server.',
  fix:
    'Set automountServiceAccountToken to false, in the pod or in its ServiceAccount. A pod that needs the API: give it a ' +
    'ServiceAccount of its own with few rights, and make an exception.',
  references: {
    cis: cis('5.1.6'),
    nsa: ['Protecting Pod service account tokens'],
    mitre: ['T1528'],
    trivy: ['KSV-0036'],
    kubescape: ['C-0034', 'C-0190', 'C-0261'],
    polaris: ['automountServiceAccountToken'],
    checkov: ['CKV_K8S_38'],
    kubesec: ['AutomountServiceAccountToken'],
    kyverno: ['restrict-automount-sa-token'],
    checklist: ['conscious-service-account'],
  },
  example: {
    before: podWith('automountServiceAccountToken: true'),
    after: podWith('automountServiceAccountToken: false'),
  },
  reads: ['ServiceAccount'],
  inFiles: 'defaults',
  evaluate: (workload) => verdict([...automountedToken(workload), ...tokenVolumes(workload)]),
});

/** The API server adds the token when it creates the pod; what is changed later reaches new pods only. */
export const serviceAccountTokenStale = workloadCheck({
  id: 'service-account-token-stale',
  severity: 'Low',
  title: 'Running pod still has a token that is turned off by now',
  why: 'Turning automounting off in a ServiceAccount leaves the tokens in its running pods, and these stay valid.',
  fix: 'Restart the workload (kubectl rollout restart).',
  references: {
    cis: cis('5.1.6'),
    nsa: ['Protecting Pod service account tokens'],
    checklist: ['conscious-service-account'],
  },
  example: { before: staleExample('kube-api-access-x7f2k'), after: podWith('automountServiceAccountToken: false') },
  reads: ['ServiceAccount'],
  inFiles: 'defaults',
  evaluate: (workload) =>
    workload.specs.some((spec) => spec.tokenMounts.injected && !automounts(workload, spec))
      ? [finding('spec.volumes', 'a pod got its token before that was turned off: restart the workload')]
      : PASS,
});

/** Rights that are given to `default` are given to every pod that does not ask for another account. */
export const defaultServiceAccountUsed = workloadCheck({
  id: 'default-service-account-used',
  severity: 'Medium',
  title: 'Workload runs as the ServiceAccount default',
  why: 'It shares one identity with all others that name none: rights meant for one are rights of all, and the audit log cannot tell them apart.',
  fix: 'Give the workload a ServiceAccount of its own.',
  references: {
    cis: cis('5.1.5'),
    nsa: ['Protecting Pod service account tokens'],
    mitre: ['T1078.001'],
    kubescape: ['C-0225'],
    kubeLinter: ['default-service-account'],
    checkov: ['CKV_K8S_41'],
    kubesec: ['ServiceAccountName'],
    kyverno: ['restrict-service-account'],
    checklist: ['conscious-service-account'],
  },
  example: { before: podWith('serviceAccountName: default'), after: podWith('serviceAccountName: web') },
  reads: ['ServiceAccount'],
  inFiles: 'defaults',
  evaluate: (workload) => {
    const specs = workload.specs.filter((spec) => !spec.isMirror && accountOf(spec) === 'default');
    if (specs.length === 0) return PASS;
    const isMounted = specs.some((spec) => hasToken(workload, spec));
    const message = `the ServiceAccount is default, ${isMounted ? 'and its token is mounted' : 'without a token'}`;
    return [finding('spec.serviceAccountName', message, { severity: isMounted ? 'Medium' : 'Low' })];
  },
});

/** A live pod, with the volume that the API server put in when automounting was still on. */
function staleExample(volume: string): string {
  return podWith(`automountServiceAccountToken: false
containers:
  - name: app
    image: registry.example/app:1.0
    volumeMounts:
      - name: ${volume}
        mountPath: /var/run/secrets/kubernetes.io/serviceaccount
volumes:
  - name: ${volume}
    projected:
      sources:
        - serviceAccountToken:
            path: token`);
}

/** One finding, whichever accounts the template and the pods of a rollout have. */
function automountedToken(workload: WorkloadInput): readonly Violation[] {
  const accounts = distinct(workload.specs.filter((spec) => automounts(workload, spec)).map(accountOf));
  if (accounts.length === 0) return [];
  const message = `the token of ServiceAccount ${accounts.join(', ')} is mounted, as nothing turns that off`;
  return [finding('spec.automountServiceAccountToken', message)];
}

/** Tokens that the author mounts; turning automounting off does not keep these away. */
function tokenVolumes({ specs }: WorkloadInput): readonly Violation[] {
  return distinct(specs.flatMap(({ tokenMounts }) => tokenMounts.explicitVolumes)).map((name) =>
    finding(`spec.volumes[${name}]`, `volume ${name} mounts a token`, { key: `volume/${name}` }),
  );
}
