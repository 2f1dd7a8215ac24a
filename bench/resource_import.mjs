// 100,000 organisations through `sangu import organisations`: mapping, check, journalled run, and undo.
//
//   node bench/resource_import.mjs <build directory> [rows] [database URL]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [build, rows = 100_000, given] = process.argv.slice(2);
const binary = join(build, "src", "app", "sangu");
const directory = mkdtempSync("/var/tmp/sangu-resource-import-");
const database = given ?? `sqlite:${join(directory, "sangu.db")}`;
const file = join(directory, "organisations.csv");

const kinds = ["企业", "university", "研究院", "bank"];
const lines = ["单位名称,类型,所在园区,网址,简介"];
for (let i = 0; i < Number(rows); ++i)
  lines.push(`第${i}号精密机械有限公司,${i % 4 === 2 ? "institute" : kinds[i % 4]},${["changsha", "zhuzhou", "湘潭"][i % 3]},https://example.org/${i},主营产品为精密零件与自动化装备第${i}号`);
writeFileSync(file, lines.join("\n") + "\n");

const sangu = (words) => {
  const begin = process.hrtime.bigint();
  const done = spawnSync(binary, [...words, "--database", database, "--log-level", "error"], { encoding: "utf8", maxBuffer: 64 << 20 });
  return { ms: Number(process.hrtime.bigint() - begin) / 1e6, ...done };
};

try {
  execFileSync(binary, ["migrate", "--database", database], { stdio: "ignore" });
  const columns = ["单位名称=name", "类型=kind", "所在园区=place_id", "网址=website", "简介=introduction"].flatMap((one) => ["--map", one]);
  const start = sangu(["import", "organisations", file, ...columns, "--dry-run"]);
  if (start.status !== 0) throw new Error(start.stdout + start.stderr);
  const done = sangu(["import", "organisations", file, ...columns, "--json"]);
  if (done.status !== 0) throw new Error(done.stdout + done.stderr);
  const report = JSON.parse(done.stdout);
  const undone = sangu(["import", "organisations", "--undo", report.import]);
  const speed = (ms) => Math.round(Number(rows) / (ms / 1000)).toLocaleString("en");
  console.log(`${rows} organisations (${(statSync(file).size / 1e6).toFixed(1)} MB CSV): check ${start.ms.toFixed(0)} ms, check and run ` +
    `${done.ms.toFixed(0)} ms (${speed(done.ms)} rows/s), run alone ${speed(done.ms - start.ms)} rows/s, undo ${undone.ms.toFixed(0)} ms (${speed(undone.ms)} rows/s)`);
  console.log(undone.stdout.trim());
} finally {
  rmSync(directory, { recursive: true, force: true });
}
