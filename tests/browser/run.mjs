// Runs every *.test.mjs beside this file, or the ones named.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const named = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs") && (!named.length || named.some((one) => name.includes(one))));
const { status } = spawnSync(process.execPath, ["--test", "--test-reporter=spec", "--test-concurrency=1", ...files.sort().map((name) => join(here, name))], { stdio: "inherit" });
process.exit(status ?? 1);
