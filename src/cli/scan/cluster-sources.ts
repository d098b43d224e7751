import type { Assessed } from '../../controllers/assess/assess.ts';
import type { Finding } from '../../crds/index.ts';
import { subjectOfRef } from '../../inventory/subject-key.ts';
import { findingId } from '../../reports/fingerprint.ts';
import type { FileWorld } from './file-world.ts';
import { textOf, type ScanFile } from './scan-file.ts';
import { createLocator } from './sources.ts';
import { splitFile } from './yaml/split.ts';

type Source = NonNullable<Finding['source']>;

/** The places of the objects behind findings, by the ids of these. Each file is read once more. */
export function sourcesBehind(
  { subject, findings }: Assessed,
  files: readonly ScanFile[],
  behind: FileWorld['behind'],
): ReadonlyMap<string, Source> {
  const found = findings.flatMap((each) => {
    const origin = behind(each);
    return origin === undefined ? [] : [{ id: findingId(subjectOfRef(subject), each), ...origin }];
  });
  const sources = new Map<string, Source>();
  for (const [number, those] of Map.groupBy(found, ({ object }) => object.file)) {
    const file = files[number];
    const text = file === undefined ? undefined : textOf(file);
    if (file === undefined || typeof text !== 'string') continue;
    const locator = createLocator(splitFile(text));
    for (const { id, object, path } of those)
      sources.set(id, { file: file.name, ...locator.locate(object.place, path) });
  }
  return sources;
}
