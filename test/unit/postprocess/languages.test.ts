import assert from "node:assert/strict";
import { postprocess } from "../../../src/postprocess/pipeline";
import { completionContext } from "../../../src/server/completionShape";

/** Idiomatic code of languages that this project is not written in. */
const SAMPLES: Readonly<Record<string, string>> = {
  python: `
@dataclass
class Account:
    """Money of one owner."""

    owner: str
    balance: Decimal = Decimal(0)

    def withdraw(self, amount: Decimal) -> None:
        if amount > self.balance:
            raise ValueError(
                f"{self.owner} has only {self.balance}"
            )
        elif amount == 0:
            return
        try:
            self.balance -= amount
        except ArithmeticError as error:
            log.error("no: %s", error)
        else:
            log.info("ok")
`,
  ruby: `
class Account
  attr_reader :owner, :balance

  def withdraw(amount)
    raise ArgumentError, "too much" if amount > @balance
    @history.each do |entry|
      puts entry
    end
    case amount
    when 0 then nil
    else
      @balance -= amount
    end
  end
end
`,
  go: `
type Account struct {
	Owner   string
	Balance int64
}

func (a *Account) Withdraw(amount int64) error {
	if amount > a.Balance {
		return fmt.Errorf("%s has only %d", a.Owner, a.Balance)
	}
	switch {
	case amount == 0:
		return nil
	default:
		a.Balance -= amount
	}
	for i, entry := range a.history {
		log.Println(i, entry)
	}
	return nil
}
`,
  java: `
public final class Account {
    private final String owner;

    @Override
    public String toString() {
        return String.format("%s: %d", owner, balance);
    }

    public void withdraw(long amount) {
        if (amount > balance) {
            throw new IllegalArgumentException("only " + balance);
        } else if (amount == 0) {
            return;
        }
        history.stream()
            .filter(entry -> entry.amount() > 0)
            .forEach(entry -> {
                System.out.println(entry);
            });
    }
}
`,
  csharp: `
public class Account
{
    [Fact]
    public void Withdraws()
    {
        Assert.Equal(1, account.Balance);
    }

    [Fact]
    public void Refuses()
    {
        Assert.Throws<Refused>(() => account.Withdraw(2));
    }
}
`,
  rust: `
#[derive(Debug, Clone)]
pub struct Account {
    owner: String,
    balance: u64,
}

impl Account {
    pub fn withdraw(&mut self, amount: u64) -> Result<(), Refused> {
        match self.balance.checked_sub(amount) {
            Some(rest) => {
                self.balance = rest;
                Ok(())
            }
            None => Err(Refused { only: self.balance }),
        }
    }
}
`,
  html: `
<main class="account">
  <h1>Account</h1>
  <ul>
    <li><a href="/first">First</a></li>
    <li><a href="/second">Second</a></li>
  </ul>
  <form method="post">
    <input type="number" name="amount" />
    <button type="submit">Withdraw</button>
  </form>
</main>
`,
  css: `
.account > h1 {
  margin: 0 auto;
  color: var(--accent);
}

.account ul,
.account form {
  display: grid;
  grid-template-columns: 1fr 2fr;
}

@media (max-width: 40rem) {
  .account form {
    display: block;
  }
}
`,
  shellscript: `
#!/bin/sh
# skip where there is nothing
if [ ! -d "$1" ]; then
  echo "no folder: $1" >&2
  exit 1
fi

files=$(ls "$1")
for file in $files; do
  case "$file" in
    *.txt) cat "$1/$file" ;;
    *) continue ;;
  esac
done
`,
  yaml: `
on:
  push:
    branches: [main]
output:
  format: table
jobs:
  test:
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - run: npm test
`,
  lua: `
local function withdraw(account, amount)
  if amount > account.balance then
    error("only " .. account.balance)
  end
  for i, entry in ipairs(account.history) do
    print(i, entry)
  end
  return account.balance - amount
end
`,
  cpp: `
struct Account {
    std::string owner;
    int64_t     balance = 0;

    void withdraw(int64_t amount) {
        if (amount > balance) {
            throw std::invalid_argument("only " + std::to_string(balance));
        }
        for (const auto & entry : history) {
            std::cout << entry << "\\n";
        }
        /* what is left */
        balance -= amount;
    }
};
`,
};

suite("completion filters leave good code of many languages alone", () => {
  for (const [languageId, sample] of Object.entries(SAMPLES)) {
    test(languageId, () => {
      const lines = sample.trim().split("\n");
      const damaged = lines.flatMap((line, index) => {
        const indent = line.length - line.trimStart().length;
        const middle = indent + Math.ceil((line.length - indent) / 2);
        const ends = new Set([index + 1, endOfBlock(lines, index)]);
        return line.trim() === ""
          ? []
          : [indent, middle].flatMap((column) => [...ends].flatMap((end) => damageOf(lines, index, column, end)));
      });
      assert.deepEqual(damaged, []);
    });
  }

  /** What the filters make of the code between a column of a line and the end of another, where it is not the same. */
  function damageOf(lines: readonly string[], first: number, column: number, end: number): object[] {
    const line = lines[first] ?? "";
    if (end > first + 1 && column > line.length - line.trimStart().length) {
      return []; // the rest of a line and the block below it: only where it is one statement
    }
    const code = [line.slice(column), ...lines.slice(first + 1, end)].join("\n");
    const prefix = [...lines.slice(0, first), line.slice(0, column)].join("\n");
    const suffix = `\n${lines.slice(end).join("\n")}`;
    const languageId = Object.entries(SAMPLES).find(([, sample]) => sample.trim() === lines.join("\n"))?.[0] ?? "";
    const { text, replaceSuffixChars } = postprocess(
      code,
      completionContext({ languageId, prefix, suffix, heldBack: "" }),
    );
    return text === code && replaceSuffixChars === 0 ? [] : [{ line: first + 1, code, text, replaceSuffixChars }];
  }
});

/** The lines from one on that are as deep or deeper, up to a blank line. */
function endOfBlock(lines: readonly string[], first: number): number {
  const depth = (line: string): number => line.length - line.trimStart().length;
  const length = lines.slice(first + 1).findIndex((line) => line.trim() === "" || depth(line) < depth(lines[first]!));
  return length < 0 ? lines.length : first + 1 + length;
}
