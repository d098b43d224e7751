import { createOutbox, NO_OUTBOX, type Outbox } from '../../controllers/outbox/outbox.ts';
import { NotifyConfigError } from '../../notify/config/load.ts';
import { createNotifiers, type Notifiers } from '../../notify/notifiers.ts';
import { ProxyError } from '../../notify/sending/proxies.ts';
import { UsageError } from '../settings.ts';
import type { Connected } from './context.ts';

/** Those who tell people what is news, if any are configured. */
export interface Notifying {
  readonly outbox: Outbox;
  /** Sends what it can in that time; what is left over is told by whoever leads next. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Reads the settings of notifiers. @throws UsageError if they cannot be used */
export function startNotifying({ settings, context, timers, logger, metrics, parts }: Connected): Notifying {
  const { notifyConfig } = settings;
  if (notifyConfig === undefined) return { outbox: NO_OUTBOX, stop: () => Promise.resolve() };
  const { onResult, onTarget } = metrics.notificationHooks;
  const userAgent = `plimsoll/${context.version}`;
  const notifiers = usable(() =>
    createNotifiers({ configPath: notifyConfig, userAgent, env: context.env, timers, logger, onResult }),
  );
  notifiers.targets().forEach(onTarget);
  notifiers.start();
  parts.notifiers = notifiers;
  return { outbox: createOutbox({ ...notifiers, timers, signal: context.signal }), stop: notifiers.stop };
}

function usable(create: () => Notifiers): Notifiers {
  try {
    return create();
  } catch (cause) {
    if (cause instanceof NotifyConfigError || cause instanceof ProxyError)
      throw new UsageError(cause.message, { cause });
    throw cause;
  }
}
