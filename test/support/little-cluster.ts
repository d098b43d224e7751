import { CORE_SCHEMA, loadAll } from 'js-yaml';
import type { ApiUse, Check } from '../../src/checks/check.ts';
import { selectionOf } from '../../src/checks/selection.ts';
import type { Assessed } from '../../src/controllers/assess/assess.ts';
import { assessSubject } from '../../src/controllers/assess/assess-subject.ts';
import { groupOf } from '../../src/inventory/facts/object-ref.ts';
import { CLUSTER_KEY, parseSubjectKey } from '../../src/inventory/subject-key.ts';
import { isAbout, watchesOf } from '../../src/inventory/watched.ts';
import { judging } from './judging.ts';
import { raw, type Json } from './objects.ts';

interface Document extends Json, ApiUse {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What the checks say of everything in a cluster that holds just these objects, as YAML. */
export function assessAll(yaml: string, checks: readonly Check[]): readonly Assessed[] {
  const documents = loadAll(yaml, null, { schema: CORE_SCHEMA }) as readonly Document[];
  const deps = judging({ selection: selectionOf(checks), trustStaticPods: true, apiUses: () => documents });
  const { inventory } = deps;
  for (const [index, document] of documents.entries()) {
    const { apiVersion, kind, metadata } = document;
    const name = { namespace: metadata.namespace ?? '', name: metadata.name };
    for (const row of watchesOf(groupOf(apiVersion), kind).filter((each) => isAbout(each, name)))
      inventory.sink(row.kind).upsert(raw({ ...document, metadata: { ...metadata, uid: `uid-${index}` } }));
  }
  const subjects = new Set([CLUSTER_KEY, ...inventory.subjects()]);
  return [...subjects].flatMap((key) => assessSubject(parseSubjectKey(key), deps) ?? []);
}
