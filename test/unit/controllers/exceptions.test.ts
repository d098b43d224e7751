import assert from 'node:assert/strict';
import type { Finding } from '../../../src/crds/index.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { clusterException, exception } from '../../support/exceptions.ts';
import { controllerObject, raw } from '../../support/objects.ts';
import { world, type World, type WorldOptions } from '../../support/world.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const KEY = reportKey('shop', 'deployment-web');
const END = '2026-12-01T00:00:00Z';
const AFTER_END = '2026-12-01T00:00:01Z';

const sharesTheNetwork = { hostNetwork: true, containers: [{ name: 'app', image: 'registry.example/app:1' }] };

const accept = ({ exceptions }: World, object = exception()): void =>
  exceptions.sink('SecurityException').upsert(raw(object as Record<string, unknown>));

function hostNetwork({ stored }: World): Finding {
  const found = stored.get(KEY)?.findings.find(({ check }) => check === 'host-network');
  assert.ok(found !== undefined);
  return found;
}

/** A world with one Deployment on the network of its node, judged. */
async function shop(options?: WorldOptions): Promise<World> {
  const made = world(options);
  made.inventory.sink('Deployment').upsert(controllerObject({ name: 'web' }, sharesTheNetwork));
  await made.reconcile(WEB);
  made.dirty.clear();
  return made;
}

