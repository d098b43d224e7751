import type {
  V1Container,
  V1EnvVar,
  V1PodSpec,
  V1Probe,
  V1ResourceRequirements,
  V1SecurityContext,
} from '@kubernetes/client-node';

/** A sort of workload as clusters are full of, with the mistakes that people make in it. */
export interface Archetype {
  readonly name: string;
  /** How many of a hundred workloads are of this sort. */
  readonly percent: number;
  /** The spec of its pods; `app` makes it differ from that of every other workload. */
  readonly podSpec: (app: string) => V1PodSpec;
}

const REGISTRY = 'registry.example.com/shop';

/** What Pod Security's level restricted asks of a container. */
const LOCKED_DOWN: V1SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function resources(cpu: string, memory: string): V1ResourceRequirements {
  return { requests: { cpu, memory }, limits: { memory } };
}

function probe(path: string, periodSeconds: number): V1Probe {
  return { httpGet: { path, port: 'http' }, periodSeconds, timeoutSeconds: 3 };
}

/** The settings that nearly every service has, and where it runs. */
function commonEnv(app: string): V1EnvVar[] {
  return [
    { name: 'APP_NAME', value: app },
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel-collector.observability.svc:4317' },
    { name: 'DATABASE_HOST', value: `${app}-db.databases.svc` },
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ];
}

function secretEnv(name: string, secret: string): V1EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key: name.toLowerCase() } } };
}

/** The main container of a service that speaks HTTP. */
function server(app: string, tag: string, more: Partial<V1Container> = {}): V1Container {
  return {
    name: 'app',
    image: `${REGISTRY}/${app}:${tag}`,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: 8080 }],
    env: commonEnv(app),
    resources: resources('100m', '256Mi'),
    livenessProbe: probe('/healthz', 20),
    readinessProbe: probe('/readyz', 10),
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
    ...more,
  };
}

/** The log shipper that sits beside many services. */
function logShipper(securityContext?: V1SecurityContext): V1Container {
  return sidecar('log-shipper', `${REGISTRY}/fluent-bit:3.2.4`, securityContext);
}

function sidecar(name: string, image: string, securityContext?: V1SecurityContext): V1Container {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['--config=/tmp/config.yaml', '--output=logs.observability.svc'],
    resources: resources('10m', '64Mi'),
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    ...(securityContext && { securityContext }),
  };
}

/** Waits for the database, as charts of many services do. */
function waitForDatabase(app: string): V1Container {
  const command = ['sh', '-c', `until nc -z ${app}-db.databases.svc 5432; do sleep 2; done`];
  return { name: 'wait-for-database', image: 'docker.io/library/busybox:1.37', command };
}

function volumes(app: string): NonNullable<V1PodSpec['volumes']> {
  return [
    { name: 'config', configMap: { name: `${app}-config`, defaultMode: 0o440 } },
    { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
  ];
}

function spread(app: string): Pick<V1PodSpec, 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/name': app } };
  return {
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    ],
  };
}

/** In the order in which a list of workloads takes its turns; the percentages add up to a hundred. */
export const ARCHETYPES: readonly Archetype[] = [
  {
    name: 'web',
    percent: 30,
    podSpec: (app) => ({
      containers: [server(app, 'latest', { lifecycle: { preStop: { sleep: { seconds: 5 } } } }), logShipper()],
      volumes: volumes(app),
      ...spread(app),
    }),
  },
  {
    name: 'api',
    percent: 20,
    podSpec: (app) => ({
      serviceAccountName: 'backend',
      initContainers: [waitForDatabase(app)],
      containers: [
        server(app, '2.14.0', {
          env: [
            ...commonEnv(app),
            secretEnv('DATABASE_PASSWORD', `${app}-db`),
            { name: 'API_TOKEN', value: 'bench-not-a-token' },
          ],
          securityContext: { runAsUser: 0 },
        }),
        logShipper(),
      ],
      volumes: volumes(app),
      ...spread(app),
    }),
  },
  {
    name: 'hardened',
    percent: 20,
    podSpec: (app) => ({
      serviceAccountName: 'restricted',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10_001,
        fsGroup: 10_001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [server(app, '5.0.2', { securityContext: LOCKED_DOWN }), logShipper(LOCKED_DOWN)],
      volumes: volumes(app),
      ...spread(app),
    }),
  },
  {
    name: 'worker',
    percent: 18,
    podSpec: (app) => ({
      serviceAccountName: 'backend',
      securityContext: { runAsUser: 1000, fsGroup: 1000 },
      containers: [
        server(app, '1.8', {
          command: ['/usr/bin/worker'],
          args: ['--queue=orders', '--concurrency=8', `--consumer-group=${app}`],
          env: [...commonEnv(app), { name: 'AMQP_PASSWORD', value: 'bench-not-a-password' }],
        }),
        logShipper({ allowPrivilegeEscalation: false }),
      ],
      volumes: volumes(app),
    }),
  },
  {
    name: 'edge-proxy',
    percent: 6,
    podSpec: (app) => ({
      serviceAccountName: 'edge',
      containers: [
        server(app, '1.31.0', {
          ports: [
            { name: 'http', containerPort: 8080, hostPort: 80 },
            { name: 'https', containerPort: 8443, hostPort: 443 },
          ],
          securityContext: {
            allowPrivilegeEscalation: true,
            capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
            runAsUser: 101,
          },
        }),
        logShipper(),
      ],
      volumes: volumes(app),
    }),
  },
  {
    name: 'node-tool',
    percent: 4,
    podSpec: (app) => ({
      serviceAccountName: 'edge',
      hostNetwork: true,
      hostPID: true,
      containers: [server(app, 'v0.9.1', { ports: [], securityContext: { privileged: true } }), logShipper()],
      volumes: [...volumes(app), { name: 'host', hostPath: { path: '/', type: 'Directory' } }],
      tolerations: [{ operator: 'Exists' }],
    }),
  },
  {
    name: 'ci-runner',
    percent: 2,
    podSpec: (app) => ({
      serviceAccountName: 'backend',
      containers: [
        server(app, '17.5', {
          ports: [],
          env: [...commonEnv(app), { name: 'REGISTRATION_TOKEN', value: 'bench-not-a-token' }],
        }),
        sidecar('docker', 'docker.io/library/docker:27-dind', { privileged: true }),
      ],
      volumes: [...volumes(app), { name: 'docker-socket', hostPath: { path: '/var/run/docker.sock', type: 'Socket' } }],
    }),
  },
];
