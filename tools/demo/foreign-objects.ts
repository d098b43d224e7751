import { objectsIn } from './kubectl-output.ts';

/** By this name the API server records what the demo has applied. */
export const FIELD_MANAGER = 'plimsoll-demo';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly managedFields?: readonly { readonly manager?: string }[];
  };
}

/** Those that the demo has not made, such as `Namespace monitoring`, in what `kubectl get --show-managed-fields` prints. */
export function foreignObjects(printed: string): readonly string[] {
  const objects = objectsIn(printed) as readonly KubernetesObject[];
  return objects
    .filter(({ metadata }) => !metadata.managedFields?.some(({ manager }) => manager === FIELD_MANAGER))
    .map(
      ({ kind, metadata: { name, namespace } }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    );
}
