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

const texts = (roles: readonly RoleManifest[]): readonly string[] =>
  [...new Set(roles.flatMap((role) => rulesIn(role).map(ruleText)))].sort();

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

  async function isFilled({ metadata, ...role }: RoleManifest): Promise<boolean> {
    const selectors = role.aggregationRule?.clusterRoleSelectors ?? [];
    const selected = await Promise.all(selectors.map(async (selector) => rolesBy(queryOf(selector))));
    const others = selected.flat().filter(({ metadata: { name } }) => name !== metadata.name);
    return String(texts(others)) === String(texts([{ metadata, ...role }]));
  }

  await eventually(
    'all aggregated ClusterRoles are filled',
    async () => {
      const aggregated = (await rolesBy()).filter(({ aggregationRule }) => aggregationRule !== undefined);
      return (await Promise.all(aggregated.map(isFilled))).every(Boolean);
    },
    OFTEN,
  );
}
