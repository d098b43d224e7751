import { once } from 'node:events';
import { createClock, type Clock } from '../../kube/clock.ts';
import { systemTimers } from '../../kube/timers.ts';
import { toTime } from '../../reports/first-seen.ts';
import { answered, connect, firstAnswer } from '../cluster/connection.ts';
import type { DiffSettings } from '../diff-options.ts';
import { interruptible } from '../interruptible.ts';
import { paintFor } from '../paint.ts';
import type { Since } from '../parsers.ts';
import { UsageError } from '../settings.ts';
import { readNews, type News } from './read-news.ts';
import { newsTable } from './table.ts';

/** What the process lends to the command. */
export interface DiffContext {
  readonly version: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Aborted, with the name of the signal, when the command shall end. */
  readonly signal: AbortSignal;
}

const NEWS = 1;
const UNREAD = 2;

/** The time since which findings are news. Throws a UsageError for one that has not come. */
function beginningOf(since: Since, now: Date): string {
  const begin = 'time' in since ? since.time : new Date(now.getTime() - since.agoSeconds * 1000);
  if (begin <= now) return toTime(begin);
  throw new UsageError(`--since: ${toTime(begin)} has not come; the clock of the API server shows ${toTime(now)}`);
}

/** Prints what is new in the cluster. Resolves to the exit code. */
export async function runDiff(settings: DiffSettings, context: DiffContext): Promise<number> {
  return interruptible(context.signal, async () => diff(settings, context));
}

async function diff(settings: DiffSettings, { version, stdout, stderr, signal }: DiffContext): Promise<number> {
  // That of this machine may be wrong, and the times in the reports are by the server's.
  const clock = createClock({ monotonicMs: systemTimers.now, wallMs: systemTimers.wallMs });
  const client = connect({ ...settings, version, hooks: { onServerDate: clock.observe } });
  await firstAnswer(client, signal);
  try {
    const from = beginningOf(settings.since, clock.now());
    const news = await answered(readNews({ ...settings, client, signal, from }));
    for (const line of news.unread) stderr.write(`plimsoll: ${line}\n`);
    const text = await printed(news, { from, clock, settings, stdout });
    if (!stdout.write(text)) await once(stdout, 'drain');
    if (news.unread.length > 0) return UNREAD;
    return settings.exitCode && news.findings.length > 0 ? NEWS : 0;
  } finally {
    await client.close();
  }
}

interface Printing {
  readonly from: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: Pick<DiffSettings, 'output'>;
  readonly stdout: NodeJS.WritableStream;
}

async function printed(news: News, { from, clock, settings, stdout }: Printing): Promise<string> {
  if (settings.output === 'table') return newsTable(news, from, paintFor(stdout));
  const { findings, reports, unread } = news;
  const document = { since: from, until: toTime(clock.now()), reports, unread, findings };
  if (settings.output === 'json') return `${JSON.stringify(document, undefined, 2)}\n`;
  const { dump } = await import('js-yaml');
  return dump(document, { noRefs: true, lineWidth: 120 });
}
