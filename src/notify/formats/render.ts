import type { Target, TargetType } from '../config/config.ts';
import type { Message } from '../message/message.ts';
import { alertmanagerBody, alertsUrl } from './alertmanager.ts';
import { signatureOf } from './signature.ts';
import { slackBody } from './slack.ts';
import { teamsBody } from './teams.ts';
import { webhookBody } from './webhook.ts';

/** What is posted, and where to. */
export interface Rendered {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Format = (message: Message, target: Target, nowMs: number) => object;

const FORMATS: Readonly<Record<TargetType, Format>> = {
  webhook: webhookBody,
  slack: slackBody,
  teams: teamsBody,
  alertmanager: (message, { alertLifetimeSeconds }, nowMs) =>
    alertmanagerBody(message, { nowMs, lifetimeSeconds: alertLifetimeSeconds }),
};

function webhookHeaders({ id }: Message, body: string, { hmacKey }: Target, nowMs: number): Record<string, string> {
  return {
    'idempotency-key': id,
    'plimsoll-delivery': id,
    ...(hmacKey !== undefined && { 'plimsoll-signature': signatureOf(body, hmacKey, Math.floor(nowMs / 1000)) }),
  };
}

/** A message as the target wants it. */
export function render(message: Message, target: Target, nowMs: number): Rendered {
  const body = JSON.stringify(FORMATS[target.type](message, target, nowMs));
  return {
    url: target.type === 'alertmanager' ? alertsUrl(target.url) : target.url,
    body,
    headers: {
      'content-type': 'application/json',
      ...target.headers,
      ...(target.type === 'webhook' && webhookHeaders(message, body, target, nowMs)),
    },
  };
}
