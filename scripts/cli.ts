/** How every script of ours ends: an exit code, and one readable line for the failures that are nobody's bug. */
import { FetchError } from "./fetch/fetchError";

/** What a person typed cannot be done; the message says why. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Runs a script's main function; its number becomes the exit code. */
export function runCli(main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof FetchError || error instanceof UsageError ? error.message : error);
      process.exitCode = 1;
    },
  );
}

/** The word after `--name`, or undefined. */
export function optionValue(args: readonly string[], name: string): string | undefined {
  const inline = args.find((arg) => arg.startsWith(`--${name}=`));
  if (inline !== undefined) {
    return inline.slice(name.length + 3);
  }
  const index = args.indexOf(`--${name}`);
  return index < 0 ? undefined : args[index + 1];
}
