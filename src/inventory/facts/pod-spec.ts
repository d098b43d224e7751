import type { V1PodSpec, V1Volume } from '@kubernetes/client-node';
import { podTraits, type PodTraits } from './pod-traits.ts';
import type { ContainerView, PodView } from './pod-view.ts';

/** How a pod gets at a token of its ServiceAccount. */
export interface TokenMounts {
  /** The API server injected a token volume into this live Pod, and a container mounts it. */
  readonly injected: boolean;
  /** Each container mounts something else where the token would be, so that the API server injects none. */
  readonly shadowed: boolean;
  /** Names of projected serviceAccountToken volumes that the author wrote and a container mounts, sorted. */
  readonly explicitVolumes: readonly string[];
}

/**
 * What is kept of a pod spec, shared by all pods and templates that are equal in it.
 * `V` is what the intrinsic checks made of it; the inventory stores it unseen.
 */
export interface PodSpecFacts<V = unknown> {
  /** Never empty: an unset name means `default`. */
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean | undefined;
  readonly tokenMounts: TokenMounts;
  /** The image in the API of a pod that a kubelet runs from a file: it has no ServiceAccount, and never a token. */
  readonly isMirror: boolean;
  readonly traits: PodTraits;
  /** On the network of its node, where no NetworkPolicy reaches it. */
  readonly hostNetwork: boolean;
  /** Volumes that are claims, by name. */
  readonly claims: readonly { readonly volume: string; readonly claim: string }[];
  /** Secrets that it mounts or takes variables from, sorted. */
  readonly secrets: readonly string[];
  readonly verdict: V;
}

const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';

/** Annotations that decide a verdict: AppArmor, seccomp before policy v1.19, and what marks a mirror pod. */
const JUDGED_ANNOTATIONS = [
  MIRROR_ANNOTATION,
  'container.apparmor.security.beta.kubernetes.io/',
  'seccomp.security.alpha.kubernetes.io/pod',
  'container.seccomp.security.alpha.kubernetes.io/',
];

/** The annotations that any check reads; all others may change without anyone caring. */
export function judgedAnnotations(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([name]) => JUDGED_ANNOTATIONS.some((prefix) => name.startsWith(prefix)))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Whether a kubelet shows here what it runs from a file on its node. Such a pod from anybody else is never run. */
export const isMirrorPod = ({ annotations }: PodView): boolean => Object.hasOwn(annotations, MIRROR_ANNOTATION);

/** What the relational checks need of a pod spec, beside the verdict of the intrinsic ones. */
export function podSpecFacts<V>(pod: PodView, verdict: V): PodSpecFacts<V> {
  return {
    serviceAccountName: pod.spec.serviceAccountName || pod.spec.serviceAccount || 'default',
    automountServiceAccountToken: pod.spec.automountServiceAccountToken,
    tokenMounts: tokenMounts(pod),
    isMirror: isMirrorPod(pod),
    traits: podTraits(pod),
    hostNetwork: pod.spec.hostNetwork === true,
    claims: claimsOf(pod.spec),
    secrets: secretsOf(pod),
    verdict,
  };
}

/** Where the API server mounts the token, and looks whether something is mounted already. */
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const INJECTED_NAME = /^kube-api-access-[a-z0-9]{5}$/;

/** Whether a volume is called like the token volume of the ServiceAccount admission plugin: with a suffix made up for the pod. */
export const isCalledInjected = (volume: string): boolean => INJECTED_NAME.test(volume);

function tokenMounts({ spec, containers }: PodView): TokenMounts {
  const mountsAt = (volume: string, path?: string): boolean =>
    containers.some(({ spec: { volumeMounts } }) =>
      (volumeMounts ?? []).some((mount) => mount.name === volume && (path === undefined || mount.mountPath === path)),
    );
  const isInjected = ({ name }: V1Volume): boolean => isCalledInjected(name) && mountsAt(name, TOKEN_PATH);
  const tokenVolumes = (spec.volumes ?? []).filter((volume) => projectsToken(volume) && mountsAt(volume.name));
  return {
    injected: tokenVolumes.some(isInjected),
    shadowed: isShadowed(containers),
    explicitVolumes: tokenVolumes
      .filter((volume) => !isInjected(volume))
      .map(({ name }) => name)
      .sort(),
  };
}

/** Ephemeral containers get no token in any case (plugin/pkg/admission/serviceaccount). */
function isShadowed(containers: readonly ContainerView[]): boolean {
  const getTokens = containers.filter(({ sort }) => sort !== 'ephemeralContainers');
  return (
    getTokens.length > 0 &&
    getTokens.every(({ spec: { volumeMounts } }) =>
      (volumeMounts ?? []).some(({ name, mountPath }) => mountPath === TOKEN_PATH && !isCalledInjected(name)),
    )
  );
}

function claimsOf({ volumes }: V1PodSpec): PodSpecFacts['claims'] {
  return (volumes ?? [])
    .flatMap(({ name, persistentVolumeClaim }) =>
      persistentVolumeClaim ? [{ volume: name, claim: persistentVolumeClaim.claimName }] : [],
    )
    .sort((a, b) => (a.volume < b.volume ? -1 : 1));
}

function secretsOf({ spec, containers }: PodView): readonly string[] {
  const mounted = (spec.volumes ?? []).flatMap(({ secret, projected }) => [
    secret?.secretName,
    ...(projected?.sources ?? []).map((source) => source.secret?.name),
  ]);
  const variables = containers.flatMap(({ spec: { env, envFrom } }) => [
    ...(env ?? []).map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ...(envFrom ?? []).map(({ secretRef }) => secretRef?.name),
  ]);
  return [...new Set([...mounted, ...variables].filter((name) => name !== undefined))].sort();
}

function projectsToken(volume: V1Volume): boolean {
  return volume.projected?.sources?.some((source) => source.serviceAccountToken !== undefined) ?? false;
}
