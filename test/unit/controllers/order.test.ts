import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { WATCHED, type Kind } from '../../../src/inventory/watched.ts';
import { raw, type Json } from '../../support/objects.ts';
import { world, type World } from '../../support/world.ts';

interface Manifest {
  readonly kind: Kind;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly template?: { readonly metadata?: Json; readonly spec: Json } };
}

const SAMPLES = new URL('../../../config/samples/shop/', import.meta.url);

function sampleManifests(): readonly Manifest[] {
  const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
  const all = files.flatMap((name) => loadAll(readFileSync(new URL(name, SAMPLES), 'utf8')) as readonly Manifest[]);
  return all.filter(({ kind }) => WATCHED.some((watched) => watched.kind === kind));
}

/** Two live pods of a workload: one as in its template, one with a sidecar that somebody injected. */
function podsOf({ kind, metadata, spec }: Manifest): readonly Manifest[] {
  const template = spec?.template;
  if (template === undefined) return [];
  const owner = { apiVersion: 'apps/v1', kind, name: metadata.name, uid: uidOf(kind, metadata), controller: true };
  return ['a', 'b'].map((suffix) => ({
    kind: 'Pod',
    metadata: {
      ...template.metadata,
      name: `${metadata.name}-${suffix}`,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      ownerReferences: [owner],
    },
    spec: suffix === 'a' ? template.spec : withSidecar(template.spec),
  }));
}

const withSidecar = (spec: Json): Json => ({
  ...spec,
  containers: [...(spec['containers'] as readonly Json[]), { name: 'injected', image: 'registry.example/proxy:1' }],
});

const uidOf = (kind: string, { namespace = '', name }: Manifest['metadata']): string => `${kind}/${namespace}/${name}`;

const MANIFESTS = sampleManifests();
const OBJECTS = [...MANIFESTS, ...MANIFESTS.flatMap(podsOf)];

function apply({ inventory }: World, { kind, metadata, ...rest }: Manifest): void {
  inventory.sink(kind).upsert(raw({ kind, metadata: { ...metadata, uid: uidOf(kind, metadata) }, ...rest }));
}

function remove({ inventory }: World, { kind, metadata }: Manifest): void {
  inventory.sink(kind).remove(raw({ kind, metadata: { ...metadata, uid: uidOf(kind, metadata) } }));
}

/** Works on what is dirty, as the queue would. */
async function settle({ dirty, reconcile }: World): Promise<void> {
  for (const key of dirty) {
    dirty.delete(key);
    await reconcile(key);
  }
}

const textOf = (stored: World['stored']): ReadonlyMap<string, string> =>
  new Map([...stored].map(([key, report]: [string, SecurityReport]) => [key, JSON.stringify(report)]));

/** The last seen of the same kind with its own name: what it was before somebody changed it. */
function formerly(manifest: Manifest): Manifest {
  const other = OBJECTS.findLast(({ kind, metadata }) => kind === manifest.kind && metadata !== manifest.metadata);
  return { ...(other ?? manifest), metadata: manifest.metadata };
}

describe('The reports of a cluster', () => {
  let expected: ReadonlyMap<string, string>;

  before(async () => {
    const reference = world();
    for (const manifest of OBJECTS) apply(reference, manifest);
    await settle(reference);
    expected = textOf(reference.stored);
    assert.ok(expected.size > 20, 'the samples give many reports');
  });

  it('are the same bytes in whatever order its objects came', async function () {
    this.timeout(60_000);
    const everything = fc.shuffledSubarray([...OBJECTS], { minLength: OBJECTS.length });
    await fc.assert(
      fc.asyncProperty(everything, async (order) => {
        const other = world();
        for (const manifest of order) apply(other, manifest);
        await settle(other);
        assert.deepEqual(textOf(other.stored), expected);
      }),
      { numRuns: 40 },
    );
  });

  it('are the same bytes after changes, removals and restarts on the way', async function () {
    this.timeout(60_000);
    const everything = fc.shuffledSubarray([...OBJECTS], { minLength: OBJECTS.length });
    const detour = fc.constantFrom('none', 'none', 'changed', 'removed', 'settled', 'restarted');
    const detours = fc.array(detour, { minLength: OBJECTS.length, maxLength: OBJECTS.length });
    await fc.assert(
      fc.asyncProperty(everything, detours, async (order, taken) => {
        let current = world();
        for (const [index, manifest] of order.entries()) {
          const detourTaken = taken[index];
          if (detourTaken === 'changed') apply(current, formerly(manifest));
          apply(current, manifest);
          if (detourTaken === 'removed') {
            await settle(current);
            remove(current, manifest);
            apply(current, manifest);
          }
          if (detourTaken === 'settled') await settle(current);
          if (detourTaken === 'restarted' && index % 7 === 0) {
            current = current.restarted();
            for (const earlier of order.slice(0, index + 1).toReversed()) apply(current, earlier);
          }
        }
        await settle(current);
        assert.deepEqual(textOf(current.stored), expected);
      }),
      { numRuns: 40 },
    );
  });
});
