import type { Timers } from '../../kube/timers.ts';
import type { Engine } from '../engine.ts';
import { isKnown } from './watching.ts';

/** One thing to be asked about: what is wrong with it, or undefined. */
interface Probe {
  readonly name: string;
  readonly problem: () => string | undefined;
}

/** A watch that runs gets a bookmark about once a minute; one that has been silent for so long died without a word. */
const SILENT_AFTER_MS = 10 * 60 * 1000;

function silentWatches({ watching }: Engine, wallMs: number): readonly string[] {
  return watching.reflectors
    .filter(
      (reflector) =>
        reflector.state().state === 'Synced' && wallMs - (reflector.lastEventTime() ?? wallMs) > SILENT_AFTER_MS,
    )
    .map(({ resource }) => resource.resource);
}

function unknown({ watching }: Engine): readonly string[] {
  return watching.reflectors.filter((reflector) => !isKnown(reflector)).map(({ resource }) => resource.resource);
}

function list(names: readonly string[], what: string): string | undefined {
  return names.length === 0 ? undefined : `${what}: ${names.join(', ')}`;
}

/** What liveness and readiness ask of the engine. A standby is ready once it has synced: it has no first pass to do. */
export function watchHealth(
  engine: () => Engine | undefined,
  isLeading: () => boolean,
  { wallMs }: Pick<Timers, 'wallMs'>,
): Readonly<Record<'moving' | 'synced' | 'firstPass', Probe>> {
  return {
    moving: {
      name: 'watches',
      problem: () => {
        const running = engine();
        return running === undefined
          ? undefined
          : list(silentWatches(running, wallMs()), 'no news and no bookmark for ten minutes');
      },
    },
    synced: {
      name: 'synced',
      problem: () => {
        const running = engine();
        if (running === undefined) return 'the API server has not answered yet';
        if (running.watching.isSettled()) return undefined;
        return (
          list(unknown(running), 'not read yet') ??
          'the reports cannot be read: are the CustomResourceDefinitions installed?'
        );
      },
    },
    firstPass: {
      name: 'first-pass',
      problem: () => (isLeading() && engine()?.isFirstPassDone() !== true ? 'the first pass is not done' : undefined),
    },
  };
}
