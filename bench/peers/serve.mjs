// What the runners in JavaScript have in common: the three modes, and reading commands. README.md says what a runner
// is asked and answers.
import { createRequire } from "node:module";
import readline from "node:readline";

// The engines are installed below the build folder, where an import from here would not look.
const installed = process.env.BENCH_PEERS_DIRECTORY;
export const engineModule = createRequire(installed ? `${installed}/` : import.meta.url);

const now = () => Number(process.hrtime.bigint()) / 1e6;

// Integers come as BigInt from the engines.
const toJson = (value) =>
  JSON.stringify(value, (_, field) => (typeof field === "bigint" ? Number(field) : field));

async function runAll(engine, command) {
  const response = { times_ms: [], answers: [], error: null };
  try {
    const query = await engine.prepare(command.text);
    const ends = now() + command.limit_ms;
    for (const parameters of command.parameters) {
      const start = now();
      if (start > ends) break;
      const rows = await engine.run(query, parameters, ends - start);
      response.times_ms.push(now() - start);
      if (command.answers) response.answers.push(rows);
    }
  } catch (error) {
    response.error = String(error.message ?? error).slice(0, 500);
  }
  return response;
}

// `load(data, database)` comes back when all is durable; `open(database)` gives an object with `prepare(text)` and
// `run(query, parameters, limitMs)`, which gives rows as arrays.
export async function serve({ load, open }) {
  const [mode, ...places] = process.argv.slice(2);
  if (mode === "load") {
    const start = now();
    await load(...places);
    console.log(toJson({ seconds: (now() - start) / 1000 }));
    process.exit(0);
  }
  const commands = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await commands.next();
    return done ? null : JSON.parse(value);
  };
  if (mode === "open") {
    const command = await next();
    const start = now();
    const response = await runAll(await open(...places), command);
    console.log(toJson({ ...response, open_ms: now() - start }));
    process.exit(0);
  }
  const engine = await open(...places);
  for (let command = await next(); command !== null; command = await next()) {
    console.log(toJson(await runAll(engine, command)));
  }
  process.exit(0);
}
