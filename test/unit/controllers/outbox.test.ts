import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createOutbox, type Notifications, type Outbox } from '../../../src/controllers/outbox/outbox.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import type { ChangeSet } from '../../../src/reports/change-set.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { createReportRecords, type ReportRecords } from '../../../src/reports/records.ts';
import { UNSENT_ANNOTATION } from '../../../src/reports/unsent.ts';
import { exception } from '../../support/exceptions.ts';
import { controllerObject, raw } from '../../support/objects.ts';
import { world, type World } from '../../support/world.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const KEY = reportKey('shop', 'deployment-web');
const MARK = `${UNSENT_ANNOTATION}team`;

const spec = (more: object = {}): Record<string, unknown> => ({
  ...more,
  containers: [{ name: 'app', image: 'registry.example/app:1' }],
});

interface Told extends Notifications {
  readonly changes: ChangeSet[];
  /** Answers all offers so far. */
  readonly answer: (isDelivered: boolean) => Promise<void>;
}

/** One target, that wants to hear of host-network only, and answers when it is told to. */
function team(): Told {
  const changes: ChangeSet[] = [];
  let answers: ((isDelivered: boolean) => void)[] = [];
  const isWanted = ({ check }: { readonly check: string }): boolean => check === 'host-network';
  return {
    changes,
    route(all) {
      const narrowed = { ...all, opened: all.opened.filter(isWanted), resolved: all.resolved.filter(isWanted) };
      const isEmpty = narrowed.opened.length + narrowed.resolved.length === 0;
      return isEmpty ? new Map() : new Map([['team', narrowed]]);
    },
    offer(_target, told) {
      changes.push(told);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      answers.push(resolve);
      return promise;
    },
    async answer(isDelivered) {
      for (const resolve of answers) resolve(isDelivered);
      answers = [];
      await setImmediate();
    },
  };
}

const never = (): Promise<void> => new Promise(() => undefined);

const outboxOf = (told: Notifications, sleep: () => Promise<void> = never): Outbox =>
  createOutbox({ ...told, timers: { sleep }, signal: new AbortController().signal });

interface Shop extends World {
  readonly told: World['told'];
  readonly deploy: (more?: object) => void;
  readonly mark: () => string | undefined;
  readonly take: (records: ReportRecords) => void;
}

function shop(outbox: Outbox, made: World = world({ outbox })): Shop {
  return {
    ...made,
    deploy: (more) => made.inventory.sink('Deployment').upsert(controllerObject({ name: 'web' }, spec(more))),
    mark: () => made.stored.get(KEY)?.metadata.annotations?.[MARK],
    take: (records) => outbox.lead(records.entries(), (key) => made.dirty.add(key)),
  };
}

/** What a replica that starts knows: the stored reports. */
function recordsOf({ stored }: World): ReportRecords {
  const records = createReportRecords({
    onForeignChange: () => undefined,
    onDeleted: () => undefined,
    onChange: () => undefined,
    isAuthor: () => false,
  });
  for (const report of stored.values()) {
    const metadata = { ...report.metadata, uid: 'uid-report', resourceVersion: '1' };
    records.sink('Namespaced').upsert(raw({ ...report, metadata }));
  }
  return records;
}

const checks = (found: ChangeSet['opened'] | undefined): readonly string[] | undefined =>
  found?.map(({ check }) => check);

