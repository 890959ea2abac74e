/** Saves one long conversation again and again until it is killed; prints a line after each save. Arguments: folder, length. */
import { openStore, talk } from "./support";

async function main(folder: string, length: number): Promise<void> {
  const { store } = openStore(folder);
  for (let count = 0; ; count++) {
    const data = talk("a");
    const [first] = data.exchanges;
    if (first !== undefined) {
      const text = String(count % 10).repeat(length);
      await store.save({ ...data, exchanges: [{ ...first, answer: { ...first.answer, text } }] });
    }
    console.log(count);
  }
}

const [folder = "", length = "0"] = process.argv.slice(2);
void main(folder, Number(length));
