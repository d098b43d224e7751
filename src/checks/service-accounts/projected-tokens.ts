import type { V1Volume, V1VolumeProjection } from '@kubernetes/client-node';
import { isCalledInjected } from '../../inventory/facts/pod-spec.ts';
import { podCheck, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { podWith } from '../example-pods.ts';
import { booleanAt, itemsAt, numberAt, objectAt, podOf, stringAt, unlessMalformed, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { volumesOf } from '../volumes/volumes-of.ts';

const LONGEST_SECONDS = 24 * 60 * 60;
const TOKEN = 'serviceAccountToken';

/**
 * A token for the API server is what turning automounting off was to keep away; for another audience it is good. The one that
 * the API server injects is for itself and lives for an hour, renewed: of a volume that is called like it, a longer life shows
 * that an author made it.
 */
export const projectedTokenOverbroad = podCheck({
  id: 'projected-token-overbroad',
  severity: 'Low',
  title: 'Projected token lives long, or opens the API server',
  why: 'Whoever copies a token may use it until it expires, and one without an audience at the API server itself.',
  fix: 'Set audience to the one service that the token is for, and expirationSeconds to an hour: the kubelet renews it in time.',
  references: {
    cis: cis('5.1.6'),
    nsa: ['Protecting Pod service account tokens'],
    mitre: ['T1528'],
    checklist: ['conscious-service-account'],
  },
  example: {
    before: tokenExample('path: token', 'expirationSeconds: 604800'),
    after: tokenExample('path: token', 'audience: vault', 'expirationSeconds: 3600'),
  },
  mayBeUndecided: true,
  evaluate: (pod) =>
    unlessMalformed(() => {
      const isTurnedOff = booleanAt(podOf(pod), 'automountServiceAccountToken') === false;
      return verdict(
        volumesOf(pod).flatMap((volume) => overbroadTokens(volume, isTurnedOff && !isCalledInjected(volume.key))),
      );
    }),
});

function overbroadTokens(
  volume: Place<V1Volume> & { readonly key: string },
  isTurnedOff: boolean,
): readonly Violation[] {
  if (objectAt(volume, 'projected') === undefined) return [];
  const tokens = itemsAt<V1Volume, V1VolumeProjection>(volume, 'projected.sources', () => TOKEN).filter(
    (source) => objectAt(source, TOKEN) !== undefined,
  );
  const lifetimes = tokens.map((source) => numberAt(source, `${TOKEN}.expirationSeconds`) ?? 0);
  const audiences = tokens.map((source) => stringAt(source, `${TOKEN}.audience`) ?? '');
  const faults = [
    ...(lifetimes.some((seconds) => seconds > LONGEST_SECONDS) ? ['lives for more than a day'] : []),
    ...(isTurnedOff && audiences.includes('')
      ? ['has no audience, so that it opens the API server although automounting is turned off']
      : []),
  ];
  if (faults.length === 0) return [];
  return [violationAt(volume, 'projected', `a token in volume ${volume.key} ${faults.join(', and ')}`, volume.key)];
}

function tokenExample(...fields: readonly string[]): string {
  const token = fields.map((field) => `            ${field}`);
  return podWith(
    [
      'volumes:',
      '  - name: token',
      '    projected:',
      '      sources:',
      '        - serviceAccountToken:',
      ...token,
    ].join('\n'),
  );
}