describe('the outbox', () => {
  it('tells what is news once it is stored, and marks the report until it was delivered', async () => {
    const told = team();
    const outbox = outboxOf(told);
    const { deploy, reconcile, mark, dirty, take } = shop(outbox);
    take(recordsOf(shop(outbox)));
    deploy();
    await reconcile(WEB);
    assert.equal(told.changes.length, 0, 'nothing that the team wants to hear');
    deploy({ hostNetwork: true });
    await reconcile(WEB);
    assert.deepEqual(checks(told.changes[0]?.opened), ['host-network']);
    assert.match(mark() ?? '', /^[0-9a-f]{16},host-network,High,/);
    dirty.clear();
    await told.answer(true);
    assert.ok(dirty.has(WEB), 'the mark is to be taken off');
    await reconcile(WEB);
    assert.equal(mark(), undefined);
    assert.equal(told.changes.length, 1);
  });

  it('tells nothing twice, however often a subject is judged', async () => {
    const told = team();
    const { deploy, reconcile } = shop(outboxOf(told));
    deploy({ hostNetwork: true });
    await reconcile(WEB);
    await reconcile(WEB);
    deploy({ hostNetwork: true, hostPID: true });
    await reconcile(WEB);
    assert.equal(told.changes.length, 1);
  });

  it('keeps the mark of what could not be delivered', async () => {
    const told = team();
    const { deploy, reconcile, mark } = shop(outboxOf(told));
    deploy({ hostNetwork: true });
    await reconcile(WEB);
    await told.answer(false);
    deploy({ hostNetwork: true, hostPID: true });
    await reconcile(WEB);
    assert.notEqual(mark(), undefined);
  });

  it('offers again after a while what was given up', async () => {
    const told = team();
    const pause = Promise.withResolvers<void>();
    const { deploy, reconcile, mark } = shop(outboxOf(told, () => pause.promise));
    deploy({ hostNetwork: true });
    await reconcile(WEB);
    await told.answer(false);
    pause.resolve();
    await setImmediate();
    assert.equal(told.changes.length, 2);
    await told.answer(true);
    await reconcile(WEB);
    assert.equal(mark(), undefined);
  });

  it('does not offer again what another leader has to tell', async () => {
    const told = team();
    const pause = Promise.withResolvers<void>();
    const outbox = outboxOf(told, () => pause.promise);
    const { deploy, reconcile } = shop(outbox);
    deploy({ hostNetwork: true });
    await reconcile(WEB);
    outbox.follow();
    await told.answer(false);
    pause.resolve();
    await setImmediate();
    assert.equal(told.changes.length, 1);
  });

  it('has whoever leads next tell what was not, with the date that it had, also if it is fixed by then', async () => {
    const first = shop(outboxOf(team()));
    first.deploy({ hostNetwork: true });
    await first.reconcile(WEB);
    const since = first.stored.get(KEY)?.findings.find(({ check }) => check === 'host-network')?.firstSeenTime;
    first.deploy();
    await first.reconcile(WEB);
    const told = team();
    const outbox = outboxOf(told);
    const next = shop(outbox, first.restarted({ outbox }));
    next.take(recordsOf(first));
    assert.deepEqual(checks(told.changes[0]?.opened), ['host-network']);
    assert.equal(told.changes[0]?.opened[0]?.since, since);
    await told.answer(true);
    next.deploy();
    await next.reconcile(WEB);
    assert.equal(next.mark(), undefined);
  });

  it('does not tell again what is on its way when an engine takes the place of another', async () => {
    const told = team();
    const outbox = outboxOf(told);
    const first = shop(outbox);
    first.deploy({ hostNetwork: true });
    await first.reconcile(WEB);
    first.take(recordsOf(first));
    assert.equal(told.changes.length, 1);
    await told.answer(true);
    first.take(recordsOf(first));
    assert.equal(told.changes.length, 1, 'nor what was delivered, while the mark is still there');
  });

  it('tells what is fixed, but not what is accepted', async () => {
    const told = team();
    const outbox = outboxOf(told);
    const here = shop(outbox);
    here.deploy({ hostNetwork: true });
    await here.reconcile(WEB);
    here.exceptions.sink('SecurityException').upsert(raw(exception() as Record<string, unknown>));
    await here.reconcile(WEB);
    assert.equal(told.changes.length, 1);
    await here.setTime('2026-12-01T00:00:01Z');
    await here.reconcile(WEB);
    assert.deepEqual(checks(told.changes[1]?.opened), ['host-network'], 'its exception has ended');
    here.deploy();
    await here.reconcile(WEB);
    assert.deepEqual(checks(told.changes[2]?.resolved), ['host-network']);
  });

  it('does not tell as fixed what is not looked at any more', async () => {
    const told = team();
    const outbox = outboxOf(told);
    const here = shop(outbox);
    here.deploy({ hostNetwork: true });
    await here.reconcile(WEB);
    const next = shop(outbox, here.restarted({ exclude: ['shop'] }));
    next.deploy({ hostNetwork: true });
    assert.equal(await next.reconcile(WEB), 'deleted');
    assert.equal(told.changes.length, 1);
  });

  it('tells what is fixed because its subject is gone', async () => {
    const told = team();
    const here = shop(outboxOf(told));
    here.deploy({ hostNetwork: true });
    await here.reconcile(WEB);
    here.inventory.sink('Deployment').remove(controllerObject({ name: 'web' }));
    await here.reconcile(WEB);
    assert.deepEqual(checks(told.changes[1]?.resolved), ['host-network']);
  });
});
