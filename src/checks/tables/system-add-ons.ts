/** A part of Kubernetes, or of a distribution of it, that runs in a system namespace. */
interface SystemAddOn {
  /** Names of workloads; a star at the end stands for any ending. */
  readonly names: readonly string[];
  /** Words of which one stands in the repository of an image; distributions copy images, and prefix their names. */
  readonly images: readonly string[];
}

/** Domain names and proxies, which nearly every cluster has. */
const CORE: readonly SystemAddOn[] = [
  {
    names: ['coredns*', 'kube-dns*', 'rke2-coredns*', 'dns-autoscaler'],
    images: ['coredns', 'k8s-dns', 'proportional-autoscaler'],
  },
  { names: ['node-local-dns*', 'nodelocaldns*'], images: ['k8s-dns-node-cache', 'node-cache'] },
  { names: ['kube-proxy*'], images: ['kube-proxy', 'hyperkube'] },
  { names: ['etcd*'], images: ['etcd'] },
  {
    names: ['kube-apiserver*', 'kube-controller-manager*', 'kube-scheduler*'],
    images: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'hyperkube'],
  },
  { names: ['metrics-server*', 'rke2-metrics-server*'], images: ['metrics-server', 'addon-resizer'] },
  {
    names: ['konnectivity-agent*', 'proxy-agent'],
    images: ['proxy-agent', 'apiserver-network-proxy', 'konnectivity', 'proportional-autoscaler'],
  },
  { names: ['cluster-autoscaler*'], images: ['cluster-autoscaler'] },
  { names: ['node-problem-detector*'], images: ['node-problem-detector'] },
  {
    names: ['cloud-controller-manager*', '*-cloud-controller-manager', 'cloud-node-manager*'],
    images: ['cloud-controller', 'cloud-node-manager', 'hcloud', 'cloud-provider'],
  },
  { names: ['kube-vip*'], images: ['kube-vip'] },
];

const NETWORK: readonly SystemAddOn[] = [
  { names: ['kindnet'], images: ['kindnet'] },
  { names: ['kube-flannel*'], images: ['flannel'] },
  { names: ['calico-*', 'canal', 'rke2-canal'], images: ['calico', 'flannel'] },
  { names: ['cilium*', 'hubble-*', 'rke2-cilium', 'anetd', 'anet-operator'], images: ['cilium', 'hubble', 'anet'] },
  { names: ['weave-net'], images: ['weave'] },
  { names: ['antrea-*'], images: ['antrea'] },
  { names: ['kube-router*'], images: ['kube-router'] },
  { names: ['kube-ovn-*', 'ovn-*', 'ovs-ovn*'], images: ['kube-ovn', 'ovn'] },
  { names: ['kube-multus-ds*', 'multus*', 'rke2-multus'], images: ['multus'] },
  { names: ['ip-masq-agent*', 'azure-ip-masq-agent*'], images: ['ip-masq-agent'] },
];

/** Drivers of storage: whatever its maker, each runs with the sidecars of the Container Storage Interface. */
const STORAGE: readonly SystemAddOn[] = [
  { names: ['csi-*', '*-csi-*', '*-csi', 'pdcsi-node*', 'filestore-node*', 'gcsfusecsi-node*'], images: ['csi'] },
  { names: ['snapshot-controller*', 'snapshot-validation-*', 'rke2-snapshot-*'], images: ['snapshot'] },
  { names: ['local-path-provisioner', 'storage-provisioner', 'hostpath-provisioner'], images: ['provisioner'] },
];

const K3S_AND_RKE2: readonly SystemAddOn[] = [
  { names: ['traefik', 'rke2-traefik'], images: ['traefik'] },
  { names: ['rke2-ingress-nginx-controller'], images: ['nginx-ingress-controller'] },
  { names: ['svclb-*'], images: ['klipper-lb'] },
  { names: ['helm-install-*'], images: ['klipper-helm'] },
];

const EKS: readonly SystemAddOn[] = [
  { names: ['aws-node*'], images: ['amazon-k8s-cni', 'aws-network-policy-agent'] },
  { names: ['eks-pod-identity-agent*'], images: ['eks-pod-identity-agent'] },
  { names: ['eks-node-monitoring-agent', 'dcgm-server'], images: ['eks-node-monitoring-agent', 'dcgm'] },
  { names: ['aws-load-balancer-controller'], images: ['aws-load-balancer-controller'] },
];

const GKE: readonly SystemAddOn[] = [
  {
    names: ['netd', 'gke-metadata-server', 'gke-metrics-agent*', 'fluentbit-gke*', 'event-exporter-gke'],
    images: ['netd', 'gke', 'fluent-bit', 'event-exporter', 'metadata'],
  },
  { names: ['l7-default-backend*'], images: ['defaultbackend', 'ingress-gce'] },
  {
    names: ['nvidia-gpu-device-plugin*', 'image-package-extractor', 'maintenance-handler'],
    images: ['gke', 'nvidia-gpu-device-plugin'],
  },
];

const AKS: readonly SystemAddOn[] = [
  { names: ['azure-cns*', 'azure-npm*', 'azure-cni*', 'retina-agent*'], images: ['azure', 'retina'] },
  { names: ['azure-policy*', 'azure-wi-webhook-*', 'eraser-*'], images: ['azure', 'policy', 'eraser'] },
  {
    names: ['ama-logs*', 'ama-metrics*', 'omsagent*'],
    images: ['ciprod', 'prometheus-collector', 'oms', 'kube-state-metrics'],
  },
  {
    names: ['aks-*', 'extension-agent', 'extension-operator'],
    images: ['aks', 'secrets-store', 'azurearck8s', 'azure'],
  },
];

/** What kubeadm, kind, k3s, RKE2, EKS, GKE and AKS put into the system namespaces, and what is commonly added for a cluster to work. */
export const SYSTEM_ADD_ONS: readonly SystemAddOn[] = [
  ...CORE,
  ...NETWORK,
  ...STORAGE,
  ...K3S_AND_RKE2,
  ...EKS,
  ...GKE,
  ...AKS,
];
