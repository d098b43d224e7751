import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Deployment, V1Namespace, V1NetworkPolicy, V1Service, V1ServiceAccount } from '@kubernetes/client-node';
import { INSTALL, readManifest, readManifests, ROOT, type Manifest } from './manifests.ts';

const deployment = readManifest(INSTALL, 'Deployment', 'plimsoll') as V1Deployment;
const pod = deployment.spec?.template.spec;
const [container] = pod?.containers ?? [];

describe('the pod of the operator', () => {
  it('runs as the user of its image, which is not root, in an account of its own', () => {
    const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
    assert.match(dockerfile, /^USER 65532:65532$/m);
    assert.deepEqual(pod?.securityContext, {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    assert.equal(pod?.serviceAccountName, 'plimsoll');
  });

  it('can neither write its file system nor gain privileges', () => {
    assert.equal(pod?.containers.length, 1);
    assert.deepEqual(container?.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    assert.deepEqual(pod?.volumes, undefined);
  });

  it('is of the version of this package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    assert.equal(container?.image, `ghcr.io/plimsoll/plimsoll:v${version}`);
  });

  it('is probed on ports that it names', () => {
    const ports = container?.ports?.map(({ name, containerPort }) => [name, containerPort]);
    assert.deepEqual(ports, [
      ['metrics', 8443],
      ['health', 8081],
    ]);
    assert.deepEqual(container?.livenessProbe?.httpGet, { path: '/healthz', port: 'health' });
    assert.deepEqual(container?.readinessProbe?.httpGet, { path: '/readyz', port: 'health' });
  });
});

describe('the Service for metrics', () => {
  it('leads to the port for metrics of the operator, and only inside the cluster', () => {
    const { spec } = readManifest(INSTALL, 'Service', 'plimsoll-metrics') as V1Service;
    assert.deepEqual(spec, {
      selector: deployment.spec?.selector.matchLabels,
      ports: [{ name: 'metrics', port: 8443, targetPort: 'metrics', protocol: 'TCP' }],
    });
  });
});

describe('the namespace of the operator', () => {
  it('enforces restricted Pod Security', () => {
    const namespace = readManifest(INSTALL, 'Namespace', 'plimsoll-system') as V1Namespace;
    assert.equal(namespace.metadata?.labels?.['pod-security.kubernetes.io/enforce'], 'restricted');
  });

  it('hands out tokens only to pods that ask for one', () => {
    for (const name of ['plimsoll', 'default']) {
      const account = readManifest(INSTALL, 'ServiceAccount', name) as V1ServiceAccount;
      assert.equal(account.automountServiceAccountToken, false, name);
    }
    assert.equal(pod?.automountServiceAccountToken, true);
  });

  it('lets nothing in and out by default, and only metrics and health into the operator', () => {
    const denied = (readManifest(INSTALL, 'NetworkPolicy', 'default-deny') as V1NetworkPolicy).spec;
    assert.deepEqual(denied, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const allowed = (readManifest(INSTALL, 'NetworkPolicy', 'plimsoll') as V1NetworkPolicy).spec;
    assert.deepEqual(allowed?.podSelector, deployment.spec?.selector);
    assert.deepEqual(allowed?.ingress, [
      {
        from: [{ namespaceSelector: { matchLabels: { metrics: 'enabled' } } }],
        ports: [{ port: 'metrics', protocol: 'TCP' }],
      },
      { ports: [{ port: 'health', protocol: 'TCP' }] },
    ]);
  });

  it('is where everything namespaced goes, but for what may be read of the cluster itself', () => {
    const isRead = ({ kind, metadata }: Manifest): boolean => kind.startsWith('Role') && metadata.name === 'plimsoll';
    const others = readManifests(INSTALL).filter((manifest) => !isRead(manifest));
    assert.deepEqual([...new Set(others.map(({ metadata }) => metadata.namespace))], [undefined, 'plimsoll-system']);
  });
});
