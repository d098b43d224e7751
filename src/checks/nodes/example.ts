/** A Node that reports just this about itself, for examples. */
export function nodeWith(...info: readonly string[]): string {
  return [
    'apiVersion: v1',
    'kind: Node',
    'metadata:',
    '  name: node-a',
    'status:',
    '  nodeInfo:',
    ...info.map((line) => `    ${line}`),
  ].join('\n');
}
