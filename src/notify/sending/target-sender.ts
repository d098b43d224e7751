import type { ChangeSet } from '../change-set.ts';
import type { NotifyConfig, Target } from '../config/config.ts';
import { render } from '../formats/render.ts';
import { messageOf } from '../message/message.ts';
import { createDispatcher } from './dispatcher.ts';
import { post, type Answer } from './post.ts';
import type { Proxies } from './proxies.ts';
import { redactionOf, type Redaction } from './redact.ts';

/** Settings that all targets share. */
export type About = Omit<NotifyConfig, 'targets'>;

/** Speaks to one target as its settings say. */
export interface TargetSender {
  /** Tells it of these in one request. The same sets make the same message id each time. */
  readonly send: (sets: readonly ChangeSet[], signal: AbortSignal) => Promise<Answer>;
  /** No more is sent; what is under way may end. */
  readonly close: () => void;
  /** Closes its connections at once. */
  readonly destroy: () => Promise<void>;
}

export interface SenderOptions {
  /** `plimsoll/<version>` */
  readonly userAgent: string;
  readonly proxies: Proxies;
  readonly wallMs: () => number;
}

function redactionFor({ url, headers, hmacKey }: Target, proxies: Proxies): Redaction {
  const proxyUrls = [proxies.http, proxies.https].filter((proxy) => proxy !== undefined);
  const values = Object.values(headers);
  const key = hmacKey === undefined ? [] : [hmacKey.toString('utf8')];
  // `Bearer …` may be quoted without its first word.
  return redactionOf([url, ...proxyUrls], [...values, ...values.flatMap((value) => value.split(' ')), ...key]);
}

export function createTargetSender(target: Target, about: About, options: SenderOptions): TargetSender {
  const { userAgent, proxies, wallMs } = options;
  const dispatcher = createDispatcher(target, proxies);
  const redaction = redactionFor(target, proxies);
  return {
    send: (sets, signal) =>
      post(render(messageOf(sets, about), target, wallMs()), {
        dispatcher,
        userAgent,
        timeoutMs: target.timeoutSeconds * 1000,
        signal,
        redaction,
        nowMs: wallMs,
      }),
    close: () => void dispatcher.close().catch(() => undefined),
    destroy: () => dispatcher.destroy(),
  };
}
