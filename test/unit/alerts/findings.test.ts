import { absent, at, behaves, GONE, lasting, seriesOf, throughout, type Labels } from './scenario.ts';

const DAY = 24 * 60;

const oldest = (labels: Labels): string =>
  seriesOf('plimsoll_oldest_violation_first_seen_timestamp_seconds', { severity: 'critical', pod: 'one', ...labels });
const OPEN_IN_SHOP = { namespace: 'shop', finding_severity: 'critical', severity: 'warning' };

behaves('PlimsollCriticalViolationsOpen', [
  [
    'fires once a critical violation is older than seven days, and resolves when it is gone',
    {
      stepMinutes: 5,
      series: { [oldest({ namespace: 'shop' })]: `${lasting(at(0), 7 * 288 + 10)} ${lasting(0)}` },
      firing: { [7 * DAY]: [], [7 * DAY + 5]: [OPEN_IN_SHOP], [7 * DAY + 45]: [OPEN_IN_SHOP], [7 * DAY + 50]: [] },
    },
  ],
  [
    'goes on firing over a restart that leaves a gap of minutes',
    {
      series: {
        [oldest({ namespace: 'shop' })]: `${lasting(1, 20)} ${GONE}`,
        [oldest({ namespace: 'shop', pod: 'two' })]: `${absent(33)} ${lasting(1)}`,
      },
      tuned: (expr) => expr.replace('7 * 86400', '1 * 3600'),
      firing: throughout(0, 60, [OPEN_IN_SHOP]),
    },
  ],
  [
    'stays silent where there is none, on what is milder, and on what is younger',
    {
      series: {
        [oldest({ namespace: 'shop' })]: lasting(0),
        [oldest({ namespace: 'legacy', severity: 'high' })]: lasting(1),
        [oldest({ namespace: 'ci' })]: lasting(at(0)),
      },
      tuned: (expr) => expr.replace('7 * 86400', '1 * 3600'),
      firing: throughout(0, 60, []),
    },
  ],
]);

const expiration = (labels: Labels): string => seriesOf('plimsoll_exception_expiration_timestamp_seconds', labels);
const EXPIRING = { namespace: 'shop', exception: 'legacy-agent', severity: 'warning' };
const LEGACY_AGENT = { namespace: 'shop', exception: 'legacy-agent', pod: 'one' };

behaves('PlimsollExceptionExpiring', [
  [
    'fires from seven days before the end until the end',
    {
      stepMinutes: 5,
      series: { [expiration(LEGACY_AGENT)]: lasting(at(7 * DAY + 60), 7 * 288 + 30) },
      firing: { 60: [], 65: [EXPIRING], [7 * DAY + 55]: [EXPIRING], [7 * DAY + 60]: [] },
    },
  ],
  [
    'resolves when the exception is renewed',
    {
      series: { [expiration(LEGACY_AGENT)]: `${lasting(at(DAY), 20)} ${lasting(at(30 * DAY))}` },
      firing: { 19: [EXPIRING], 20: [] },
    },
  ],
  [
    'goes on firing over a restart that leaves a gap of minutes',
    {
      series: {
        [expiration(LEGACY_AGENT)]: `${lasting(at(DAY), 20)} ${GONE}`,
        [expiration({ ...LEGACY_AGENT, pod: 'two' })]: `${absent(33)} ${lasting(at(DAY))}`,
      },
      firing: throughout(0, 60, [EXPIRING]),
    },
  ],
]);

const truncated = (pod: string): string => seriesOf('plimsoll_reports_truncated', { kind: 'SecurityReport', pod });
const TRUNCATED = { kind: 'SecurityReport', severity: 'info' };

behaves('PlimsollReportsTruncated', [
  [
    'fires when reports have been truncated for 15 minutes, and resolves when none is',
    {
      series: { [truncated('one')]: `${lasting(0, 10)} ${lasting(2, 30)} ${lasting(0)}` },
      firing: { 24: [], 25: [TRUNCATED], 39: [TRUNCATED], 40: [] },
    },
  ],
  [
    'goes on firing over a restart that leaves a gap of minutes',
    {
      series: {
        [truncated('one')]: `${lasting(2, 30)} ${GONE}`,
        [truncated('two')]: `${absent(43)} ${lasting(2)}`,
      },
      firing: throughout(15, 60, [TRUNCATED]),
    },
  ],
]);
