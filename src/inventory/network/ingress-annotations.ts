import type { UnsafeAnnotation } from '../facts/ingress.ts';

type Annotations = Readonly<Record<string, string>>;

const NGINX = 'nginx.ingress.kubernetes.io/';

/** Written into the configuration as they stand (CVE-2021-25742, CVE-2023-5043). */
const SNIPPETS: ReadonlySet<string> = new Set([
  'auth-snippet',
  'configuration-snippet',
  'modsecurity-snippet',
  'server-snippet',
  'stream-snippet',
]);

/**
 * Harmless by themselves, but their values could once break out of their directive. From the issues of kubernetes/kubernetes
 * and kubernetes/ingress-nginx with the label official-cve-feed, read on 2026-11-24.
 */
const INJECTABLE: ReadonlySet<string> = new Set([
  'auth-method', // CVE-2026-1580
  'auth-proxy-set-headers', // CVE-2025-15566
  'auth-signin', // CVE-2021-25746, which is about every annotation
  'auth-tls-match-cn', // CVE-2025-1097
  'auth-url', // CVE-2025-24514
  'mirror-host', // CVE-2025-1098
  'mirror-target', // CVE-2025-1098
  'permanent-redirect', // CVE-2023-5044
  'rewrite-target', // CVE-2026-3288
]);

/** What ends a directive or begins a block; `$name` is a variable and legitimate, `{` and `;` never stand in a URL as they are. */
const BREAKS_OUT = /[;{}\r\n#"'`]/;

function howUnsafe(name: string, value: string): UnsafeAnnotation['how'] | undefined {
  if (SNIPPETS.has(name)) return 'Snippet';
  return INJECTABLE.has(name) && BREAKS_OUT.test(value) ? 'Value' : undefined;
}

/** The annotations by which an Ingress gets at the configuration of ingress-nginx, in one order. */
export function unsafeAnnotations(annotations: Annotations): readonly UnsafeAnnotation[] {
  return Object.entries(annotations)
    .filter(([name]) => name.startsWith(NGINX))
    .flatMap(([name, value]) => {
      const how = howUnsafe(name.slice(NGINX.length), value);
      return how === undefined ? [] : [{ name, how }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Annotations by which load balancers of clouds, and Traefik, get certificates that `spec.tls` knows nothing of. */
const CERTIFICATES = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'networking.gke.io/managed-certificates',
  'traefik.ingress.kubernetes.io/router.tls',
];

/** Whether an annotation says where TLS ends. */
export const isTlsByAnnotation = (annotations: Annotations): boolean =>
  CERTIFICATES.some((name) => Object.hasOwn(annotations, name) && !['', 'false'].includes(annotations[name] ?? ''));
