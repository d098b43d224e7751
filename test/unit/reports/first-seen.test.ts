import assert from 'node:assert/strict';
import { dateFinding, toTime, type Memory } from '../../../src/reports/first-seen.ts';
import { record } from '../../support/reports.ts';

const now = new Date('2026-05-01T12:00:00.000Z');
const NOW = '2026-05-01T12:00:00Z';
const EARLIER = '2026-01-01T00:00:00Z';
const CREATED = Date.parse(EARLIER) / 1000;

const settled: Memory = { hasBaseline: true, knownChecks: new Set(['host-network']), watchedUntilSeconds: undefined };
const KNOWN = {
  id: 'known',
  check: 'host-network',
  severity: 'High',
  origin: 'Baseline',
  firstSeenTime: EARLIER,
} as const;
const previous = record({ findings: [KNOWN] });

type Case = readonly [
  name: string,
  id: string,
  check: string,
  of: typeof previous | undefined,
  memory: Memory,
  expected: readonly [string, string],
];

const CASES: readonly Case[] = [
  [
    'one that the report has keeps its date and origin',
    'known',
    'host-network',
    previous,
    settled,
    [EARLIER, 'Baseline'],
  ],
  ['one that the report lacks is new', 'fresh', 'host-network', previous, settled, [NOW, 'Observed']],
  ['one on a subject without a report is new', 'fresh', 'host-network', undefined, settled, [NOW, 'Observed']],
  [
    'before the first pass everything is the baseline',
    'fresh',
    'host-network',
    undefined,
    { ...settled, hasBaseline: false },
    [NOW, 'Baseline'],
  ],
  ['one of a check that never judged before is no news', 'fresh', 'new-check', previous, settled, [NOW, 'Catalogue']],
  [
    'one on a subject that was there under the last leader, whose report was lost, is no news',
    'fresh',
    'host-network',
    undefined,
    { ...settled, watchedUntilSeconds: CREATED + 60 },
    [NOW, 'Baseline'],
  ],
  [
    'one on a subject that was made while nobody watched is new',
    'fresh',
    'host-network',
    undefined,
    { ...settled, watchedUntilSeconds: CREATED - 60 },
    [NOW, 'Observed'],
  ],
  [
    'one on a subject that was made within the second in which the last leader ended is new',
    'fresh',
    'host-network',
    undefined,
    { ...settled, watchedUntilSeconds: CREATED + 0.5 },
    [NOW, 'Observed'],
  ],
  [
    'one as mild as the last that a cut report lists is no news: it may have been cut',
    'fresh',
    'host-network',
    { ...previous, isCut: true },
    settled,
    [NOW, 'Baseline'],
  ],
  [
    'one that is worse than the last that a cut report lists is new: it would have been listed',
    'fresh',
    'host-network',
    { ...previous, isCut: true, findings: [{ ...KNOWN, severity: 'Low' }] },
    settled,
    [NOW, 'Observed'],
  ],
  [
    'one that an existing report gained while nobody watched is new',
    'fresh',
    'host-network',
    previous,
    { ...settled, watchedUntilSeconds: CREATED + 60 },
    [NOW, 'Observed'],
  ],
];

describe('dating a finding', () => {
  for (const [name, id, check, of, memory, [firstSeenTime, origin]] of CASES) {
    const found = { check, severity: 'High', message: 'wrong' } as const;
    it(name, () =>
      assert.deepEqual(
        dateFinding(found, () => id, of, CREATED, { memory, nowTime: toTime(now) }),
        { firstSeenTime, origin, wasSuppressed: false },
      ),
    );
  }

  it('writes times in whole seconds', () => assert.equal(toTime(new Date('2026-05-01T12:00:00.999Z')), NOW));
});
