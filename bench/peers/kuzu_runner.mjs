// Kùzu.
import fs from "node:fs";
import { engineModule, serve } from "./serve.mjs";

const kuzu = engineModule("kuzu");

const BUFFER_POOL_BYTES = 6 * 1024 ** 3;

function connect(database, readOnly) {
  const opened = new kuzu.Database(database, BUFFER_POOL_BYTES, /*enableCompression=*/ true, readOnly);
  return [opened, new kuzu.Connection(opened)];
}

// "MunitionType" -> "munition_type", "USED_BY" -> "used_by"
const fileOf = (table) => table.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();

async function load(data, databaseFile) {
  const [database, connection] = connect(databaseFile, false);
  const tables = fs.readFileSync(new URL("tables.cypher", import.meta.url), "utf8");
  const statements = [...tables.matchAll(/CREATE \w+ TABLE (\w+)\(.*\);/g)];
  for (const [create] of statements) connection.querySync(create).close();
  for (const [, table] of statements) {
    connection.querySync(`COPY ${table} FROM "${data}/peers/${fileOf(table)}.csv" (HEADER=true)`).close();
  }
  connection.querySync("CHECKPOINT").close();
  connection.closeSync();
  database.closeSync();
}

async function open(databaseFile) {
  const [database, connection] = connect(databaseFile, true);
  const prepared = new Map();
  return {
    database,  // lives as long as the connection
    async prepare(text) {
      if (!prepared.has(text)) {
        const statement = connection.prepareSync(text);
        if (!statement.isSuccess()) throw Error(statement.getErrorMessage());
        prepared.set(text, statement);
      }
      return prepared.get(text);
    },
    async run(query, parameters, limitMs) {
      connection.setQueryTimeout(Math.max(1, Math.ceil(limitMs)));
      const result = connection.executeSync(query, parameters);
      const rows = result.getAllSync().map(Object.values);
      result.close();
      return rows;
    },
  };
}

await serve({ load, open });
