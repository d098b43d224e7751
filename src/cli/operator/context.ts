import type { Selection } from '../../checks/selection.ts';
import type { Engine } from '../../controllers/engine.ts';
import type { Election } from '../../kube/lease.ts';
import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { OperatorSettings } from '../operator-options.ts';

/** What the process lends to the operator. */
export interface OperatorContext {
  readonly version: string;
  readonly revision: string;
  readonly hostName: string;
  readonly output: NodeJS.WritableStream;
  /** Aborted when the operator shall end. */
  readonly signal: AbortSignal;
}

/** What all parts of the operator share. */
export interface Shared {
  readonly settings: OperatorSettings;
  readonly selection: Selection;
  readonly context: OperatorContext;
  readonly logger: Logger;
  readonly timers: Timers;
  /** By the API server's clock. */
  readonly now: () => Date;
  /** What is there once it has been started; metrics and health look here whenever they are asked. */
  readonly parts: { engine?: Engine; election?: Election };
}

/** Shared, and able to talk to the API server. */
export interface Connected extends Shared {
  readonly client: KubeClient;
  readonly metrics: Metrics;
}
