/** `$(VAR)` of Kubernetes, `${VAR}` of shells, `{{ }}` and `<...>` of templates: somebody else fills it in. */
const PLACEHOLDER = /\$\([^()]*\)|\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>/g;

/** User and password in a URL. The bounds keep the search linear in the length of the value. */
const URL_CREDENTIALS = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,31}:\/\/[^\s/?#@:]{0,256}:([^\s/?#@]{1,1024})@/gi;

interface Shape {
  readonly name: string;
  readonly pattern: RegExp;
}

/** What gives a credential away by itself. Look-behinds let a match start only where a word does, which bounds the search. */
const SHAPES: readonly Shape[] = [
  // Five dashes in PEM, four and a space in SSH2; whoever writes three by mistake has let it out all the same.
  { name: 'a private key', pattern: /-{3} ?BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{3}/ },
  { name: 'an AWS access key', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/ },
  { name: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{36})/ },
  { name: 'a GitLab token', pattern: /(?<![A-Za-z0-9])gl(?:pat|rt|dt|cbt|ptt|soat)-[A-Za-z0-9_-]{20}/ },
  { name: 'a Slack token', pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10}/ },
  { name: 'a Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9]/ },
  // Prose speaks of bearers too, but without digits.
  { name: 'a bearer token', pattern: /(?<![a-z])bearer (?=[\w.~+/-]{0,19}\d)[\w.~+/-]{20}/i },
  { name: 'a JSON Web Token', pattern: /(?<![\w.-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8}/ },
];

/** What sort of credential stands in the text, judged by its form alone; undefined if none is seen. Never the text itself. */
export function credentialShape(value: string): string | undefined {
  const passwords = [...value.matchAll(URL_CREDENTIALS)].map(([, password = '']) => password);
  if (passwords.some((password) => isLiteral(password))) return 'a URL with a password';
  return SHAPES.find(({ pattern }) => pattern.test(value))?.name;
}

/** Whether anything is left of the text without its placeholders. */
const isLiteral = (text: string): boolean => text.replace(PLACEHOLDER, '').trim() !== '';

const NEVER_CREDENTIALS: readonly RegExp[] = [
  // Switches, numbers and times: TOKEN_REFRESH=true, MAX_TOKENS=4096, SECRET_CACHE=10m.
  /^(?:true|false|yes|no|on|off|enabled|disabled|none|null|nil|undefined)$/i,
  /^[-+]?\d+(?:\.\d+)?(?:ms|s|m|h|d|%|[kmgt]i?b?)?$/i,
  // Files, and addresses without a password.
  /^(?:file:\/\/)?\/(?:app|certs?|config|credentials|data|dev|etc|home|keys|mnt|opt|root|run|secrets?|srv|tmp|usr|var|vault)\//,
  /^[a-z][a-z0-9+.-]*:\/\//i,
  // Names of secrets in a store, that something else looks up.
  /^(?:>>)?(?:vault|secretref|awssm|gcpsm|azurekv|arn):/i,
  /^projects\/[^/]+\/secrets\//,
];

/** Whether the text cannot be a credential, whatever its variable is called: a switch, a number, a reference. */
export function cannotBeCredential(value: string): boolean {
  const text = value.trim();
  return !isLiteral(text) || NEVER_CREDENTIALS.some((pattern) => pattern.test(text));
}
