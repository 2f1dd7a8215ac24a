// 100,000 observations through `sangu import observations`, with validation, beside SQLite alone storing the same rows
// with the same indexes in one transaction. Interleaved rounds, medians, and the most memory the import ever held.
//
//   node bench/import.mjs <build directory> [rows] [rounds]
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [build, rows = 100_000, rounds = 3] = process.argv.slice(2);
const binary = join(build, "src", "app", "sangu");
const directory = mkdtempSync("/var/tmp/sangu-import-");
const file = join(directory, "observations.csv");
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const lines = ["indicator,place,period,vintage,value,unit,source,status,approximate"];
for (let i = 0; i < Number(rows); ++i) {
  const step = i >> 2;
  const day = new Date(Date.UTC(2017, 0, 1 + (step % 3000))).toISOString().slice(0, 10);
  lines.push(`I01,${["zone", "changsha", "zhuzhou", "xiangtan"][i & 3]},${1990 + Math.floor(step / 3000)},${day},${i % 997},个,SEED,reported,false`);
}
writeFileSync(file, lines.join("\n") + "\n");

/** Runs the import; gives { ms, megabytes } with the high-water mark of the process's memory. */
function importOnce(database, table) {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(binary, ["import", "observations", table, "--database", `sqlite:${database}`, "--log-level", "error"], { stdio: "ignore" });
    let kilobytes = 0;
    const look = setInterval(() => {
      try {
        kilobytes = Math.max(kilobytes, Number(readFileSync(`/proc/${child.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)?.[1] ?? 0));
      } catch {
        // it has just ended
      }
    }, 5);
    child.once("exit", (code) => {
      clearInterval(look);
      if (code !== 0) return reject(new Error(`the import ended with ${code}`));
      resolve({ ms: Number(process.hrtime.bigint() - begin) / 1e6, megabytes: kilobytes / 1024 });
    });
  });
}

try {
  const sangu = [], bare = [], memory = [];
  for (let round = 0; round < Number(rounds); ++round) {
    const database = join(directory, `sangu-${round}.db`);
    execFileSync(binary, ["migrate", "--database", `sqlite:${database}`], { stdio: "ignore" });
    // A dry run first, so that the plan's own tables are there and only the import is measured.
    const small = join(directory, "small.csv");
    writeFileSync(small, lines.slice(0, 2).join("\n") + "\n");
    execFileSync(binary, ["import", "observations", small, "--dry-run", "--database", `sqlite:${database}`], { stdio: "ignore" });
    const took = await importOnce(database, file);
    sangu.push(took.ms);
    memory.push(took.megabytes);
    bare.push(Number(execFileSync(join(build, "bench", "peers", "bare_insert", "peer_bare_insert"), [database, join(directory, `bare-${round}.db`), "indicators_observation"])));
  }
  const ratio = median(bare) / median(sangu);
  console.log(`import of ${rows} rows (${(statSync(file).size / 1e6).toFixed(1)} MB CSV): sangu ${median(sangu).toFixed(0)} ms, bare SQLite ${median(bare).toFixed(0)} ms, ` +
    `${ratio.toFixed(2)} of its speed; most memory ${Math.max(...memory).toFixed(0)} MB`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
