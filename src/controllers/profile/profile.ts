import { isDeepStrictEqual } from 'node:util';
import type { RejectedField, SecurityProfile, SecurityProfileSpec, SecurityProfileStatus } from '../../crds/index.ts';
import type { ReflectorSink } from '../../kube/reflector-api.ts';
import type { RawObject } from '../../kube/raw-object.ts';
import { problemsOf } from './problems.ts';
import type { ProfileState } from './status.ts';

/** The one name that a profile may have. */
export const PROFILE_NAME = 'default';

/** What is known of the profile of the cluster. */
export interface Profile {
  readonly sink: ReflectorSink;
  /** What acts of it; an empty one if there is none, or none was ever accepted. */
  readonly acting: () => SecurityProfileSpec;
  /** How it stands with it; undefined if there is none. `isReady` is for others to say. */
  readonly state: () => Omit<ProfileState, 'isReady'> | undefined;
  /** What its status says so far. */
  readonly status: () => SecurityProfileStatus | undefined;
}

interface Known extends Omit<ProfileState, 'isReady'> {
  readonly uid: string | undefined;
  readonly status: SecurityProfileStatus | undefined;
}

const NOTHING: SecurityProfileSpec = {};

/** A tampered CRD may let anything through: that is a problem of the profile, and of nothing else. */
function problems(spec: SecurityProfileSpec): readonly RejectedField[] {
  try {
    return problemsOf(spec);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ path: 'spec', message: `It cannot be read: ${message}.` }];
  }
}

/** What was accepted of an earlier version, by us or by whoever led before; only if it is still valid for us. */
function lastAccepted(
  known: Known | undefined,
  status: SecurityProfileStatus | undefined,
): SecurityProfileSpec | undefined {
  if (known !== undefined) return known.acting;
  const spec = status?.activeSpec as SecurityProfileSpec | undefined;
  return spec !== undefined && problems(spec).length === 0 ? spec : undefined;
}

/** @param onChange is told that something else acts than before, or that something else is to be said of it */
export function createProfile(onChange: (hasOtherEffect: boolean) => void): Profile {
  let known: Known | undefined;
  let isSeen = false;

  function upsert(object: RawObject): void {
    if (object.text('metadata.name') !== PROFILE_NAME) return;
    isSeen = true;
    const { metadata, spec = NOTHING, status } = object.parse('') as SecurityProfile;
    const rejected = problems(spec);
    const before = known?.acting;
    const acting = rejected.length === 0 ? spec : lastAccepted(known, status);
    known = { uid: metadata.uid, generation: metadata.generation ?? 0, acting, rejected, status };
    onChange(!isDeepStrictEqual(before ?? NOTHING, acting ?? NOTHING));
  }

  function drop(): void {
    if (known === undefined) return;
    const hadEffect = !isDeepStrictEqual(known.acting ?? NOTHING, NOTHING);
    known = undefined;
    onChange(hadEffect);
  }

  return {
    sink: {
      startReplace: () => void (isSeen = false),
      upsert,
      remove(object) {
        if (known?.uid === object.text('metadata.uid')) drop();
      },
      endReplace() {
        if (!isSeen) drop();
      },
    },
    acting: () => known?.acting ?? NOTHING,
    state: () => known,
    status: () => known?.status,
  };
}
