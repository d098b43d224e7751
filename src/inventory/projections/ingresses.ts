import { isDeepStrictEqual } from 'node:util';
import type { IngressFacts } from '../facts/ingress.ts';
import { isTlsByAnnotation, unsafeAnnotations } from '../network/ingress-annotations.ts';
import { listOf, objectOf, stringMapOf, textOf, textsOf, type JsonObject } from '../json-shape.ts';
import type { Projection } from '../store.ts';

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** A default backend takes what no rule does; without a rule, that is every host. */
function hostsOf(spec: JsonObject): readonly string[] {
  const hosts = listOf(spec['rules'], 'spec.rules', (rule, path) => {
    return textOf(objectOf(rule, path)['host'], `${path}.host`) ?? '';
  });
  const hasBackend = Object.keys(objectOf(spec['defaultBackend'], 'spec.defaultBackend')).length > 0;
  return hosts.length === 0 && hasBackend ? [''] : distinct(hosts);
}

function tlsHostsOf(spec: JsonObject): readonly string[] {
  const entries = listOf(spec['tls'], 'spec.tls', (entry, path) =>
    textsOf(objectOf(entry, path)['hosts'], `${path}.hosts`),
  );
  return distinct(entries.flatMap((hosts) => (hosts.length === 0 ? [''] : hosts)));
}

export const ingressProjection: Projection<IngressFacts> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  relevant: ['metadata.annotations', 'spec'],
  project: (object, ref) => {
    const spec = objectOf(object.parse('spec'), 'spec');
    const annotations = stringMapOf(object.parse('metadata.annotations'), 'metadata.annotations');
    return {
      ref,
      hosts: hostsOf(spec),
      tlsHosts: tlsHostsOf(spec),
      isTlsByAnnotation: isTlsByAnnotation(annotations),
      unsafeAnnotations: unsafeAnnotations(annotations),
    };
  },
  equal: isDeepStrictEqual,
};
