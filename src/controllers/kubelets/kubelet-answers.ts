import type { Undecided } from '../../checks/check.ts';

/** What a kubelet says of its configuration, or why it does not. */
export type KubeletAnswer = { readonly config: Readonly<Record<string, unknown>> } | Undecided;

/** What the kubelets were last heard to say. */
export interface KubeletAnswers {
  /** Undefined while the kubelet of that node has not been asked. */
  readonly of: (node: string) => KubeletAnswer | undefined;
  /** Why none of them may be asked at all, which is said once and not for each node. */
  readonly refused: () => Undecided | undefined;
}
