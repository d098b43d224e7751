import type { KubeClient } from './client.ts';

/** Who somebody is to the API server: as the review of a token says it, and as the review of access wants it. */
export interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export interface ReviewOptions {
  readonly timeoutMs: number;
}

interface TokenReview {
  readonly status?: { readonly authenticated?: boolean; readonly user?: Partial<UserInfo> };
}

/** Asks the API server whose token this is; undefined if nobody's, be it forged, expired or revoked. Throws as the client does. */
export async function reviewToken(
  client: KubeClient,
  token: string,
  { timeoutMs }: ReviewOptions,
): Promise<UserInfo | undefined> {
  const { status } = await client.request<TokenReview>({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/tokenreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } },
    timeoutMs,
  });
  const { username = '', ...rest } = status?.user ?? {};
  return status?.authenticated === true && username !== '' ? { username, ...rest } : undefined;
}
