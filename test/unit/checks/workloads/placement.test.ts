import type { V1Toleration } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import {
  controlPlaneToleration,
  nakedPod,
  workloadInSystemNamespace,
} from '../../../../src/checks/workloads/placement.ts';
import { container, fails, malformed, undecided, verdicts } from '../verdicts.ts';
import { mirrorOf, specOf, subjectOf, workload } from '../inputs.ts';

verdicts(nakedPod, [
  ['a Deployment', workload(), PASS],
  ['a controller of unknown kind', workload({ subject: subjectOf('Rollout') }), PASS],
  ['a mirror pod', workload({ subject: subjectOf('Pod'), specs: [mirrorOf()] }), SKIP],
  ['a pod by itself', workload({ subject: subjectOf('Pod') }), fails('metadata.ownerReferences')],
]);

const running = (kind: string, name: string, image: string, namespace = 'kube-system'): WorkloadInput =>
  workload({ subject: subjectOf(kind, name, namespace), specs: [specOf({ containers: [container({ image })] })] });
const brokenImage = specOf({ containers: [malformed(container(), { image: 7 })] });

/** As the distributions really call them. */
const ADD_ONS: readonly (readonly [kind: string, name: string, image: string])[] = [
  ['Deployment', 'coredns', 'registry.k8s.io/coredns/coredns:v1.12.1'],
  ['Deployment', 'coredns', '602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/coredns:v1.11.4-eksbuild.2'],
  ['Deployment', 'coredns', 'rancher/mirrored-coredns-coredns:1.12.0'],
  ['DaemonSet', 'kube-proxy', 'registry.k8s.io/kube-proxy:v1.37.2'],
  ['DaemonSet', 'kindnet', 'docker.io/kindest/kindnetd:v20250512'],
  ['DaemonSet', 'calico-node', 'docker.io/calico/node:v3.30.0'],
  ['DaemonSet', 'cilium', 'quay.io/cilium/cilium:v1.18.0'],
  ['DaemonSet', 'kube-flannel-ds', 'ghcr.io/flannel-io/flannel:v0.27.0'],
  ['Deployment', 'metrics-server-v1.32.2', 'gke.gcr.io/metrics-server:v0.7.2'],
  ['DaemonSet', 'aws-node', '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.19.5'],
  ['Deployment', 'ebs-csi-controller', 'public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver:v1.45.0'],
  ['DaemonSet', 'csi-azuredisk-node', 'mcr.microsoft.com/oss/v2/kubernetes-csi/azuredisk-csi:v1.33.1'],
  ['DaemonSet', 'pdcsi-node', 'gke.gcr.io/gcp-compute-persistent-disk-csi-driver:v1.20.0'],
  ['Deployment', 'konnectivity-agent', 'mcr.microsoft.com/oss/v2/kubernetes/apiserver-network-proxy/agent:v0.31.4'],
  ['DaemonSet', 'cloud-node-manager', 'mcr.microsoft.com/oss/v2/kubernetes/azure-cloud-node-manager:v1.33.0'],
  ['Deployment', 'hcloud-cloud-controller-manager', 'docker.io/hetznercloud/hcloud-cloud-controller-manager:v1.26.0'],
  ['DaemonSet', 'svclb-traefik-0a1b2c3d', 'rancher/klipper-lb:v0.4.13'],
  ['Job', 'helm-install-traefik', 'rancher/klipper-helm:v0.9.7'],
  ['Deployment', 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.31'],
  ['Pod', 'storage-provisioner', 'gcr.io/k8s-minikube/storage-provisioner:v5'],
];

verdicts(workloadInSystemNamespace, [
  ['another namespace', running('Deployment', 'web', 'web:1', 'shop'), PASS],
  ['a namespace that is only called alike', running('Deployment', 'web', 'web:1', 'kube-system-copy'), PASS],
  ['a mirror pod', workload({ subject: subjectOf('Pod', 'etcd-a', 'kube-system'), specs: [mirrorOf()] }), SKIP],
  ...ADD_ONS.map(([kind, name, image]) => [`${name} of ${image}`, running(kind, name, image), PASS] as const),
  ['a workload that belongs elsewhere', running('Deployment', 'web', 'web:1'), fails('metadata.namespace')],
  [
    'the name of an add-on with an image of its own',
    running('Deployment', 'coredns', 'web:1'),
    fails('metadata.namespace'),
  ],
  [
    'the image of an add-on by another name',
    running('Deployment', 'web', 'coredns/coredns:1'),
    fails('metadata.namespace'),
  ],
  [
    'anything in the namespace of the leases of nodes',
    running('Deployment', 'web', 'web:1', 'kube-node-lease'),
    fails({ message: 'the namespace is kube-node-lease' }),
  ],
  [
    'an image that is a number',
    workload({ subject: subjectOf('Deployment', 'coredns', 'kube-system'), specs: [brokenImage] }),
    undecided('Malformed'),
  ],
]);

const tolerating = (...tolerations: V1Toleration[]): WorkloadInput => workload({ specs: [specOf({ tolerations })] });
const EVERYTHING: V1Toleration = { operator: 'Exists' };

verdicts(controlPlaneToleration, [
  ['no toleration', workload(), PASS],
  ['the taint of something else', tolerating({ key: 'example.com/gpu', operator: 'Exists' }), PASS],
  [
    'what the API server gives every pod',
    tolerating({ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }),
    PASS,
  ],
  ['every taint, once the pod is there', tolerating({ operator: 'Exists', effect: 'NoExecute' }), PASS],
  ['no key, without the operator that may do without', tolerating({ effect: 'NoSchedule' }), PASS],
  ['a mirror pod', workload({ subject: subjectOf('Pod'), specs: [mirrorOf({ tolerations: [EVERYTHING] })] }), SKIP],
  [
    'a DaemonSet of the system',
    { ...tolerating(EVERYTHING), subject: subjectOf('DaemonSet', 'agent', 'kube-system') },
    SKIP,
  ],
  [
    'a known part of the cluster',
    workload({
      subject: subjectOf('Deployment', 'coredns', 'kube-system'),
      specs: [specOf({ tolerations: [EVERYTHING], containers: [container({ image: 'coredns/coredns:1' })] })],
    }),
    PASS,
  ],
  ['every taint', tolerating(EVERYTHING), fails('spec.tolerations')],
  [
    'the taint of kubeadm, whatever its value',
    tolerating({ key: 'node-role.kubernetes.io/control-plane', value: 'true', effect: 'NoSchedule' }),
    fails('spec.tolerations'),
  ],
  [
    'its former one',
    tolerating({ key: 'node-role.kubernetes.io/master', operator: 'Exists' }),
    fails('spec.tolerations'),
  ],
  [
    'a DaemonSet that is not of the system',
    { ...tolerating(EVERYTHING), subject: subjectOf('DaemonSet', 'agent', 'monitoring') },
    fails('spec.tolerations'),
  ],
  [
    'tolerations that are a string',
    workload({ specs: [specOf(malformed({}, { tolerations: 'all' }))] }),
    undecided('Malformed'),
  ],
]);
