import { inCluster, inNamespace, since, type Ask } from './asks.ts';
import { byReach, type Power } from './power.ts';
import { powerCalled } from './powers.ts';

const AUTHENTICATION = 'authentication.k8s.io';
/** Beta and on by default; in v1.35 a feature gate that is off. */
const FIRST_MINOR = 36;

/** A sort of identity that may be taken, each by verbs of its own. */
interface Mode {
  readonly verb: string;
  readonly does: string;
  /** The requests by which the API server asks whether the identity may be taken; any of them is enough. */
  readonly identity: (verb: string) => readonly Ask[];
  readonly severity: Power['severity'];
}

const owner = byReach('Critical', 'Critical', 'Medium');

const MODES: readonly Mode[] = [
  {
    // Groups can be taken only along with a user; a right to groups alone is told of all the same, as with the plain verb.
    verb: 'user-info',
    does: 'act as other users',
    identity: (verb) => inCluster(AUTHENTICATION, ['users', 'groups'], [verb]),
    severity: owner,
  },
  {
    verb: 'serviceaccount',
    does: 'act as ServiceAccounts',
    identity: (verb) => inNamespace(AUTHENTICATION, ['serviceaccounts'], [verb]),
    severity: owner,
  },
  {
    verb: 'arbitrary-node',
    does: 'act as any node',
    identity: (verb) => inCluster(AUTHENTICATION, ['nodes'], [verb]),
    severity: owner,
  },
  {
    // Of the node on which the pod itself runs; the API server asks for the name `*`.
    verb: 'associated-node',
    does: 'act as its own node',
    identity: (verb) => inCluster(AUTHENTICATION, ['nodes'], [verb]).map((ask) => ({ ...ask, name: '*' })),
    severity: byReach('Medium', 'Medium', 'Low'),
  },
];

/** What is worth doing in the name of another: any other request is hardly worse than it is with the own name. */
const DEEDS: readonly Ask[] = [
  'secrets-read',
  'secrets-write',
  'token-request',
  'rbac-write',
  'pod-create',
  'workload-write',
  'pod-exec-attach',
  'pod-ephemeral-containers-write',
  'nodes-proxy',
  'webhook-config-write',
].flatMap((id) => powerCalled(id).needs.flat());

/**
 * Impersonation that is limited to certain requests (KEP-5284; apiserver, pkg/endpoints/filters/impersonation/mode.go). The API
 * server asks for `impersonate:<mode>` on the identity and for `impersonate-on:<mode>:<verb>` on what is requested, so that
 * either alone lets nobody do anything. Where a ServiceAccount of one namespace may be taken for requests in another one only,
 * it is not seen.
 */
export const CONSTRAINED_IMPERSONATION: readonly Power[] = MODES.map(({ verb, does, identity, severity }) => ({
  id: `impersonate-${verb}`,
  does: `${does} on Secrets, pods or rights`,
  needs: [
    since(FIRST_MINOR, identity(`impersonate:${verb}`)),
    since(
      FIRST_MINOR,
      DEEDS.map((ask) => ({ ...ask, verb: `impersonate-on:${verb}:${ask.verb}` })),
    ),
  ],
  severity,
  // The API server lets nobody take system:masters in this way, whatever the rules allow.
  names: { 'system:masters': 'nothing', 'kubeadm:cluster-admins': 'Critical' },
}));
