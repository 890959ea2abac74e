/** Files that look as if they held secrets: never a source of context, whatever the settings say. */

const NAMES =
  /^(?:\.env(?:\..*)?|.*\.env|\.envrc|\.netrc|_netrc|\.npmrc|\.pypirc|\.pgpass|\.htpasswd|\.git-credentials|\.dockercfg|id_(?:rsa|dsa|ecdsa|ed25519).*|.*\.(?:pem|key|p12|pfx|ppk|jks|keystore|kdbx|asc|gpg|tfstate|tfvars))$/i;
const WORDS = /(?:^|[._-])(?:credentials?|secrets?|passwords?|service[._-]?account|private[._-]?key)(?:[._-]|$)/i;
/** A module named `secrets.ts` is code about secrets; a file of data with this name holds them. */
const CODE = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|cpp|cc|c|h|hpp|swift|php|scala|ex|exs|md)$/i;
const FOLDERS = /(?:^|\/)(?:\.ssh|\.aws|\.gnupg|\.kube|\.docker)\//;

/** Takes a path with slashes. */
export function looksSecret(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return NAMES.test(name) || FOLDERS.test(path) || (WORDS.test(name) && !CODE.test(name));
}
