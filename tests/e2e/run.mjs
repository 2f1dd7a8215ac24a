// node run.mjs sqlite|postgres [suite…]: runs the suites beside this file (or the .test.mjs files of another folder
// given by --folder) against the binary in SANGU_BINARY. Starts a PostgreSQL of its own when one is needed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startPostgres } from "./lib.mjs";

const words = process.argv.slice(2);
const at = words.indexOf("--folder");
const folder = at < 0 ? dirname(fileURLToPath(import.meta.url)) : resolve(words.splice(at, 2)[1]);
const [kind, ...named] = words;
if (!["sqlite", "postgres"].includes(kind)) {
  console.error("usage: node run.mjs sqlite|postgres [--folder FOLDER] [suite…]");
  process.exit(2);
}

let own = null;
if (kind === "postgres" && !process.env.SANGU_TEST_POSTGRES) {
  own = await startPostgres();
  if (!own) {
    console.error("PostgreSQL is not installed: skipped");
    process.exit(77);
  }
}
// One key file for servers and commands, whatever folder they are started in.
const keys = mkdtempSync(join(tmpdir(), "sangu-keys-"));
const env = { ...process.env, SANGU_E2E_DATABASE: kind, ...(kind === "postgres" && { SANGU_KEY_FILE: join(keys, "sangu.key") }), ...(own && { SANGU_TEST_POSTGRES: own.url("postgres") }) };
const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs") && (!named.length || named.some((one) => name.startsWith(one))));
const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=2", "--test-reporter=spec", ...files.sort().map((name) => join(folder, name))], { stdio: "inherit", env });
await own?.stop();
rmSync(keys, { recursive: true, force: true });
process.exit(status ?? 1);
