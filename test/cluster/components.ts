import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconfig } from './kubeconfig.ts';

/** Where one control plane keeps its files. */
export interface Layout {
  readonly root: string;
  readonly certs: string;
  /**
   * Written by the API server at its start: its serving certificate, then the authority that signed it, so the one file
   * serves as trust anchor and no X.509 has to be made here.
   */
  readonly certificateAuthority: string;
  readonly etcdData: string;
  readonly etcdSocket: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly tokens: string;
  readonly adminKubeconfig: string;
  readonly controllerManagerKubeconfig: string;
}

/** The files of a control plane below `root`. */
export function layoutOf(root: string): Layout {
  return {
    root,
    certs: join(root, 'certs'),
    certificateAuthority: join(root, 'certs', 'apiserver.crt'),
    etcdData: join(root, 'etcd'),
    etcdSocket: join(root, 'etcd.sock'),
    serviceAccountKey: join(root, 'service-account.key'),
    serviceAccountPublicKey: join(root, 'service-account.pub'),
    tokens: join(root, 'tokens.csv'),
    adminKubeconfig: join(root, 'admin.kubeconfig'),
    controllerManagerKubeconfig: join(root, 'controller-manager.kubeconfig'),
  };
}

/** The bearer tokens that the API server knows from its start; all others are tokens of ServiceAccounts. */
export interface Credentials {
  readonly admin: string;
  readonly controllerManager: string;
}

/** Make the key that signs ServiceAccount tokens, and the tokens of the two built-in users. */
export function writeCredentials(layout: Layout): Credentials {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(layout.serviceAccountKey, privateKey, { mode: 0o600 });
  writeFileSync(layout.serviceAccountPublicKey, publicKey);

  const credentials = { admin: randomToken(), controllerManager: randomToken() };
  const rows = [
    `${credentials.admin},admin,admin,"system:masters"`,
    `${credentials.controllerManager},system:kube-controller-manager,system:kube-controller-manager,`,
  ];
  writeFileSync(layout.tokens, `${rows.join('\n')}\n`, { mode: 0o600 });
  return credentials;
}

/** Kubeconfigs for the two built-in users, once the address of the API server is known. */
export function writeKubeconfigs(layout: Layout, server: string, { admin, controllerManager }: Credentials): void {
  const { certificateAuthority } = layout;
  const write = (path: string, token: string): void =>
    writeFileSync(path, kubeconfig({ server, certificateAuthority, token }), { mode: 0o600 });
  write(layout.adminKubeconfig, admin);
  write(layout.controllerManagerKubeconfig, controllerManager);
}

function randomToken(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * etcd on a socket in the private folder: no port to race for, and nobody else can reach it. It insists on a listener
 * for peers, which gets whatever port is free and is never talked to.
 */
export function etcdArgs(layout: Layout): string[] {
  const clients = `unix://${layout.etcdSocket}`;
  const peers = 'http://127.0.0.1:0';
  return [
    '--name=default',
    `--data-dir=${layout.etcdData}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
  ];
}

/**
 * The API server as a production cluster runs it as far as Plimsoll can see: all default admission plugins, RBAC, signed
 * ServiceAccount tokens. Without an endpoint reconciler because a loopback address is not allowed in Endpoints, and any
 * other address would need a route on the machine. Told to stop, it ends open watches; by default it waits for them.
 */
export function apiServerArgs(layout: Layout, port: number, more: readonly string[]): string[] {
  return [
    `--etcd-servers=unix://${layout.etcdSocket}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--secure-port=${port}`,
    `--cert-dir=${layout.certs}`,
    `--token-auth-file=${layout.tokens}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${layout.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${layout.serviceAccountKey}`,
    '--shutdown-watch-termination-grace-period=5s',
    '--max-requests-inflight=2000',
    '--max-mutating-requests-inflight=1000',
    ...more,
  ];
}

/**
 * All controllers but those that need machines: without kubelets the node controllers would find every Node dead after
 * 40 s, and evict its pods. High client limits, so that a bench has its ten thousand pods in minutes. It serves
 * nothing, so that it needs no port.
 */
export function controllerManagerArgs(layout: Layout): string[] {
  return [
    `--kubeconfig=${layout.controllerManagerKubeconfig}`,
    '--secure-port=0',
    '--leader-elect=false',
    '--use-service-account-credentials=true',
    `--service-account-private-key-file=${layout.serviceAccountKey}`,
    `--root-ca-file=${layout.certificateAuthority}`,
    '--controllers=*,-node-ipam-controller,-node-lifecycle-controller',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
}
