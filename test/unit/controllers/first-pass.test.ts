import assert from 'node:assert/strict';
import { DEFAULT_PARAMETERS, type CheckParameters } from '../../../src/checks/parameters.ts';
import { createFirstPass } from '../../../src/controllers/first-pass.ts';
import type { Past } from '../../../src/controllers/past.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const API = subjectKey('apps', 'Deployment', 'shop', 'api');
const CHECKS = [{ id: 'host-network' }, { id: 'host-pid', revision: 2 }];
const END = new Date('2026-05-01T12:00:00Z');

const KNOWN = { baselineTime: '2026-01-01T00:00:00Z', knownChecks: ['host-network', 'host-pid'] };

function past(more: Partial<Past> = {}): Past {
  return { marker: undefined, watchedUntil: undefined, isNewcomer: () => false, ...more };
}

describe('the first pass of a leader', () => {
  let nowMs = 0;
  beforeEach(() => {
    nowMs = 0;
  });

  it('has no baseline at the first installation, and has one afterwards', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    pass.begin(past());
    assert.equal(pass.memoryFor(WEB).hasBaseline, false);
    assert.equal(pass.marker(), undefined);
    pass.end(END, []);
    assert.equal(pass.memoryFor(WEB).hasBaseline, true);
    assert.deepEqual(pass.marker(), {
      baselineTime: '2026-05-01T12:00:00Z',
      knownChecks: ['host-network', 'host-pid@2'],
    });
  });

  it('takes over the baseline of an earlier installation, and when it was last watched', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    pass.begin(past({ marker: KNOWN, watchedUntil: new Date('2026-04-01T00:00:00Z') }));
    const memory = pass.memoryFor(WEB);
    assert.deepEqual(
      [memory.hasBaseline, [...memory.knownChecks], memory.watchedUntilSeconds],
      [true, ['host-network'], Date.parse('2026-04-01T00:00:00Z') / 1000],
    );
    pass.end(END, []);
    assert.equal(pass.marker()?.baselineTime, '2026-01-01T00:00:00Z', 'the baseline keeps its date');
    assert.equal(pass.memoryFor(WEB).watchedUntilSeconds, undefined);
  });

  it('counts a subject whose report could not be written yet as still of the first pass', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    pass.begin(past());
    pass.end(END, [WEB]);
    assert.equal(pass.memoryFor(WEB).hasBaseline, false);
    assert.equal(pass.memoryFor(API).hasBaseline, true);
    pass.settle(WEB);
    assert.equal(pass.memoryFor(WEB).hasBaseline, true);
  });

  it('does not know a check that means something else than it did', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    pass.begin(past({ marker: KNOWN }));
    assert.deepEqual([...pass.memoryFor(WEB).knownChecks], ['host-network']);
    pass.end(END, []);
    assert.deepEqual([...pass.memoryFor(WEB).knownChecks], ['host-network', 'host-pid']);
  });

  it('does not know a check that is told otherwise than it was', () => {
    const checks = [{ id: 'pod-not-isolated', parameters: ['systemNamespaces'] }, { id: 'host-network' }] as const;
    const knownAfter = (stored: CheckParameters, now: CheckParameters): readonly string[] => {
      const earlier = createFirstPass(checks, stored, { now: () => nowMs });
      earlier.begin(past());
      earlier.end(END, []);
      const pass = createFirstPass(checks, now, { now: () => nowMs });
      pass.begin(past({ marker: earlier.marker() }));
      return [...pass.memoryFor(WEB).knownChecks];
    };
    const told = { ...DEFAULT_PARAMETERS, systemNamespaces: ['gke-*'] };
    assert.deepEqual(knownAfter(DEFAULT_PARAMETERS, told), ['host-network']);
    assert.deepEqual(knownAfter(told, DEFAULT_PARAMETERS), ['host-network']);
    assert.deepEqual(knownAfter(told, told), ['pod-not-isolated', 'host-network']);
  });

  it('has no baseline yet of a namespace that came into scope, until each subject was judged', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    pass.begin(past({ marker: KNOWN, isNewcomer: (key) => key === WEB }));
    assert.deepEqual([pass.memoryFor(WEB).hasBaseline, pass.memoryFor(API).hasBaseline], [false, true]);
    pass.end(END, [WEB]);
    assert.equal(pass.memoryFor(WEB).hasBaseline, false, 'it could not be written yet');
    pass.settle(WEB);
    assert.equal(pass.memoryFor(WEB).hasBaseline, true);
    pass.enter([API]);
    assert.equal(pass.memoryFor(API).hasBaseline, false);
    pass.settle(API);
    assert.equal(pass.memoryFor(API).hasBaseline, true);
  });

  it('knows how long it took, once it is done, and forgets it when another begins', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    nowMs = 1000;
    pass.begin(past());
    nowMs = 3500;
    assert.equal(pass.seconds(), undefined);
    pass.end(END, []);
    nowMs = 9000;
    assert.equal(pass.seconds(), 2.5);
    pass.begin(past());
    assert.equal(pass.seconds(), undefined);
  });

  it('is not done any more when the lead is lost', () => {
    const pass = createFirstPass(CHECKS, DEFAULT_PARAMETERS, { now: () => nowMs });
    pass.begin(past());
    pass.end(END, []);
    assert.equal(pass.isDone(), true);
    pass.abandon();
    assert.equal(pass.isDone(), false);
  });
});
