import {
  absent,
  at,
  behaves,
  GONE,
  lasting,
  seriesOf,
  throughout,
  TO_THE_END,
  type Labels,
  type Scenario,
} from './scenario.ts';

const newest = (labels: Labels): string =>
  seriesOf('plimsoll_newest_violation_first_seen_timestamp_seconds', { severity: 'high', pod: 'one', ...labels });
const count = (labels: Labels): string => seriesOf('plimsoll_violations', { severity: 'high', pod: 'one', ...labels });

const IN_SHOP = { namespace: 'shop', finding_severity: 'high', severity: 'warning' };
const LONG_AGO = at(-90);
const NOTHING_NEW = 0;

type Row = readonly [name: string, series: Scenario['series'], firing: Required<Scenario>['firing']];

/** What tells a good expression from one that only looks good. */
const SCENARIOS: readonly Row[] = [
  [
    'fires on a violation that is new in a known namespace',
    { [newest({ namespace: 'shop' })]: `${lasting(NOTHING_NEW, 60)} ${lasting(at(60))}` },
    { 59: [], 60: [IN_SHOP], 119: [IN_SHOP], 120: [] },
  ],
  [
    'fires on a violation that is new in a brand-new namespace',
    { [newest({ namespace: 'shop' })]: `${absent(60)} ${lasting(at(60))}` },
    { 59: [], 60: [IN_SHOP], 119: [IN_SHOP] },
  ],
  [
    'fires when one violation is fixed and another is new in the same minute',
    {
      [newest({ namespace: 'shop' })]: `${lasting(LONG_AGO, 60)} ${lasting(at(60))}`,
      [count({ namespace: 'shop' })]: lasting(1),
    },
    { 59: [], 60: [IN_SHOP] },
  ],
  [
    'stays silent when a restart brings a new pod label and nothing new',
    {
      [newest({ namespace: 'shop' })]: `${lasting(LONG_AGO, 60)} ${GONE}`,
      [newest({ namespace: 'shop', pod: 'two' })]: `${absent(62)} ${lasting(LONG_AGO)}`,
    },
    throughout(55, 130, []),
  ],
  [
    'stays silent when gauges are shown while the cache fills after a restart',
    {
      [newest({ namespace: 'shop' })]: `${lasting(LONG_AGO, 60)} ${GONE}`,
      [newest({ namespace: 'shop', pod: 'two' })]: `${absent(61)} ${lasting(0, 3)} ${lasting(LONG_AGO)}`,
      [count({ namespace: 'shop', pod: 'two' })]: `${absent(61)} ${lasting(0, 3)} ${lasting(7)}`,
    },
    throughout(55, 130, []),
  ],
  [
    'fires on a violation that was introduced while the operator was down',
    { [newest({ namespace: 'shop' })]: `${lasting(NOTHING_NEW, 60)} ${absent(120)} ${lasting(at(180))}` },
    { 179: [], 180: [IN_SHOP] },
  ],
  [
    'stays silent over a scrape outage of 20 minutes in which nothing is new',
    {
      [newest({ namespace: 'shop' })]: `${lasting(LONG_AGO, 60)} ${absent(20)} ${lasting(LONG_AGO)}`,
      [count({ namespace: 'shop' })]: `${lasting(7, 60)} ${absent(20)} ${lasting(7)}`,
    },
    throughout(55, 130, []),
  ],
  [
    'stays silent at the first installation, however much was there before',
    {
      [newest({ namespace: 'shop' })]: `${absent(60)} ${lasting(NOTHING_NEW)}`,
      [count({ namespace: 'shop' })]: `${absent(60)} ${lasting(500)}`,
    },
    throughout(55, 130, []),
  ],
  [
    'stays silent when a second replica starts and shows the same',
    {
      [newest({ namespace: 'shop' })]: lasting(LONG_AGO),
      [newest({ namespace: 'shop', pod: 'two' })]: `${absent(60)} ${lasting(LONG_AGO)}`,
    },
    throughout(55, 130, []),
  ],
];

