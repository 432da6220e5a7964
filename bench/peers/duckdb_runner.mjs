// DuckDB. Each edge table is sorted as its queries look it up, so that blocks that cannot match are passed over.
import fs from "node:fs";
import { engineModule, serve } from "./serve.mjs";

const { DuckDBInstance } = engineModule("@duckdb/node-api");

const SORTED = {
  transferred: "src, dst",
  used_by: "src, dst",
  holds: "src, dst",
  voted: "dst, src",
  made: "src, dst",
  about: "dst, src",
  cites: "src, dst",
};
const INDEXES = ["UNIQUE INDEX actor_id ON actor(id)", "INDEX actor_key ON actor(key)", "INDEX sender ON transferred(src)"];

async function load(data, database) {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  const tables = fs.readFileSync(new URL("tables.sql", import.meta.url), "utf8");
  for (const [create, table, columns] of tables.matchAll(/CREATE TABLE (\w+)\((.*)\)/g)) {
    const types = columns.split(", ").map((column) => column.replace(/(\w+) (\w+)/, "'$1': '$2'"));
    const order = table in SORTED ? `ORDER BY ${SORTED[table]}` : "";
    await connection.run(create);
    await connection.run(
      `INSERT INTO ${table} SELECT * FROM read_csv('${data}/peers/${table}.csv',
         header = false, skip = 1, columns = {${types}}) ${order}`);
  }
  for (const index of INDEXES) await connection.run(`CREATE ${index}`);
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
}

async function open(database) {
  const instance = await DuckDBInstance.create(database, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const prepared = new Map();
  return {
    async prepare(text) {
      // :name is SQLite's; a cast as in x::INTEGER is none.
      const own = text.replace(/(?<!:):(\w+)/g, "$$$1");
      if (!prepared.has(own)) prepared.set(own, await connection.prepare(own));
      return prepared.get(own);
    },
    async run(query, parameters, limitMs) {
      const bound = Object.entries(parameters).map(([name, value]) =>
        [name, typeof value === "number" ? BigInt(value) : value]);
      if (bound.length > 0) query.bind(Object.fromEntries(bound));
      const watch = setTimeout(() => connection.interrupt(), limitMs);
      try {
        return (await query.runAndReadAll()).getRows();
      } finally {
        clearTimeout(watch);
      }
    },
  };
}

await serve({ load, open });
