import type { LabelledSpec } from '../../inventory/facts/workload.ts';
import { finding, PASS, workloadCheck } from '../check.ts';
import { running } from '../example-pods.ts';
import { withImages } from './repositories.ts';

/** Versions up to 6 and since 7, under whatever registry. */
const DASHBOARD = /(?:^|\/)(?:kubernetes-dashboard(?:-amd64|-arm64|-arm)?|kubernetesui\/dashboard(?:-[a-z]+)?)$/;

/** It was the door of well-known break-ins. */
export const clusterDashboardDeployed = workloadCheck({
  id: 'cluster-dashboard-deployed',
  severity: 'Medium',
  title: 'Kubernetes Dashboard runs in the cluster',
  why: 'It acts with its own rights for whoever reaches it, and has often been reached from outside.',
  fix: 'Remove it; look at the cluster with a tool that runs at your desk, with your own rights.',
  references: {
    mitre: ['T1133'],
    kubescape: ['C-0014'],
    checkov: ['CKV_K8S_33'],
  },
  unmapped: 'the frameworks speak of what is exposed, and not of single programs',
  example: { before: running('kubernetesui/dashboard:v2.7.0'), after: running('registry.example/app:1.0') },
  mayBeUndecided: true,
  evaluate: ({ subject, specs }) => {
    const found = [finding('spec.containers', 'this is the Kubernetes Dashboard')];
    if (subject.name === 'kubernetes-dashboard') return found;
    return withImages(specs, (repositories) => (repositories.some((each) => DASHBOARD.test(each)) ? found : PASS));
  },
});

const TILLER = /(?:^|\/)tiller$/;

/** `helm init` gives it both; the first alone is on much that charts install. */
const hasTillerLabels = ({ labels: { values } }: LabelledSpec): boolean =>
  values.app === 'helm' && values.name === 'tiller';

/** Helm 2, which had it, ended in November 2020. */
export const tillerDeployed = workloadCheck({
  id: 'tiller-deployed',
  severity: 'Critical',
  title: 'Tiller, the server of Helm 2, runs in the cluster',
  why: 'By default it takes orders from every pod without asking who it is, and carries them out as cluster-admin.',
  fix: 'Move the releases to Helm 3 (helm 2to3), and remove Tiller with its bindings.',
  references: {
    mitre: ['T1210'],
    trivy: ['KSV-0102'],
    checkov: ['CKV_K8S_34'],
    urls: ['https://helm.sh/blog/helm-2-becomes-unsupported/'],
  },
  unmapped: 'the frameworks do not speak of Helm',
  example: { before: running('ghcr.io/helm/tiller:v2.17.0'), after: running('registry.example/app:1.0') },
  mayBeUndecided: true,
  evaluate: ({ subject, specs, labelled }) => {
    const found = [finding('spec.containers', 'this is Tiller')];
    if (subject.name === 'tiller-deploy' || labelled.some(hasTillerLabels)) return found;
    return withImages(specs, (repositories) => (repositories.some((each) => TILLER.test(each)) ? found : PASS));
  },
});
