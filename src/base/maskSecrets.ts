/** Takes secrets out of text that leaves by the user's hand: keys of known shapes, and values that are named as secrets. Pure. */

const MASK = "***";

/** The shapes that the issuers document, each whole. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bhf_[A-Za-z0-9]{16,}/g,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{35}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
];

/** `password = "…"`, `"apiKey": "…"`, `TOKEN=…`; the name stays, the value goes. */
const NAMED =
  /((?:api[_-]?key|access[_-]?key|secret|token|passw(?:or)?d|passphrase|credentials?)\w*["']?\s*[:=]\s*)(["'`])([^"'`\n]{4,})\2/gi;
const ASSIGNED = /^(\s*(?:export\s+)?[A-Z0-9_]*(?:KEY|SECRET|TOKEN|PASSWORD|PASSWD)[A-Z0-9_]*=)(?!["'`\s])(\S{4,})/gm;
const BEARER = /(\bBearer\s+)[\w.~+/-]{8,}=*/gi;
const IN_ADDRESS = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi;

export function maskSecrets(text: string): string {
  const masked = SHAPES.reduce((all, shape) => all.replace(shape, MASK), text);
  return masked
    .replace(NAMED, `$1$2${MASK}$2`)
    .replace(ASSIGNED, `$1${MASK}`)
    .replace(BEARER, `$1${MASK}`)
    .replace(IN_ADDRESS, `$1${MASK}`);
}
