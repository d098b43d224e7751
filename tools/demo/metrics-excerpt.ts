const BAD = /^plimsoll_violations\{[^}]*severity="(?:critical|high)"[^}]*\} [1-9]/;

/** Some lines of Prometheus text that tell of something bad: violations of a namespace that are critical or high. */
export function metricsExcerpt(text: string, count: number): readonly string[] {
  return text
    .split('\n')
    .filter((line) => BAD.test(line))
    .toSorted()
    .slice(0, count);
}
