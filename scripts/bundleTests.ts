/** `npm run compile:tests`: bundles the tests that run inside VS Code, for the launch configuration "Extension Tests". */
import { runCli } from "./cli";
import { bundleInHostTests } from "./test/bundle";

runCli(async () => {
  console.log(await bundleInHostTests());
  return 0;
});
