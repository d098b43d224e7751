import type { Judges } from '../inventory/stores.ts';
import { judge, type Judgement, type OnCheckError } from './judge.ts';
import type { PodInput } from './inputs.ts';
import { credentialBy } from './secrets/config-maps.ts';
import type { Selection } from './selection.ts';
import { createSharing } from './share.ts';

export interface JudgesOptions extends Pick<PodInput, 'podSecurityMinor' | 'parameters'> {
  readonly selection: Selection;
  readonly onCheckError: OnCheckError;
}

/** Who judges what the inventory does not keep: whole pod specs, and the values of ConfigMaps. */
export function judgesBy({ selection, podSecurityMinor, parameters, onCheckError }: JudgesOptions): Judges<Judgement> {
  const checks = selection.of('pod');
  const share = createSharing();
  return {
    judgePod: (pod) => share(judge(checks, { ...pod, podSecurityMinor, parameters }, onCheckError)),
    judgeConfigValue: credentialBy(parameters),
  };
}
