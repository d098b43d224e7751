import { createCountedSet } from '../collections/counted-set.ts';
import { createExposure, type Exposure } from './exposure.ts';
import type { FactsByKind } from '../facts/by-kind.ts';
import { createNamespaceContents, type NamespaceContents } from './namespace-contents.ts';
import { createNodeStorageIndex, type NodeStorageIndex, type VolumeSources } from './node-storage.ts';
import { createPolicyIndex, type PolicyIndex } from './network-policies.ts';
import type { Change } from '../store.ts';
import { createTokenSecrets, type TokenSecrets } from './token-secrets.ts';

/** What surrounds workloads: their neighbours in the namespace, the policies over them, what they lean on. */
export interface Surroundings<V>
  extends
    Pick<NamespaceContents<V>, 'inhabitantsOf' | 'populationOf' | 'specsIn' | 'countOf' | 'labelsIn' | 'inhabited'>,
    Pick<PolicyIndex, 'policiesIn' | 'othersIn'>,
    Pick<NodeStorageIndex, 'storageBehind'>,
    Pick<TokenSecrets, 'secretsOf' | 'isTokenSecret'>,
    Pick<Exposure, 'hasPublicNode' | 'nodePortServices'> {
  readonly hasResourceQuota: (namespace: string) => boolean;
}

type Updates<V> = { readonly [K in keyof FactsByKind<V>]?: (change: Change<FactsByKind<V>[K]>) => void };

/** Which change updates what of it. */
function updatesOf<V>(parts: {
  readonly contents: NamespaceContents<V>;
  readonly policies: PolicyIndex;
  readonly storage: NodeStorageIndex;
  readonly tokens: TokenSecrets;
  readonly exposure: Exposure;
  readonly quota: (change: Change<{ readonly namespace: string }>) => void;
}): Updates<V> {
  const { changeController } = parts.contents;
  const { changeOther } = parts.policies;
  return {
    Pod: parts.contents.changePod,
    ReplicationController: changeController,
    ReplicaSet: changeController,
    Deployment: changeController,
    StatefulSet: changeController,
    DaemonSet: changeController,
    Job: changeController,
    CronJob: changeController,
    Node: parts.exposure.changeNode,
    Service: parts.exposure.changeService,
    NetworkPolicy: parts.policies.change,
    CiliumNetworkPolicy: changeOther,
    CiliumClusterwideNetworkPolicy: changeOther,
    CalicoNetworkPolicy: changeOther,
    CalicoGlobalNetworkPolicy: changeOther,
    AdminNetworkPolicy: changeOther,
    BaselineAdminNetworkPolicy: changeOther,
    ClusterNetworkPolicy: changeOther,
    PersistentVolume: parts.storage.change,
    Secret: parts.tokens.change,
    ServiceAccount: parts.tokens.changeAccount,
    ResourceQuota: parts.quota,
  };
}

export function createSurroundings<V>(volumes: VolumeSources): {
  readonly surroundings: Surroundings<V>;
  readonly update: Updates<V>;
} {
  const contents = createNamespaceContents<V>();
  const policies = createPolicyIndex();
  const storage = createNodeStorageIndex(volumes);
  const tokens = createTokenSecrets();
  const exposure = createExposure();
  const quotas = createCountedSet<string>();
  return {
    surroundings: {
      ...contents,
      ...policies,
      ...storage,
      ...tokens,
      ...exposure,
      hasResourceQuota: (namespace) => quotas.count(namespace) > 0,
    },
    update: updatesOf({
      contents,
      policies,
      storage,
      tokens,
      exposure,
      quota({ namespace, before, after }) {
        if (before !== undefined) quotas.delete(namespace);
        if (after !== undefined) quotas.add(namespace);
      },
    }),
  };
}
