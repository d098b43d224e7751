import { finding, PASS } from '../check.ts';
import type { Decision, Undecided } from '../check.ts';
import { AS_OF, HORIZON, supportOf } from '../tables/kubernetes-releases.ts';

/** What the table of releases says of a component (`the API server`) of this version on this day. */
export function judgeSupport(
  component: string,
  { major, minor }: { readonly major: number; readonly minor: number },
  today: string,
  path: string,
): Decision | Undecided {
  const support = supportOf(major, minor, today);
  const version = `${major}.${minor}`;
  if (support.status === 'supported') return PASS;
  if (support.status === 'ended') {
    return [finding(path, `${component} is Kubernetes ${version}, whose support ended ${support.when}`)];
  }
  return {
    reason: 'BeyondHorizon',
    message: `the end of life of Kubernetes ${version} is not in the table of ${AS_OF}, which holds until ${HORIZON}`,
  };
}
