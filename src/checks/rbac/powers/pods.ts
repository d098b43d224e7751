import { inNamespace, upTo } from '../asks.ts';
import { byReach, type Power } from '../power.ts';
import { CHANGE } from './verbs.ts';
import { onWorkloads } from './workloads.ts';

/** Follows from pods that mount any Secret and run as any ServiceAccount of their namespace. */
export const IMPLIED_BY_PODS = ['workload-write', 'secrets-read', 'token-request', 'pod-port-forward', 'mint-tokens'];

/** Powers over pods. */
export const POD_POWERS: readonly Power[] = [
  {
    // Pods mount any Secret and run as any ServiceAccount of their namespace, and own their node unless Pod Security
    // forbids it.
    id: 'pod-create',
    does: 'create pods',
    needs: [[...inNamespace('', ['pods'], ['create']), ...onWorkloads(['create'])]],
    severity: byReach('Critical', 'Critical', 'High'),
    implies: IMPLIED_BY_PODS,
  },
  {
    id: 'workload-write',
    does: 'change what pods run',
    needs: [[...inNamespace('', ['pods'], CHANGE), ...onWorkloads(CHANGE)]],
    severity: byReach('High', 'High', 'Medium'),
  },
  {
    // A WebSocket is opened by GET, and up to v1.34 the API server asks for nothing else (KEP-4006).
    id: 'pod-exec-attach',
    does: 'run commands in pods',
    needs: [
      [
        ...inNamespace('', ['pods/exec', 'pods/attach'], ['create']),
        ...upTo(34, inNamespace('', ['pods/exec', 'pods/attach'], ['get'])),
      ],
    ],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    id: 'pod-ephemeral-containers-write',
    does: 'add containers to running pods',
    needs: [inNamespace('', ['pods/ephemeralcontainers'], CHANGE)],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    id: 'pod-port-forward',
    does: 'connect to ports of pods through the API server',
    needs: [
      [
        ...inNamespace('', ['pods/portforward'], ['create']),
        ...upTo(34, inNamespace('', ['pods/portforward'], ['get'])),
        ...inNamespace('', ['pods/proxy', 'services/proxy'], ['create', 'get']),
      ],
    ],
    severity: byReach('Low', 'Low', 'Info'),
    otherNames: 'Info',
  },
];
