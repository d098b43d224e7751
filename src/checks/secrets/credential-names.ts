/** Ends of words that mean a credential: `PASSWORD`, but also `PGPASSWORD`. */
const CREDENTIAL_WORD = /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|APIKEY|AUTHKEY|PRIVATEKEY)S?$/;

/** Words that mean a credential together. */
const CREDENTIAL_KEY =
  /(?:^|_)(?:ACCESS|ACCOUNT|API|APP|APPLICATION|AUTH|AZURE_(?:BATCH|BATCHAI_STORAGE|STORAGE)|DECRYPTION|ENCRYPTION|HMAC|JWT|MASTER|PRIVATE|SESSION|SHARED|SIGNING|SSH)_KEYS?(?:_|$)/;

/** Keys of clouds, which their command lines read: `AZURE_BATCH_KEY`, `OCI_CLI_KEY_CONTENT`. */
const CLOUD_KEY = /^AZURE_(?:\w+_)?KEYS?$|_KEY_CONTENT$/;

/** Words that mean a credential only where nothing follows: `DB_PASS`, not `PASS_THROUGH`. */
const LAST_WORD = new Set(['BEARER', 'PASS', 'PWD', 'PSW']);

/** The names of the working directory in shells, which know no other spelling: `pwd` is a password. */
const SHELL_NAMES = new Set(['PWD', 'OLDPWD']);

/** Last words by which a name speaks about a credential, or where to find it, instead of holding it. */
const ABOUT = new Set(
  (
    'ALGORITHM ALG ARN ATTRIBUTE AUDIENCE BACKEND BYTES CLAIM CLASS COUNT DAYS DIR DIRECTORY DISABLED DURATION ENABLED ' +
    'ENDPOINT ENGINE EXPIRATION EXPIRES EXPIRY FIELD FILE FILENAME FORMAT HEADER HOST HOURS ID IDS INTERVAL ISSUER ' +
    'KEYNAME LABEL LENGTH LIFESPAN LIFETIME LIMIT LOCATION MANAGER MAX METHOD MIN MINUTES MODE MOUNT NAME NAMES NAMESPACE ' +
    'PATH POLICY PORT PREFIX PROVIDER REF REFERENCE REGEX REGION REQUIRED RETRIES ROTATION SCHEME SCOPE SCOPES SECONDS ' +
    'SELECTOR SERVICE SIZE STORE STRATEGY SUFFIX TIMEOUT TTL TYPE URI URL USER USERNAME VALIDITY VERSION'
  ).split(' '),
);

/** Whether an environment variable of this name likely holds a credential, by its words. */
export function soundsLikeCredential(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (SHELL_NAMES.has(name) || ABOUT.has(last)) return false;
  const joined = words.join('_');
  if (/PUBLIC_?KEY/.test(joined)) return false;
  if (CREDENTIAL_KEY.test(joined) || CLOUD_KEY.test(joined) || LAST_WORD.has(last)) return true;
  return words.some((word) => CREDENTIAL_WORD.test(word));
}

/** `dbPassword`, `db-password` and `DB_PASSWORD` are the same two words. Digits at the end only number them. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}
