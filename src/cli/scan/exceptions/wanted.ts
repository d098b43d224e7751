import { CATALOGUE } from '../../../checks/catalogue.ts';
import type { Selection } from '../../../checks/selection.ts';
import { createScope } from '../../../controllers/scope.ts';
import { DEFAULT_POLICY } from '../../../reports/exceptions/policy.ts';
import type { ScanSettings } from '../../scan-options.ts';
import { createExceptionBook, type ExceptionBook } from './book.ts';

const CHECK_IDS: ReadonlySet<string> = new Set(CATALOGUE.map(({ id }) => id));

/** The exceptions of a scan by its settings, without any as yet. */
export function bookFor(
  { namespaces, excludeNamespaces }: Pick<ScanSettings, 'namespaces' | 'excludeNamespaces'>,
  selection: Selection,
  now: Date,
): ExceptionBook {
  return createExceptionBook({
    policy: DEFAULT_POLICY,
    isCheck: (id) => CHECK_IDS.has(id),
    selection,
    scope: createScope({ include: namespaces, exclude: excludeNamespaces }),
    isScopeLimited: namespaces.length > 0 || excludeNamespaces.length > 0,
    now,
  });
}
