import assert from 'node:assert/strict';
import { parseUsage } from '../../bench/process-usage.ts';

const STATUS = 'Name:\tnode\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n';

describe('The usage of a process', () => {
  it('is read past a name that contains spaces and parentheses', () => {
    const stat = '42 (a (b) 7) S 1 42 42 0 -1 4194304 9 0 0 0 250 50 0 0 20 0 11 0 100 0 0';
    assert.deepEqual(parseUsage(stat, STATUS), {
      cpuSeconds: 3,
      rssBytes: 100 * 1024 * 1024,
      peakRssBytes: 200 * 1024 * 1024,
    });
  });

  it('is an error where a process has no memory any more, as one that is a zombie', () => {
    const stat = '42 (node) Z 1 42 42 0 -1 4194304 9 0 0 0 250 50 0 0 20 0 11 0 100 0 0';
    assert.throws(() => parseUsage(stat, 'Name:\tnode\n'), /the process has ended/);
  });
});
