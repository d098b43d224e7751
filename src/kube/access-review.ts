import type { KubeClient } from './client.ts';
import type { ReviewOptions, UserInfo } from './token-review.ts';

/** A request for something that is no resource. */
export interface NonResourceAttributes {
  readonly path: string;
  readonly verb: string;
}

interface SubjectAccessReview {
  readonly status?: { readonly allowed?: boolean; readonly denied?: boolean };
}

/** Asks the API server whether that user may do this. Throws as the client does. */
export async function reviewAccess(
  client: KubeClient,
  { username, ...user }: UserInfo,
  nonResourceAttributes: NonResourceAttributes,
  { timeoutMs }: ReviewOptions,
): Promise<boolean> {
  const { status } = await client.request<SubjectAccessReview>({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: username, ...user, nonResourceAttributes },
    },
    timeoutMs,
  });
  // Some authorizer has said no, whatever another says.
  return status?.allowed === true && status.denied !== true;
}
