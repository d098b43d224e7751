import type { ClusterInput, ServerFacts } from '../../../../src/checks/check.ts';
import type { ClusterFacts } from '../../../../src/inventory/facts/cluster.ts';
import { SERVER } from '../../../support/server.ts';
import { UNTOLD } from '../../../support/parameters.ts';

/** A cluster of which nothing is known but what is given. */
export const cluster = (more: Partial<ClusterFacts> = {}, server: Partial<ServerFacts> = {}): ClusterInput => ({
  server: { ...SERVER, ...server },
  parameters: UNTOLD,
  inhabitedNamespaces: [],
  cluster: {
    components: [],
    kubeProxy: undefined,
    advertisedServer: undefined,
    serverAddresses: [],
    webhookConfigurations: [],
    policyBindings: [],
    enforcedLevels: [],
    auditsPodSecurity: false,
    networkPlugins: [],
    customResources: [],
    csiDrivers: [],
    ...more,
  },
});
