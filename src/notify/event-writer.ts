import { createEvent, type NewEvent } from '../kube/events.ts';
import type { KubeClient } from '../kube/client.ts';

export interface EventsOptions {
  readonly client: KubeClient;
  /** Which replica. */
  readonly instance: string;
  readonly now: () => Date;
  /** An Event could not be written; reports and statuses are what counts, so nothing else happens. */
  readonly onError: (error: unknown) => void;
}

/** What an Event says; by whom and when is added where it is written. */
export type EventText = Pick<NewEvent, 'regarding' | 'type' | 'reason' | 'action' | 'note'>;

/** Writes Events in the name of this operator. */
export function eventWriter({ client, instance, now, onError }: EventsOptions): (event: EventText) => void {
  return (event) => {
    const from = { reportingController: 'plimsoll.dev/operator', reportingInstance: instance, eventTime: now() };
    createEvent(client, { ...event, ...from }).catch(onError);
  };
}
