/** `npm run fetch:models`: fetches the sample models and says where they are. */
import { runCli } from "./cli";
import { fetchTinyLlama, tinyCodeModelPath } from "./fetch/sampleModels";

runCli(async () => {
  console.log(`completion: ${tinyCodeModelPath}`);
  console.log(`chat: ${await fetchTinyLlama()}`);
  return 0;
});
