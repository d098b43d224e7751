import { finding, PASS, serviceAccountCheck, SKIP, verdict } from '../check.ts';
import { cis } from '../cis.ts';
import { isControlPlaneAccount } from '../rbac/built-in.ts';
import { accountYaml } from '../rbac/examples.ts';

/**
 * Low whether or not a workload opts in (the catalogue has Medium for some): where it matters, the workload that gets a token has
 * its own finding. `default` has a check of its own, and the accounts of controllers are never in a pod.
 */
export const saAutomountEnabled = serviceAccountCheck({
  id: 'sa-automount-enabled',
  severity: 'Low',
  title: 'ServiceAccount mounts its token into every pod',
  why: 'Pods that run as it get the token whether or not they call the API.',
  fix: 'Set automountServiceAccountToken: false in the ServiceAccount, and true in the pods that call the API.',
  references: {
    cis: cis('5.1.6'),
    nsa: ['Protecting Pod service account tokens'],
    mitre: ['T1528'],
    kubescape: ['C-0034'],
    polaris: ['automountServiceAccountToken'],
    kyverno: ['restrict-sa-automount-sa-token'],
    checklist: ['conscious-service-account'],
  },
  maySkip: true,
  evaluate: ({ serviceAccount: { ref, automountServiceAccountToken } }) => {
    if (ref.name === 'default' || isControlPlaneAccount(ref.namespace ?? '', ref.name)) return SKIP;
    if (automountServiceAccountToken === false) return PASS;
    return [finding('automountServiceAccountToken', 'automountServiceAccountToken is not false')];
  },
  example: {
    before: accountYaml('web'),
    after: accountYaml('web', 'automountServiceAccountToken: false'),
  },
});

/** It is wanted nearly always; what it is worth is to know from where the way leads out of the cluster. */
export const saCloudIdentity = serviceAccountCheck({
  id: 'sa-cloud-identity',
  severity: 'Info',
  title: 'ServiceAccount has an identity at the cloud provider',
  why: 'Whoever may run a pod as it has the rights of that identity outside of the cluster, whatever RBAC says.',
  fix: 'Keep who may create pods in the namespace as few as who should have the identity, and its rights small.',
  references: { mitre: ['T1078.004'] },
  isOptIn: true,
  unmapped: 'No framework asks for it: it tells where an identity is, not that something is wrong.',
  evaluate: ({ serviceAccount: { cloudIdentities } }) =>
    verdict(
      cloudIdentities.map((name) =>
        finding('metadata.annotations', `${name} gives its pods an identity at the cloud provider`, { key: name }),
      ),
    ),
  example: {
    before: accountYaml('web', '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web'),
    after: accountYaml('web'),
  },
});
