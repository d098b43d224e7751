import type { KubeClient } from '../../../src/kube/client.ts';
import { resourcePath, type Resource } from '../../../src/kube/resource.ts';
import { eventually } from '../../cluster/eventually.ts';
import { ruleText, rulesIn, type RoleManifest, type SelectorManifest } from './world.ts';

const OFTEN = { intervalMs: 50 };

/** The selector in the words of a query, so that the API server itself selects. */
function queryOf({ matchLabels = {}, matchExpressions = [] }: SelectorManifest): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
  });
  return [...labels, ...expressions].join(',');
}

const texts = (roles: readonly RoleManifest[]): string =>
  [...new Set(roles.flatMap((role) => rulesIn(role).map(ruleText)))].sort().join('\n');

/** Waits until every aggregated ClusterRole holds exactly what those hold that it selects: then the controller is content. */
export async function awaitAggregation(client: KubeClient, resource: Resource): Promise<void> {
  async function rolesBy(labelSelector?: string): Promise<readonly RoleManifest[]> {
    const { items } = await client.request<{ items: readonly RoleManifest[] }>({
      method: 'GET',
      path: resourcePath(resource),
      query: { labelSelector },
    });
    return items;
  }

  /** The names of those that an aggregated role selects, which do not change while its rules do. */
  async function selectedBy({ metadata, aggregationRule }: RoleManifest): Promise<ReadonlySet<string>> {
    const selectors = aggregationRule?.clusterRoleSelectors ?? [];
    const selected = (await Promise.all(selectors.map(async (selector) => rolesBy(queryOf(selector))))).flat();
    return new Set(selected.map(({ metadata: { name } }) => name).filter((name) => name !== metadata.name));
  }

  async function isFilled(): Promise<boolean> {
    const aggregated = (await rolesBy()).filter(({ aggregationRule }) => aggregationRule !== undefined);
    const selected = new Map(
      await Promise.all(aggregated.map(async (role) => [role.metadata.name, await selectedBy(role)] as const)),
    );
    // All of one moment: while one role is looked at, another may change.
    const roles = await rolesBy();
    return roles.every((role) => {
      const names = selected.get(role.metadata.name);
      return names === undefined || texts([role]) === texts(roles.filter(({ metadata }) => names.has(metadata.name)));
    });
  }

  await eventually('all aggregated ClusterRoles are filled', isFilled, OFTEN);
}
