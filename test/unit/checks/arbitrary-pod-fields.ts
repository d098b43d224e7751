import * as fc from 'fast-check';

/** A value mostly of the right shape, else anything that JSON can hold. */
const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: right, weight: 4 }, { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 });

const flag = mostly(fc.boolean());
const id = mostly(fc.constantFrom(0, 1000, 20_000));
const optional = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(fields, { requiredKeys: [] });
const listOf = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => mostly(fc.array(mostly(item), { maxLength: 3 }));

const capabilities = listOf(fc.constantFrom('ALL', 'all', 'NET_RAW', 'CAP_SYS_ADMIN', 'bpf', 'constructor'));
const volumeName = fc.constantFrom('data', 'kube-api-access-x7f2k', 'token');

const projected = optional({
  sources: listOf(
    optional({
      serviceAccountToken: mostly(
        optional({
          audience: mostly(fc.constantFrom('vault', '')),
          expirationSeconds: mostly(fc.constantFrom(3600, 604_800)),
        }),
      ),
    }),
  ),
});

/** Fields of containers that checks beyond Pod Security read. */
export const containerFields: fc.Arbitrary<object> = optional({
  imagePullPolicy: mostly(fc.constantFrom('Always', 'IfNotPresent', '')),
  ports: listOf(
    optional({ containerPort: mostly(fc.constantFrom(22, 80, 8080)), protocol: mostly(fc.constant('UDP')) }),
  ),
  volumeMounts: listOf(optional({ name: volumeName, mountPath: mostly(fc.constantFrom('/a', '/b')), readOnly: flag })),
  securityContext: mostly(
    optional({
      readOnlyRootFilesystem: flag,
      runAsUser: id,
      runAsGroup: id,
      capabilities: mostly(optional({ add: capabilities, drop: capabilities })),
    }),
  ),
  resources: mostly(optional({ limits: mostly(optional({ memory: mostly(fc.constantFrom('0', '64Mi')) })) })),
});

/** Fields of pods that checks beyond Pod Security read. */
export const podFields: fc.Arbitrary<object> = optional({
  os: mostly(fc.record({ name: fc.constantFrom('linux', 'windows') })),
  hostUsers: flag,
  hostNetwork: flag,
  shareProcessNamespace: flag,
  automountServiceAccountToken: flag,
  hostAliases: listOf(optional({ ip: mostly(fc.constantFrom('192.0.2.1', '192.0.2.2')) })),
  tolerations: listOf(
    optional({ key: mostly(fc.constant('node-role.kubernetes.io/master')), operator: mostly(fc.constant('Exists')) }),
  ),
  securityContext: mostly(optional({ runAsGroup: id, fsGroup: id, supplementalGroups: listOf(fc.constantFrom(0, 7)) })),
  volumes: listOf(
    optional({
      name: mostly(volumeName),
      hostPath: mostly(optional({ path: mostly(fc.constantFrom('/', '/etc/../run/docker.sock', '/srv', '')) })),
      projected: mostly(projected),
    }),
  ),
});
