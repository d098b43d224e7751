import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1NetworkPolicy, V1Secret } from '@kubernetes/client-node';
import { load } from 'js-yaml';
import { loadNotifyConfig } from '../../../src/notify/config/load.ts';
import { readManifest, ROOT } from './manifests.ts';

const FOLDER = 'config/optional/notifications';

interface Operation {
  readonly path: string;
  readonly value: unknown;
}

const component = load(readFileSync(join(ROOT, FOLDER, 'kustomization.yaml'), 'utf8')) as {
  readonly patches: readonly { readonly patch: string }[];
};
const patch = load(component.patches[0]?.patch ?? '') as readonly Operation[];
const secret = readManifest(`${FOLDER}/secret.example.yaml`, 'Secret', 'plimsoll-notifications') as V1Secret;

describe('the optional notifications', () => {
  it('are read from where the Secret is mounted', () => {
    assert.deepEqual(
      patch.map(({ value }) => value),
      [
        '--notify-config=/etc/plimsoll/notifications/config.yaml',
        [{ name: 'notifications', mountPath: '/etc/plimsoll/notifications', readOnly: true }],
        [{ name: 'notifications', secret: { secretName: secret.metadata?.name } }],
      ],
    );
  });

  it('have an example that is taken as it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-example-'));
    try {
      for (const [name, content] of Object.entries(secret.stringData ?? {})) writeFileSync(join(folder, name), content);
      const { config } = loadNotifyConfig(join(folder, 'config.yaml'));
      assert.deepEqual(
        config.targets.map(({ name, type }) => [name, type]),
        [
          ['security-team', 'slack'],
          ['pipeline', 'webhook'],
          ['pager', 'alertmanager'],
        ],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('open the way to the Alertmanager of the example, and to nothing else', () => {
    const policy = readManifest(
      `${FOLDER}/network_policy.yaml`,
      'NetworkPolicy',
      'plimsoll-notifications',
    ) as V1NetworkPolicy;
    assert.deepEqual(policy.spec?.policyTypes, ['Egress']);
    assert.deepEqual(policy.spec?.egress, [
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
        ports: [{ port: 9093, protocol: 'TCP' }],
      },
    ]);
    assert.match(secret.stringData?.['config.yaml'] ?? '', /\.monitoring:9093/);
  });
});
