import { CLUSTER_SECURITY_REPORTS, COMPLIANCE_REPORTS, SECURITY_REPORTS } from '../../crds/index.ts';
import { WATCHED } from '../../inventory/watched.ts';
import { discover } from '../../kube/discovery.ts';
import { apiVersionOf } from '../../kube/resource.ts';
import type { Connected } from './context.ts';

/** Says at the start what this API server does not serve: its absence is reported, but nothing waits for it in silence. */
export async function warnOfAbsentApis({ client, logger }: Connected): Promise<void> {
  try {
    const discovery = await discover(client);
    const isAbsent = (resource: Parameters<typeof discovery.serves>[0]): boolean =>
      discovery.serves(resource) === 'Absent';
    if ([SECURITY_REPORTS, CLUSTER_SECURITY_REPORTS, COMPLIANCE_REPORTS].some(isAbsent)) {
      logger.warn(
        'the CustomResourceDefinitions of Plimsoll are not installed: apply config/crd, or manifests/install.yaml',
      );
    }
    for (const { resource, standsInFor } of WATCHED) {
      if (standsInFor === undefined && isAbsent(resource))
        logger.warn('the API server does not serve a kind; its checks are unknown', {
          apiVersion: apiVersionOf(resource),
          kind: resource.kind,
        });
    }
  } catch (error) {
    logger.warn('cannot ask what the API server serves', { error });
  }
}
