/** The oldest Node.js that has all that is called; `engines` in package.json says the same, but nothing enforces it. */
const OLDEST = { major: 22, minor: 19 } as const;

/** Why this version of Node.js will not do, as a sentence; undefined if it will. An older one fails later, and in riddles. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return undefined;
  return `plimsoll needs Node.js ${OLDEST.major}.${OLDEST.minor} or newer; this is ${version}`;
}
