import { textProgress } from '../cluster/progress.ts';
import { ensureMonitoringPrograms, type MonitoringPrograms } from './programs.ts';

/** The first run on a machine downloads 30 MB. */
const FETCH_TIMEOUT_MS = 10 * 60_000;

/** To be called in a `describe`: its hooks and tests have Prometheus, Alertmanager and their tools. */
export function useMonitoringPrograms(): () => MonitoringPrograms {
  let programs: MonitoringPrograms | undefined;
  before(async function fetchMonitoringPrograms() {
    this.timeout(FETCH_TIMEOUT_MS);
    programs = await ensureMonitoringPrograms({
      env: process.env,
      progress: textProgress({ stream: process.stderr }),
    });
  });
  return () => {
    if (programs === undefined) throw new Error('the programs are there in hooks and tests only');
    return programs;
  };
}