/** One violation, new at minute 10: what is shown of it by one pod, and what by the next. */
const RESTARTS: readonly Row[] = [
  [
    'goes on firing, as the same alert, over a restart that leaves a gap of minutes',
    {
      [newest({ namespace: 'shop' })]: `${lasting(NOTHING_NEW, 10)} ${lasting(at(10), 10)} ${GONE}`,
      [newest({ namespace: 'shop', pod: 'two' })]: `${absent(33)} ${lasting(at(10))}`,
    },
    { 9: [], ...throughout(10, 69, [IN_SHOP]), 70: [] },
  ],
  [
    'is one alert while two replicas show the same, and when either goes',
    {
      [newest({ namespace: 'shop' })]: `${lasting(at(10), 20)} ${GONE}`,
      [newest({ namespace: 'shop', pod: 'two' })]: `${lasting(at(10), 10)} ${GONE} ${lasting(at(10))}`,
    },
    throughout(10, 69, [IN_SHOP]),
  ],
  [
    'resolves after 15 minutes when nobody shows anything any more',
    { [newest({ namespace: 'shop' })]: `${lasting(at(10), 20)} ${GONE}` },
    { ...throughout(10, 34, [IN_SHOP]), 35: [] },
  ],
  [
    'resolves at once when the violation is gone',
    { [newest({ namespace: 'shop' })]: `${lasting(at(10), 20)} ${lasting(NOTHING_NEW)}` },
    { 19: [IN_SHOP], 20: [] },
  ],
];

const OUTAGES: readonly Row[] = [
  [
    'fires after an outage of Prometheus on what came during it, if that is shorter than the window',
    { [newest({ namespace: 'shop' })]: `${lasting(NOTHING_NEW, 60)} ${absent(45)} ${lasting(at(65))}` },
    { 104: [], 105: [IN_SHOP], 124: [IN_SHOP], 125: [] },
  ],
  [
    'misses after an outage of Prometheus what had come longer ago than the window',
    { [newest({ namespace: 'shop' })]: `${lasting(NOTHING_NEW, 60)} ${absent(90)} ${lasting(at(65))}` },
    throughout(149, 160, []),
  ],
];

const OTHERS: readonly Row[] = [
  [
    'fires anew when an exception ends, as its findings are news from then on',
    {
      [newest({ namespace: 'shop' })]:
        `${lasting(at(10), 20)} ${lasting(NOTHING_NEW, 130)} ${lasting(at(150), TO_THE_END)}`,
    },
    { 19: [IN_SHOP], 20: [], 149: [], 150: [IN_SHOP] },
  ],
  [
    'is prolonged by a second violation of the same severity and namespace, not told twice',
    { [newest({ namespace: 'shop' })]: `${lasting(at(10), 50)} ${lasting(at(50))}` },
    { ...throughout(10, 109, [IN_SHOP]), 110: [] },
  ],
  [
    'tells two severities of one namespace apart',
    {
      [newest({ namespace: 'shop' })]: lasting(at(10)),
      [newest({ namespace: 'shop', severity: 'critical' })]: lasting(at(10)),
    },
    { 20: [IN_SHOP, { ...IN_SHOP, finding_severity: 'critical', severity: 'critical' }] },
  ],
  [
    'tells two namespaces and two clusters apart',
    {
      [newest({ namespace: 'shop', cluster: 'east' })]: lasting(at(10)),
      [newest({ namespace: 'shop', cluster: 'west' })]: lasting(at(10)),
      [newest({ namespace: 'legacy', cluster: 'west' })]: lasting(at(10)),
    },
    {
      20: [
        { ...IN_SHOP, cluster: 'east' },
        { ...IN_SHOP, cluster: 'west' },
        { ...IN_SHOP, cluster: 'west', namespace: 'legacy' },
      ],
    },
  ],
  [
    'stays silent on what is milder than high',
    {
      [newest({ namespace: 'shop', severity: 'medium' })]: lasting(at(10)),
      [newest({ namespace: 'shop', severity: 'low' })]: lasting(at(10)),
      [newest({ namespace: 'shop', severity: 'info' })]: lasting(at(10)),
    },
    throughout(10, 20, []),
  ],
  [
    'has no namespace where the violation is in none',
    { [newest({ namespace: '' })]: lasting(at(10)) },
    { 20: [{ finding_severity: 'high', severity: 'warning' }] },
  ],
];

behaves('PlimsollNewViolations', [
  ...[...SCENARIOS, ...RESTARTS, ...OUTAGES, ...OTHERS].map(
    ([name, series, firing]) => [name, { series, firing }] as const,
  ),
  [
    'tells two severities of one namespace apart also where somebody adds one that is a warning too',
    {
      tuned: (expr) => expr.replace('critical|high', 'critical|high|medium'),
      series: {
        [newest({ namespace: 'shop' })]: lasting(at(10)),
        [newest({ namespace: 'shop', severity: 'medium' })]: lasting(at(10)),
      },
      firing: { 20: [IN_SHOP, { ...IN_SHOP, finding_severity: 'medium' }] },
    },
  ],
]);
