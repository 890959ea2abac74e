/**
 * Property tests take the same cases in every run, so that what fails fails because of a change. `PROPERTY_SEED=random` looks
 * for new ones, and a number repeats those that fast-check has reported.
 */
import fc from "fast-check";

const seed = process.env["PROPERTY_SEED"] ?? "1";
if (seed !== "random") {
  fc.configureGlobal({ seed: Number(seed) });
}
