/** A pod with one container `app`, which has these fields of YAML besides; for the examples of checks. */
export function containerWith(fields = ''): string {
  const container = ['spec:', '  containers:', '    - name: app', '      image: registry.example/app:1.0'].join('\n');
  return fields === '' ? container : `${container}\n${indented(fields, 6)}`;
}

/** A pod whose spec has these fields of YAML. */
export const podWith = (fields: string): string => `spec:\n${indented(fields, 2)}`;

/** A pod with one container `app` that runs this image. */
export const running = (image: string): string => podWith(`containers:\n  - name: app\n    image: ${image}`);

function indented(text: string, columns: number): string {
  return text.replace(/^/gm, ' '.repeat(columns));
}