describe('exceptions', () => {
  it('take a finding out of the counts, and leave it in the report with the reason', async () => {
    const here = await shop();
    const before = here.stored.get(KEY)?.summary;
    accept(here);
    assert.ok(here.dirty.has(WEB), 'the subject is to be looked at again');
    await here.reconcile(WEB);
    const { suppressedBy } = hostNetwork(here);
    assert.deepEqual(suppressedBy, { kind: 'SecurityException', name: 'accepted', reason: 'it is needed for now' });
    const after = here.stored.get(KEY)?.summary;
    assert.equal(after?.suppressed, 1);
    assert.equal(after?.high, (before?.high ?? 0) - 1);
  });

  it('list what is open before what is accepted', async () => {
    const here = await shop();
    accept(here);
    await here.reconcile(WEB);
    const findings = here.stored.get(KEY)?.findings ?? [];
    const firstSuppressed = findings.findIndex(({ suppressedBy }) => suppressedBy !== undefined);
    assert.equal(firstSuppressed, findings.length - 1);
  });

  it('act on time, and what they accepted is news from then on, with the date it had', async () => {
    const here = await shop();
    const { firstSeenTime } = hostNetwork(here);
    accept(here);
    await here.reconcile(WEB);
    here.dirty.clear();
    await here.setTime(END);
    assert.ok(here.dirty.has(WEB), 'nothing but the time has told of it');
    await here.setTime(AFTER_END);
    await here.reconcile(WEB);
    const reopened = hostNetwork(here);
    assert.equal(reopened.suppressedBy, undefined);
    assert.equal(reopened.firstSeenTime, firstSeenTime);
    assert.equal(reopened.reopenedTime, AFTER_END);
    assert.equal(here.stored.get(KEY)?.summary.newestFirstSeenTime, AFTER_END);
  });

  it('that end just as another changes are not forgotten over it', async () => {
    const here = await shop();
    accept(here);
    await here.reconcile(WEB);
    here.dirty.clear();
    here.setTimeOnly(AFTER_END);
    accept(here, exception({ checks: ['host-pid'] }, { name: 'other', uid: 'uid-other', namespace: 'elsewhere' }));
    assert.ok(here.dirty.has(WEB));
  });

  it('reopen once: later judgements keep the time, over a restart too', async () => {
    const here = await shop();
    accept(here);
    await here.reconcile(WEB);
    await here.setTime(AFTER_END);
    await here.reconcile(WEB);
    const next = here.restarted();
    next.inventory.sink('Deployment').upsert(controllerObject({ name: 'web' }, sharesTheNetwork));
    accept(next);
    await next.setTime('2026-12-02T00:00:00Z');
    assert.equal(await next.reconcile(WEB), 'unchanged');
    assert.equal(hostNetwork(next).reopenedTime, AFTER_END);
  });

  it('that are deleted let their findings be news', async () => {
    const here = await shop();
    accept(here);
    await here.reconcile(WEB);
    here.dirty.clear();
    here.exceptions.sink('SecurityException').remove(raw(exception() as Record<string, unknown>));
    assert.ok(here.dirty.has(WEB));
    await here.reconcile(WEB);
    assert.notEqual(hostNetwork(here).reopenedTime, undefined);
  });

  it('that accept a finding before it is seen reopen it all the same', async () => {
    const here = world();
    accept(here);
    here.inventory.sink('Deployment').upsert(controllerObject({ name: 'web' }, sharesTheNetwork));
    await here.reconcile(WEB);
    assert.notEqual(hostNetwork(here).suppressedBy, undefined);
    assert.equal(
      here.stored.get(KEY)?.findings.some(({ reopenedTime }) => reopenedTime !== undefined),
      false,
    );
  });

  it('keep what they accept while nobody may read them', async () => {
    const here = await shop();
    accept(here);
    await here.reconcile(WEB);
    const blind = here.restarted({ areExceptionsKnown: false });
    blind.inventory.sink('Deployment').upsert(controllerObject({ name: 'web' }, sharesTheNetwork));
    assert.equal(await blind.reconcile(WEB), 'unchanged');
    assert.notEqual(hostNetwork(blind).suppressedBy, undefined);
  });

  it('that cannot be read accept nothing, and touch no other', async () => {
    const here = await shop();
    accept(here);
    accept(here, exception({ checks: ['host-pid'] }, { name: 'other', uid: 'uid-other' }));
    assert.throws(() => accept(here, exception({ reason: 5 }, { name: 'broken' })), /spec\.reason is not a string/);
    await here.reconcile(WEB);
    assert.notEqual(hostNetwork(here).suppressedBy, undefined);
    assert.throws(() => accept(here, exception({ checks: 5 }, { generation: 2 })), /spec\.checks is not a list/);
    await here.reconcile(WEB);
    assert.equal(hostNetwork(here).suppressedBy, undefined, 'what it said before does not hold any more');
  });

  it('count their findings, however often a subject is judged, and until it is gone', async () => {
    const here = await shop();
    accept(here);
    const matched = (): number => {
      const [first] = here.exceptions.all();
      assert.ok(first !== undefined);
      return here.exceptions.outcomeOf(first).matched;
    };
    await here.reconcile(WEB);
    await here.reconcile(WEB);
    assert.equal(matched(), 1);
    here.inventory.sink('Deployment').remove(controllerObject({ name: 'web' }));
    await here.reconcile(WEB);
    assert.equal(matched(), 0);
  });

  it('of the cluster follow the labels of namespaces', async () => {
    const here = await shop();
    const selecting = clusterException({ namespaceSelector: { matchLabels: { team: 'a' } } });
    here.exceptions.sink('ClusterSecurityException').upsert(raw(selecting as Record<string, unknown>));
    await here.reconcile(WEB);
    assert.equal(hostNetwork(here).suppressedBy, undefined);
    here.dirty.clear();
    const labelled = { metadata: { name: 'shop', uid: 'uid-shop', labels: { team: 'a' } } };
    here.inventory.sink('Namespace').upsert(raw(labelled));
    here.exceptions.onNamespace('shop');
    assert.ok(here.dirty.has(WEB));
    await here.reconcile(WEB);
    assert.equal(hostNetwork(here).suppressedBy?.kind, 'ClusterSecurityException');
  });

  it('name an annotation that has no effect in the report', async () => {
    const here = world();
    const annotations = { 'plimsoll.dev/ignore.host-network': 'we need it' };
    here.inventory.sink('Deployment').upsert(controllerObject({ name: 'web', annotations }, sharesTheNetwork));
    await here.reconcile(WEB);
    assert.deepEqual(
      here.stored.get(KEY)?.ineffectiveAnnotations?.map(({ name }) => name),
      ['plimsoll.dev/ignore.host-network'],
    );
    assert.equal(hostNetwork(here).suppressedBy, undefined);
  });
});
