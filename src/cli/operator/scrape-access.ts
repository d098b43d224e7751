import { reviewAccess } from '../../kube/access-review.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { KubeClient } from '../../kube/client.ts';
import { reviewToken } from '../../kube/token-review.ts';
import type { AskAccess } from '../../metrics/serving/access.ts';

/** What config/rbac grants to those who scrape, and nothing more is asked. */
const SCRAPE = { path: '/metrics', verb: 'get' };
/** Two of these fit into the time that Prometheus gives a scrape. */
const REVIEW = { timeoutMs: 4000 };

/** Asks the API server who may scrape, as it does itself for its own. Throws as the client does, or says what is to be granted. */
export function scrapeAccess(client: KubeClient): AskAccess {
  return async (token) => {
    try {
      const user = await reviewToken(client, token, REVIEW);
      if (user === undefined) return 'Unauthenticated';
      return (await reviewAccess(client, user, SCRAPE, REVIEW)) ? 'Allowed' : 'Forbidden';
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.code !== 'Forbidden') throw cause;
      throw new Error('the operator may not ask: bind the ClusterRole plimsoll-metrics-auth to its ServiceAccount', {
        cause,
      });
    }
  };
}
