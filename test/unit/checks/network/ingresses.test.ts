import { PASS } from '../../../../src/checks/check.ts';
import type { IngressInput } from '../../../../src/checks/check.ts';
import {
  ingressNginxUnsafeAnnotation,
  ingressWildcardHost,
  ingressWithoutTls,
} from '../../../../src/checks/network/ingresses.ts';
import type { IngressFacts } from '../../../../src/inventory/facts/ingress.ts';
import { webRef } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const ingress = (
  hosts: readonly string[],
  tlsHosts: readonly string[] = [],
  more: Partial<IngressFacts> = {},
): IngressInput => ({
  ingress: {
    ref: webRef('networking.k8s.io/v1', 'Ingress'),
    hosts,
    tlsHosts,
    isTlsByAnnotation: false,
    unsafeAnnotations: [],
    ...more,
  },
});

verdicts(ingressWithoutTls, [
  ['a host with a certificate', ingress(['a.example.com'], ['a.example.com']), PASS],
  ['a host below a wildcard', ingress(['a.example.com'], ['*.example.com']), PASS],
  ['a wildcard with a certificate for it', ingress(['*.example.com'], ['*.example.com']), PASS],
  ['an entry for all hosts', ingress(['a.example.com', ''], ['']), PASS],
  ['a certificate that comes by annotation', ingress(['a.example.com'], [], { isTlsByAnnotation: true }), PASS],
  ['an Ingress that serves nothing', ingress([]), PASS],
  [
    'no TLS',
    ingress(['b.example.com', 'a.example.com']),
    fails({ key: 'a.example.com' }, { key: 'b.example.com', message: 'b.example.com is served without TLS' }),
  ],
  ['one of two hosts', ingress(['a.example.com', 'b.example.com'], ['a.example.com']), fails({ key: 'b.example.com' })],
  [
    'a host two labels below a wildcard',
    ingress(['a.b.example.com'], ['*.example.com']),
    fails({ key: 'a.b.example.com' }),
  ],
  ['the domain of a wildcard itself', ingress(['example.com'], ['*.example.com']), fails({ key: 'example.com' })],
  [
    'a wildcard with a certificate for one host',
    ingress(['*.example.com'], ['a.example.com']),
    fails({ key: '*.example.com' }),
  ],
  ['every host without a certificate', ingress(['']), fails({ key: '', message: 'every host is served without TLS' })],
  [
    'every host with a certificate for one',
    ingress([''], ['a.example.com']),
    fails({ key: '', message: 'every host that spec.tls does not name is served without TLS' }),
  ],
]);

verdicts(ingressWildcardHost, [
  ['named hosts', ingress(['a.example.com']), PASS],
  ['a rule without a host', ingress(['', 'a.example.com']), fails({ key: '', message: 'a rule takes every host' })],
  ['a wildcard', ingress(['*.example.com']), fails({ key: '*.example.com', path: 'spec.rules' })],
]);

verdicts(ingressNginxUnsafeAnnotation, [
  ['harmless annotations', ingress([]), PASS],
  [
    'a snippet, and a value that breaks out',
    ingress([], [], {
      unsafeAnnotations: [
        { name: 'a-snippet', how: 'Snippet' },
        { name: 'auth-url', how: 'Value' },
      ],
    }),
    fails(
      { key: 'a-snippet', message: 'annotation a-snippet is written into the configuration' },
      { key: 'auth-url', message: 'annotation auth-url holds what breaks out of its directive' },
    ),
  ],
]);
