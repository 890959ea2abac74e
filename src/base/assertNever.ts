/** Ends a switch over a union: a variant that was forgotten becomes a type error here. */
export function assertNever(value: never): never {
  throw new Error(`unhandled variant: ${JSON.stringify(value)}`);
}
