/** Which of the known names somebody meant who wrote another one. */
import { editDistance } from "./editDistance";

/** Known names that are close to a written one, the closest first; those that it begins count too. Case does not matter. */
export function nearestNames(written: string, known: readonly string[], most = 3): readonly string[] {
  const wanted = written.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return known
    .map((name) => ({ name, distance: distanceTo(name.toLowerCase(), wanted, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
}

function distanceTo(name: string, wanted: string, limit: number): number {
  const isBeginning = wanted.length > 1 && (name.startsWith(wanted) || wanted.startsWith(name));
  return isBeginning ? Math.min(limit, Math.abs(name.length - wanted.length)) : editDistance(name, wanted, limit);
}
