import type { SecurityReport } from '../../src/crds/index.ts';
import type { DemoCluster } from './demo-cluster.ts';
import { objectsIn } from './kubectl-output.ts';
import { metricsExcerpt } from './metrics-excerpt.ts';
import type { RunningOperator } from './operator.ts';
import { reportDetail } from './report-detail.ts';
import { worstReport } from './worst-report.ts';

type Say = (text: string) => void;

/** Prints what the operator has found, as a person would ask for it. */
export async function showFindings({ kubectl }: DemoCluster, { metricsUrl }: RunningOperator, say: Say): Promise<void> {
  for (const question of ['get securityreports -A', 'get clustersecurityreports']) {
    say(`\n$ kubectl ${question}\n${(await kubectl(question.split(' '))).trimEnd()}`);
  }
  const list = await kubectl(['get', 'securityreports', '--all-namespaces', '--output=json']);
  const worst = worstReport(objectsIn(list) as readonly SecurityReport[]);
  if (worst !== undefined) say(`\nThe worst of them:\n\n${reportDetail(worst)}`);

  const metrics = await (await fetch(metricsUrl)).text();
  say(`\n$ curl -s ${metricsUrl} | grep plimsoll_violations`);
  say([...metricsExcerpt(metrics, 6), '...'].join('\n'));
}

/** Prints how to go on by oneself. */
export function showWayOn({ shellLines }: DemoCluster, { metricsUrl, logPath }: RunningOperator, say: Say): void {
  const lines = [
    ...shellLines,
    'kubectl get securityreports -A -o wide',
    'kubectl run oops --image=nginx --privileged && kubectl get securityreports -n default',
  ];
  say(`\nMetrics:              ${metricsUrl}\nLog of the operator:  ${logPath}`);
  say(`Look around in another terminal:\n${lines.map((line) => `  ${line}`).join('\n')}\n\nCtrl-C ends the demo.`);
}
