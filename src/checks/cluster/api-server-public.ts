import { isPublicAddress } from '../../inventory/network/public-address.ts';
import { clusterCheck, finding, PASS } from '../check.ts';
import type { ClusterInput, Undecided, Violation } from '../check.ts';
import { isIP } from 'node:net';

const clusterInfo = (server: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: cluster-info
  namespace: kube-public
data:
  kubeconfig: |
    apiVersion: v1
    kind: Config
    clusters:
      - name: ''
        cluster:
          server: ${server}`;

/** The host of a URL, without the brackets of an IPv6 address. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replaceAll(/[[\]]/g, '') : '';
}

/**
 * Names are not resolved, as a check asks nobody: where clients are told a name, or nothing is known of what they are told,
 * private addresses behind it prove nothing.
 */
export const apiServerPublic = clusterCheck({
  id: 'api-server-public',
  severity: 'High',
  title: 'API server has a public IP address',
  why: 'Everybody may try passwords and new vulnerabilities on it.',
  fix: 'Move it into a private network, behind a VPN or a bastion, or at least let a firewall admit known networks only.',
  references: {
    nsa: ['Control plane hardening'],
    kubescape: ['C-0247', 'C-0227', 'C-0252'],
    checklist: ['not-on-the-internet'],
  },
  reads: ['ServerEndpoints', 'ClusterInfo'],
  example: {
    before: clusterInfo('https://8.8.4.4:6443'),
    after: clusterInfo('https://10.0.0.10:6443'),
  },
  mayBeUndecided: true,
  evaluate: ({ cluster }) => {
    const advertised = cluster.advertisedServer === undefined ? undefined : hostOf(cluster.advertisedServer);
    const violations = publicPlaces(cluster, advertised ?? '');
    return violations.length > 0 ? violations : unlessByName(advertised);
  },
});

function publicPlaces({ serverAddresses }: ClusterInput['cluster'], advertised: string): readonly Violation[] {
  const message = 'reachable from the internet unless a firewall is in between';
  const endpoints = [...new Set(serverAddresses.filter((address) => isPublicAddress(address) === true))].sort();
  return [
    ...(endpoints.length === 0
      ? []
      : [finding('endpoints', `default/kubernetes: ${endpoints.join(', ')}: ${message}`, { key: 'endpoints' })]),
    ...(isPublicAddress(advertised) === true
      ? [finding('cluster-info', `kube-public/cluster-info: ${advertised}: ${message}`, { key: 'cluster-info' })]
      : []),
  ];
}

function unlessByName(advertised: string | undefined): typeof PASS | Undecided {
  if (advertised !== undefined && isIP(advertised) !== 0) return PASS;
  const message =
    advertised === undefined
      ? 'how clients reach the API server is not known: there is no kube-public/cluster-info that says so'
      : 'clients reach the API server by a name, and names are not resolved';
  return { reason: 'NotProvided', message };
}
