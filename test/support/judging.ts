import assert from 'node:assert/strict';
import type { Judgement } from '../../src/checks/judge.ts';
import { judgesBy } from '../../src/checks/judges.ts';
import type { Selection } from '../../src/checks/selection.ts';
import type { AssessDeps } from '../../src/controllers/assess/assess.ts';
import { createAvailability } from '../../src/controllers/assess/availability.ts';
import { createInventory, type InventoryOptions } from '../../src/inventory/inventory.ts';
import type { Kind } from '../../src/inventory/watched.ts';
import { ALL } from './all-checks.ts';
import { UNTOLD } from './parameters.ts';
import { SERVER } from './server.ts';

export interface JudgingOptions
  extends
    Pick<AssessDeps, 'apiUses' | 'kubelets'>,
    Partial<Pick<AssessDeps, 'parameters'>>,
    Partial<Pick<InventoryOptions<Judgement>, 'onDirty' | 'trustStaticPods'>> {
  /** Default: every check there is. */
  readonly selection?: Selection;
  /** Kinds that may not be read; it may change later. */
  readonly unreadable?: readonly Kind[];
}

/** An empty inventory, and what its subjects are judged by, as in the operator; a check that throws fails the test. */
export function judging({
  selection = ALL,
  unreadable = [],
  parameters = UNTOLD,
  onDirty,
  ...more
}: JudgingOptions = {}): AssessDeps {
  const { trustStaticPods = false, ...answers } = more;
  const isReadable = (kind: Kind): boolean => !unreadable.includes(kind);
  const podSecurityMinor = SERVER.minor;
  const inventory = createInventory<Judgement>({
    ...judgesBy({ selection, podSecurityMinor, parameters, onCheckError: assert.fail }),
    onDirty: onDirty ?? (() => undefined),
    isReadable,
    trustStaticPods,
  });
  return {
    inventory,
    availability: createAvailability(
      (kind) => (isReadable(kind) ? undefined : { reason: 'PermissionDenied', message: `${kind} may not be read` }),
      isReadable,
    ),
    selection,
    server: () => SERVER,
    podSecurityMinor,
    parameters,
    onCheckError: assert.fail,
    ...answers,
  };
}
