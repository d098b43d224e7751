import { startControlPlane } from './control-plane.ts';
import { textProgress } from './progress.ts';

/**
 * `node test/cluster/main.ts`: a control plane to try things on. Prints the line that points kubectl to it, and stays
 * until Ctrl-C, or as long as one of its processes runs. With KEEP=1 data and logs are left behind.
 */
const { kubeconfig, version, url, logs, pids } = await startControlPlane({
  env: process.env,
  progress: textProgress({ stream: process.stderr }),
  keepFiles: process.env['KEEP'] === '1',
});
process.stderr.write(`Kubernetes ${version} at ${url}, Ctrl-C ends it
logs: ${Object.values(logs()).join(' ')}
pids: ${pids().join(' ')}
`);
process.stdout.write(`export KUBECONFIG=${kubeconfig}\n`);
