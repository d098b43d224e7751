import type { IngressFacts } from '../../inventory/facts/ingress.ts';
import { finding, ingressCheck, PASS, verdict } from '../check.ts';
import { webWith } from '../example-objects.ts';

const ingressWith = (...spec: readonly string[]): string => webWith('networking.k8s.io/v1', 'Ingress', ...spec);
const SHOP = 'rules: [{host: shop.example.com}]';

/** How a host is called; a rule without one takes all, of which some may have TLS by their names. */
function nameOf(host: string, tlsHosts: readonly string[] = []): string {
  if (host !== '') return host;
  return tlsHosts.length === 0 ? 'every host' : 'every host that spec.tls does not name';
}

/** A wildcard stands for one label: `*.example.com` covers `a.example.com`, and neither `example.com` nor `a.b.example.com`. */
function isCovered(host: string, tlsHosts: readonly string[]): boolean {
  if (tlsHosts.includes('') || tlsHosts.includes(host)) return true;
  const dot = host.indexOf('.');
  return dot > 0 && tlsHosts.includes(`*${host.slice(dot)}`);
}

function uncoveredHosts({ hosts, tlsHosts, isTlsByAnnotation }: IngressFacts): readonly string[] {
  return isTlsByAnnotation ? [] : hosts.filter((host) => !isCovered(host, tlsHosts));
}

/** An entry of spec.tls without hosts is for all of them. Load balancers of clouds may get certificates by annotation. */
export const ingressWithoutTls = ingressCheck({
  id: 'ingress-without-tls',
  severity: 'Medium',
  title: 'Ingress serves a host without TLS',
  why: 'Whoever is on the way reads and changes what goes over the wire, passwords and sessions included.',
  fix: 'List the host in spec.tls with a Secret that holds its certificate; cert-manager keeps one up to date.',
  references: {
    kubescape: ['C-0263'],
    polaris: ['tlsSettingsMissing'],
    kyverno: ['require-ingress-https'],
    gatekeeper: ['httpsonly'],
    mitre: ['T1557'],
  },
  unmapped: 'the frameworks ask for TLS between components of the cluster, not for what it publishes',
  evaluate: ({ ingress }) =>
    verdict(
      uncoveredHosts(ingress).map((host) =>
        finding('spec.tls', `${nameOf(host, ingress.tlsHosts)} is served without TLS`, { key: host }),
      ),
    ),
  example: {
    before: ingressWith(SHOP),
    after: ingressWith('tls: [{hosts: [shop.example.com], secretName: shop-tls}]', SHOP),
  },
});

/** It answers for hosts that others may come to own. */
export const ingressWildcardHost = ingressCheck({
  id: 'ingress-wildcard-host',
  severity: 'Low',
  title: 'Ingress takes hosts that it does not name',
  why: 'It gets the requests for hosts of other teams that are not served yet, or not any more.',
  fix: 'Write out the hosts in spec.rules.',
  references: {
    kyverno: ['restrict-ingress-wildcard'],
    gatekeeper: ['block-wildcard-ingress'],
  },
  unmapped: 'no framework speaks of the hosts of an Ingress',
  evaluate: ({ ingress: { hosts } }) =>
    verdict(
      hosts
        .filter((host) => host === '' || host.includes('*'))
        .map((host) => finding('spec.rules', `a rule takes ${nameOf(host)}`, { key: host })),
    ),
  example: { before: ingressWith("rules: [{host: '*.example.com'}]"), after: ingressWith(SHOP) },
});

/**
 * Snippets are found whatever they hold. Of the annotations whose values could be made to break out (auth-url and others) only
 * those that do are: by themselves they are in wide use.
 */
export const ingressNginxUnsafeAnnotation = ingressCheck({
  id: 'ingress-nginx-unsafe-annotation',
  severity: 'High',
  title: 'Ingress writes into the configuration of ingress-nginx',
  why: 'Who may write an Ingress can run code in the controller, and read the Secrets of all namespaces with its token.',
  fix:
    'Remove the annotation; set allow-snippet-annotations to false in the controller and run a release that validates the ' +
    'others, or better another controller, as ingress-nginx is no longer maintained.',
  references: {
    trivy: ['KCV-0093'],
    kubescape: ['C-0059'],
    checkov: ['CKV_K8S_152', 'CKV_K8S_153'],
    mitre: ['T1190'],
    urls: [
      'https://github.com/kubernetes/kubernetes/issues/126811',
      'https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/',
    ],
  },
  unmapped: 'it is about one controller, which no framework names',
  evaluate: ({ ingress: { unsafeAnnotations } }) => {
    if (unsafeAnnotations.length === 0) return PASS;
    return unsafeAnnotations.map(({ name, how }) => {
      const what = how === 'Snippet' ? 'is written into the configuration' : 'holds what breaks out of its directive';
      return finding('metadata.annotations', `annotation ${name} ${what}`, { key: name });
    });
  },
  example: {
    before: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: 'return 200;'
spec:
  rules: [{host: shop.example.com}]
`,
    after: ingressWith(SHOP),
  },
});
