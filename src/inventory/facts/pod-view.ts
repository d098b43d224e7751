import type { V1Container, V1PodSpec } from '@kubernetes/client-node';

/** Where in a pod spec a container stands. */
export type ContainerSort = 'initContainers' | 'containers' | 'ephemeralContainers';

/** One container of a pod, whatever its sort: rules about containers see them all alike. */
export interface ContainerView {
  readonly name: string;
  readonly sort: ContainerSort;
  /** Place in the pod for people to read, by name so that reordering changes nothing: `spec.containers[app]`. */
  readonly path: string;
  readonly spec: V1Container;
}

/** A live Pod or the template of a controller, as the checks see it while it is judged; it is not kept. */
export interface PodView {
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: V1PodSpec;
  /** Init, regular and ephemeral containers, in this order (PSS: "every container"). */
  readonly containers: readonly ContainerView[];
}

const SORTS: readonly ContainerSort[] = ['initContainers', 'containers', 'ephemeralContainers'];

/** Lays a pod spec out for judging. `annotations` are those of the pod or of the template, never of the controller. */
export function podView(spec: V1PodSpec, annotations: Readonly<Record<string, string>> = {}): PodView {
  const containers = SORTS.flatMap((sort) =>
    (spec[sort] ?? []).map((container) => ({
      name: container.name,
      sort,
      path: `spec.${sort}[${container.name}]`,
      spec: container,
    })),
  );
  return { annotations, spec, containers };
}
