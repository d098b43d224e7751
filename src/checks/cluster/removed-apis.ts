import { clusterCheck, finding, SKIP, verdict } from '../check.ts';
import type { ApiUse, ServerFacts, Violation } from '../check.ts';
import { removedApiOf } from '../tables/removed-apis.ts';

const cronJob = (apiVersion: string): string => `apiVersion: ${apiVersion}
kind: CronJob
metadata:
  name: report
spec:
  schedule: '@daily'
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: registry.example/report:1`;

/**
 * Of manifests only. In a cluster every object is served in every version, and which version a client has asked for stands
 * in metrics of the API server (apiserver_requested_deprecated_apis), not in the API.
 */
export const deprecatedApiInUse = clusterCheck({
  id: 'deprecated-api-in-use',
  severity: 'Low',
  title: 'Manifest is written for an API that this cluster does not serve any more',
  why: 'It cannot be applied: what it should protect or limit is missing, or stays as it once was.',
  fix: 'Rewrite it for the version that is served, as the deprecation guide says.',
  references: {
    nsa: ['Upgrading'],
    trivy: ['KSV-0107'],
    kubeLinter: ['no-extensions-v1beta'],
    kubeScore: ['stable-version'],
    checklist: ['cluster-up-to-date'],
    urls: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  },
  example: { before: cronJob('batch/v1beta1'), after: cronJob('batch/v1') },
  maySkip: true,
  evaluate: ({ apiUses, server }) =>
    apiUses === undefined ? SKIP : verdict(distinct(apiUses).flatMap((use) => violation(use, server) ?? [])),
});

const nameOf = ({ apiVersion, kind }: ApiUse): string => `${apiVersion} ${kind}`;

const distinct = (uses: readonly ApiUse[]): readonly ApiUse[] => [
  ...new Map(uses.map((use) => [nameOf(use), use])).values(),
];

function violation(apiUse: ApiUse, { minor }: ServerFacts): Violation | undefined {
  const removed = removedApiOf(apiUse.apiVersion, apiUse.kind);
  if (removed === undefined || removed.removedIn > minor) return undefined;
  const message = `${nameOf(apiUse)} is not served since Kubernetes 1.${removed.removedIn}; use ${removed.use}`;
  return finding('apiVersion', message, { key: nameOf(apiUse) });
}
