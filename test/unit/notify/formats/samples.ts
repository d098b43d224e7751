import { messageOf, type Message } from '../../../../src/notify/message/message.ts';
import { changes, CLUSTER_CHANGES, finding, resolved } from '../../../support/change-sets.ts';

const mixed = changes({
  opened: [
    finding(),
    finding({ id: '2', check: 'host-path-volume', severity: 'Medium', message: 'volume <docker> & more' }),
  ],
  resolved: [resolved()],
});

const about = { clusterName: 'prod-eu', externalUrl: 'https://wiki.example/find?ns={namespace}&r={report}' };

/** One change, as it is sent at once. */
export const ALONE: Message = messageOf([mixed], about);

/** Several in one, and nothing of what is optional. */
export const DIGEST: Message = messageOf([mixed, CLUSTER_CHANGES], {});

/** More than any chat shows. */
export const CROWD: Message = messageOf(
  Array.from({ length: 40 }, (_, set) =>
    changes({
      subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: `web-${set}`, namespace: 'shop' },
      opened: Array.from({ length: 30 }, (_item, index) => finding({ id: `${set}-${index}` })),
    }),
  ),
  {},
);

export const NOW_MS = Date.parse('2026-11-24T04:00:00Z');
