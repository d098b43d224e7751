type Annotations = Readonly<Record<string, string>>;

/** Annotations that ask a cloud for a load balancer of the private network; the values that do, in lower case. */
const INTERNAL: readonly (readonly [annotation: string, values: readonly string[] | 'any but false'])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', ['internal']],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', 'any but false'],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', ['true']],
  ['networking.gke.io/load-balancer-type', ['internal']],
  ['cloud.google.com/load-balancer-type', ['internal']],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', ['true']],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', ['true']],
  ['oci-network-load-balancer.oraclecloud.com/internal', ['true']],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', ['private']],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', ['intranet']],
  ['service.beta.kubernetes.io/alicloud-loadbalancer-address-type', ['intranet']],
  ['service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', 'any but false'],
  ['service.beta.kubernetes.io/cce-load-balancer-internal-vpc', ['true']],
  ['service.beta.kubernetes.io/do-loadbalancer-network', ['internal']],
  ['service.beta.kubernetes.io/scw-loadbalancer-private', ['true']],
  ['load-balancer.hetzner.cloud/disable-public-network', ['true']],
  ['yandex.cloud/load-balancer-type', ['internal']],
];

const AWS_SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

/** Classes of load balancers that stay private unless that annotation says the value beside it; the last never leave it. */
const PRIVATE_CLASSES: Readonly<Record<string, readonly [annotation: string, value: string] | undefined>> = {
  // AWS Load Balancer Controller since v2.2, and EKS Auto Mode.
  'service.k8s.aws/nlb': [AWS_SCHEME, 'internet-facing'],
  'eks.amazonaws.com/nlb': [AWS_SCHEME, 'internet-facing'],
  tailscale: undefined,
};

const valueOf = (annotations: Annotations, name: string): string =>
  Object.hasOwn(annotations, name) ? (annotations[name] ?? '').trim().toLowerCase() : '';

function isPrivateClass(annotations: Annotations, loadBalancerClass: string): boolean {
  if (!Object.hasOwn(PRIVATE_CLASSES, loadBalancerClass)) return false;
  const opener = PRIVATE_CLASSES[loadBalancerClass];
  return opener === undefined || valueOf(annotations, opener[0]) !== opener[1];
}

/** Whether a Service asks for a load balancer that only the private network reaches. */
export function asksForInternal(annotations: Annotations, loadBalancerClass = ''): boolean {
  const isAsked = INTERNAL.some(([annotation, values]) => {
    const value = valueOf(annotations, annotation);
    return values === 'any but false' ? value !== '' && value !== 'false' : values.includes(value);
  });
  return isAsked || isPrivateClass(annotations, loadBalancerClass);
}
