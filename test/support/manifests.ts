/** Objects as tests apply them. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

export interface DeploymentOptions {
  readonly replicas?: number;
  readonly image?: string;
  readonly podSpec?: Readonly<Record<string, unknown>>;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly strategy?: Readonly<Record<string, unknown>>;
}

/** A Deployment with one container `app`, careless but for what is asked. */
export function deployment(name: string, options: DeploymentOptions = {}): Manifest {
  const { replicas = 1, image = 'registry.example/app:1', podSpec = {}, securityContext = {}, strategy } = options;
  const labels = { app: name, ...options.labels };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...(strategy === undefined ? {} : { strategy }),
      template: { metadata: { labels }, spec: { ...podSpec, containers: [{ name: 'app', image, securityContext }] } },
    },
  };
}

/** A service mesh in small: every pod of the namespace labelled `mesh` gets a sidecar that no template has. */
export function sidecarInjection(namespace: string): readonly Manifest[] {
  const name = `inject-${namespace}`;
  const sidecar = `Object.spec.containers{
    name: "proxy",
    image: "registry.example/proxy:1",
    securityContext: Object.spec.containers.securityContext{
      capabilities: Object.spec.containers.securityContext.capabilities{add: ["NET_ADMIN"]}
    }
  }`;
  const policy: Manifest = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'IfNeeded',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        objectSelector: { matchLabels: { mesh: 'yes' } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      matchConditions: [{ name: 'once', expression: 'object.spec.containers.all(c, c.name != "proxy")' }],
      mutations: [
        {
          patchType: 'JSONPatch',
          jsonPatch: { expression: `[JSONPatch{op: "add", path: "/spec/containers/-", value: ${sidecar}}]` },
        },
      ],
    },
  };
  const binding: Manifest = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  };
  return [policy, binding];
}
