/** Reading JSON of others without trusting its shape. */

/** The named property, or undefined where the value is no object or has none. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const found: unknown = Reflect.get(value, name);
  return found;
}

/** undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return undefined; // the callers treat text that is no JSON as an empty answer
  }
}
