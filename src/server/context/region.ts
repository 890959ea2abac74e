/** A part of a document in which the user works for a while: what is chosen for it stays, for the sake of the KV cache. */

/** Lines from where a region was entered to where it ends. */
const REGION_LINES = 30;

export interface Region {
  readonly uri: string;
  /** Where it was entered. */
  readonly line: number;
}

export function isInRegion(region: Region, uri: string, line: number): boolean {
  return region.uri === uri && Math.abs(region.line - line) <= REGION_LINES;
}
