import { styleText } from 'node:util';
import type { Severity } from '../crds/index.ts';

/** Gives text its colours, or not. */
export type Paint = (how: Severity | 'heading' | 'faint', text: string) => string;

const STYLES = {
  Critical: ['bold', 'red'],
  High: 'red',
  Medium: 'yellow',
  Low: 'cyan',
  Info: 'blue',
  heading: 'bold',
  faint: 'dim',
} as const satisfies Record<Parameters<Paint>[0], Parameters<typeof styleText>[0]>;

/** Colours where the stream is a terminal, or the environment asks for them. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (how, text) => styleText(STYLES[how], text, { stream });
}
