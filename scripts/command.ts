/** Starts other programs for the scripts and collects what they say. */
import { spawn } from "node:child_process";
import * as path from "node:path";

export const projectRoot = path.resolve(import.meta.dirname, "..");

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Let the program write to our own output instead of collecting it. */
  readonly inheritOutput?: boolean;
  /** For Windows' command files; the arguments are then quoted here. */
  readonly shell?: boolean;
}

export interface CommandResult {
  /** Exit code; -1 when the program could not be started, or was killed by a signal. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Never rejects: a program that cannot be started answers -1 and says why in stderr. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const out: string[] = [];
    const err: string[] = [];
    const quote = (word: string): string => (options.shell ? `"${word}"` : word);
    const child = spawn(quote(command), args.map(quote), {
      shell: options.shell ?? false,
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", options.inheritOutput ? "inherit" : "pipe", options.inheritOutput ? "inherit" : "pipe"],
    });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => out.push(text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => err.push(text));
    child.on("error", (error) => {
      resolve({ code: -1, stdout: out.join(""), stderr: error.message });
    });
    child.on("close", (code) => {
      resolve({ code: code ?? -1, stdout: out.join(""), stderr: err.join("") });
    });
  });
}

/** Runs npm with the same npm that runs us where there is one (`npm.cmd` cannot be spawned without a shell). */
export function runNpm(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const npmCli = process.env["npm_execpath"];
  const env = options.env ?? outerNpmEnvironment();
  if (npmCli !== undefined && path.basename(npmCli) === "npm-cli.js") {
    return runCommand(process.execPath, [npmCli, ...args], { ...options, env });
  }
  return runCommand("npm", args, { ...options, env, shell: process.platform === "win32" });
}

/** Our environment without what `npm run` adds for the script it runs: an npm in another folder must not see it. */
function outerNpmEnvironment(): NodeJS.ProcessEnv {
  const ofThisRun = /^(npm_(package|lifecycle)_|npm_config_local_prefix$|npm_command$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisRun.test(name)));
}
