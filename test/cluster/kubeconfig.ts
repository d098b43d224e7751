interface KubeconfigInput {
  readonly server: string;
  /** Path of the PEM file that the server's certificate is verified with. */
  readonly certificateAuthority: string;
  readonly token: string;
}

/** A kubeconfig with one context. It is JSON, which is YAML too, so nothing needs quoting rules of its own. */
export function kubeconfig({ server, certificateAuthority, token }: KubeconfigInput): string {
  const name = 'plimsoll';
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server, 'certificate-authority': certificateAuthority } }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    },
    undefined,
    2,
  );
}
