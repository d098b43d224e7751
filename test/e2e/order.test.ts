import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled } from '../support/installed.ts';
import type { Manifest } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';
import { VARIED_PODS, variedObjects } from '../support/varied-objects.ts';

type Texts = Readonly<Record<string, string>>;
interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const REPORTS = 'securityreports,clustersecurityreports,compliancereports';
/** What is made by the API server, anew for each object. */
const GIVEN = new Set(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields']);
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Longer than the compliance reports lag behind. */
const STILL_MS = 2_500;
/** So many reports the objects give at least. */
const MANY = 20;
/** A report that the garbage collector deletes while its subject is made anew is not written again for some seconds. */
const PATIENT = { timeoutMs: 40_000 };

/** All of a report, but for what is made anew with it, and with one time in the place of all. */
const contentOf = (item: Item): string =>
  JSON.stringify(item, (key, value: unknown) => {
    if (GIVEN.has(key)) return undefined;
    return typeof value === 'string' && TIME.test(value) ? 'then' : value;
  });

/** Shows no more than what differs. */
function assertSame(current: Texts, wanted: Texts): void {
  const differing = Object.keys({ ...current, ...wanted }).filter((key) => current[key] !== wanted[key]);
  const shown = (all: Texts): readonly unknown[] => differing.map((key) => [key, all[key]]);
  assert.deepEqual(shown(current), shown(wanted));
}

/** The same for a seed on every machine. */
function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const order = fc.shuffledSubarray([...all], { minLength: all.length });
  return fc.sample(order, { seed, numRuns: 1 })[0] ?? all;
}

describe('The reports of a real cluster', () => {
  const cluster = useInstalled();
  const { kubectl } = cluster;
  let namespaces: readonly string[];
  let objects: readonly Manifest[];
  let operator: RunningOperator;
  /** Before any of the objects is there, and with all of them in the order in which they are written. */
  let empty: Texts;
  let expected: Texts;

  /** Without a Lease none is waited for after a kill, and what is news is not told by when it was last renewed. */
  async function start(): Promise<void> {
    const flags = ['--namespaces=order-*', '--leader-elect=false', '--checks=all', '--read=configmaps'];
    operator = await cluster.operator(...flags);
    await operator.firstPassDone();
  }

  async function items<T>(...what: readonly string[]): Promise<readonly T[]> {
    return (JSON.parse(await kubectl(['get', ...what, '--output=json'])) as { items: T[] }).items;
  }

  async function reports(): Promise<Texts> {
    const found = await items<Item>(REPORTS, '--all-namespaces');
    return Object.fromEntries(
      found.map((item) => [`${item.kind} ${item.metadata.namespace ?? ''}/${item.metadata.name}`, contentOf(item)]),
    );
  }

  async function still(): Promise<Texts> {
    let last: Texts = {};
    let sinceMs = 0;
    return eventually(
      'the reports stand still',
      async () => {
        const current = await reports();
        if (JSON.stringify(current) !== JSON.stringify(last)) [last, sinceMs] = [current, performance.now()];
        return performance.now() - sinceMs >= STILL_MS && current;
      },
      PATIENT,
    );
  }

  async function become(wanted: Texts): Promise<void> {
    await eventually(
      'the reports are the same',
      async () => {
        assertSame(await reports(), wanted);
        return true;
      },
      PATIENT,
    );
  }

  async function becomeAndStay(wanted: Texts): Promise<void> {
    await become(wanted);
    assertSame(await still(), wanted);
  }

  async function thereAre(count: number, kinds: string): Promise<void> {
    await eventually(`there are ${count} ${kinds}`, async () => {
      const there = await Promise.all(namespaces.map(async (each) => items(kinds, `--namespace=${each}`)));
      assert.equal(there.flat().length, count);
      return true;
    });
  }

  /** What was there before is only made what it was. */
  const isOfCluster = ({ kind, metadata: { name } }: Manifest): boolean => kind === 'Namespace' || name === 'default';

  const listOf = (some: readonly object[]): { readonly input: string } => ({
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: some }),
  });

  /** One after the other, as they are given. */
  async function apply(some: readonly object[]): Promise<void> {
    await kubectl(['apply', '--server-side', '--filename=-'], listOf(some));
  }

  async function clear(): Promise<void> {
    const [ours, others] = [objects.filter((each) => !isOfCluster(each)), objects.filter(isOfCluster)];
    await kubectl(['delete', '--ignore-not-found', '--filename=-'], listOf(ours));
    await apply(
      others.map(({ metadata: { name, namespace }, apiVersion, kind }) => ({
        apiVersion,
        kind,
        metadata: { name, namespace },
      })),
    );
    await thereAre(0, 'pods,replicasets');
    await become(empty);
  }

  before(async function observe() {
    this.timeout(90_000);
    for (const file of ['role', 'role_binding']) {
      const path = new URL(`../../config/optional/read-configmaps/${file}.yaml`, import.meta.url);
      await cluster.apply(await readFile(path, 'utf8'));
    }
    const noneVanishes = async (): Promise<boolean> => !(await kubectl(['get', 'namespaces'])).includes('Terminating');
    await eventually('the namespaces of other suites are gone', noneVanishes, PATIENT);
    // All that comes and goes is news: of the baseline is only what stays, such as that Pod Security is enforced somewhere.
    await cluster.namespace('order', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await start();
    const [shop, idle, sized] = [
      await cluster.namespace('order-shop'),
      await cluster.namespace('order-idle'),
      await cluster.namespace('order-sized'),
    ];
    namespaces = [shop, idle, sized];
    objects = variedObjects({ shop, idle, sized });
    empty = await still();
    await apply(objects);
    await thereAre(VARIED_PODS, 'pods');
    expected = await still();
    assert.ok(Object.keys(expected).length > Object.keys(empty).length + MANY, 'the objects give many reports');
  });
  beforeEach(async function empties() {
    this.timeout(60_000);
    await clear();
  });
  after(async () => {
    await operator.stop();
    await kubectl(['delete', '--ignore-not-found', '--wait=false', '--filename=-'], listOf(objects));
    await kubectl(['delete', 'clusterrole,clusterrolebinding', 'plimsoll-read-configmaps']);
  });

  const ORDERS: Readonly<Record<string, (all: readonly Manifest[]) => readonly Manifest[]>> = {
    'in reverse': (all) => all.toReversed(),
    'in an order that was drawn': (all) => shuffled(all, 1),
  };
  for (const [name, order] of Object.entries(ORDERS)) {
    it(`are the same bytes when its objects come ${name}`, async () => {
      await apply(order(objects));
      await thereAre(VARIED_PODS, 'pods');
      await becomeAndStay(expected);
    });
  }

  it('are the same bytes when the operator is killed on the way, and starts again', async () => {
    const order = shuffled(objects, 2);
    const middle = order.length / 2;
    const firstHalf = apply(order.slice(0, middle));
    await eventually('the first reports are written', async () => {
      return Object.keys(await reports()).length > Object.keys(empty).length;
    });
    await operator.stop('SIGKILL');
    await firstHalf;
    const half = await reports();
    assert.notDeepEqual(half, expected);
    await Promise.all([start(), apply(order.slice(middle))]);
    await thereAre(VARIED_PODS, 'pods');
    await becomeAndStay(expected);
  });
});
