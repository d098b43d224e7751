import { API_VERSION } from '../crds/index.ts';
import type { Exception } from '../reports/exceptions/exception.ts';
import { eventWriter, type EventText, type EventsOptions } from './event-writer.ts';

/** The Event for an exception that has ended, on the exception itself. */
function expiryEvent({ kind, namespace, name, uid }: Exception): EventText {
  return {
    regarding: { apiVersion: API_VERSION, kind, name, uid, ...(namespace === undefined ? {} : { namespace }) },
    type: 'Warning',
    reason: 'ExceptionExpired',
    action: 'Ended',
    note: 'The exception has ended: its findings are open again, and count as new. Fix them, or accept them anew.',
  };
}

/** Writes one Event for each exception that ends. */
export function expiryEvents(options: EventsOptions): (exception: Exception) => void {
  const write = eventWriter(options);
  return (exception) => write(expiryEvent(exception));
}
