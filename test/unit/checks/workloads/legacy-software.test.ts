import { PASS } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { podLabelsOf } from '../../../../src/inventory/facts/pod-labels.ts';
import { clusterDashboardDeployed, tillerDeployed } from '../../../../src/checks/workloads/legacy-software.ts';
import { container, fails, malformed, undecided, verdicts } from '../verdicts.ts';
import { specOf, subjectOf, workload } from '../inputs.ts';

const running = (image: string, name = 'web'): WorkloadInput =>
  workload({ subject: subjectOf('Deployment', name), specs: [specOf({ containers: [container({ image })] })] });
const labelled = (labels: Readonly<Record<string, string>>): WorkloadInput =>
  workload({ labelled: [{ labels: podLabelsOf(labels), spec: specOf() }] });
const broken = workload({ specs: [specOf({ containers: [malformed(container(), { image: 7 })] })] });

verdicts(clusterDashboardDeployed, [
  ['another dashboard', running('grafana/dashboard:1', 'dashboard'), PASS],
  ['the scraper that comes with it', running('kubernetesui/metrics-scraper:v1.0.8'), PASS],
  ['its image', running('docker.io/kubernetesui/dashboard:v2.7.0'), fails('spec.containers')],
  ['a part of its later versions', running('kubernetesui/dashboard-web:1.7.0'), fails('spec.containers')],
  [
    'its image of old, elsewhere',
    running('mirror.example/google_containers/kubernetes-dashboard-amd64:v1.10.1'),
    fails('spec.containers'),
  ],
  ['its name', running('mirror.example/ui:1', 'kubernetes-dashboard'), fails('spec.containers')],
  ['an image that is a number', broken, undecided('Malformed')],
]);

verdicts(tillerDeployed, [
  ['an image that is only called alike', running('registry.example/distiller:1'), PASS],
  ['its image', running('gcr.io/kubernetes-helm/tiller:v2.16.9'), fails('spec.containers')],
  ['its image elsewhere', running('mirror.example/tiller'), fails('spec.containers')],
  ['its name', running('registry.example/app:1', 'tiller-deploy'), fails('spec.containers')],
  ['its labels, under another name', labelled({ app: 'helm', name: 'tiller' }), fails('spec.containers')],
  ['one of its labels', labelled({ app: 'helm' }), PASS],
  ['an image that is a number', broken, undecided('Malformed')],
]);
