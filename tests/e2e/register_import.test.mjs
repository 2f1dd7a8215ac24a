// An import of a register killed in the middle: what is stored is whole batches with their journal, others write meanwhile, a
// server finishes it, and undoing takes everything back.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { assertWhole, binary, kind, sleep, startSangu } from "./lib.mjs";

const rows = 20_000;
const characters = [..."岳麓湘江云帆星沙金鹰华菱梅溪洋湖远大博雅天心雨花"];
/** Names as different as those of a register are: four characters and a trade. */
const nameOf = (i) => [i, i / 24, i / 576, i / 13824].map((n) => characters[Math.floor(n * 7) % 24]).join("") + ["机械", "软件", "医药", "材料"][i % 4] + i;

describe(`register imports (${kind})`, () => {
  let sangu, directory, file;
  const one = async (sql) => (await sangu.database.sql(sql))[0];
  const imported = async () => Number((await one("select count(*) from registry_organisation where name like '批量%'"))[0]);
  const until = async (holds, what) => {
    for (let i = 0; i < 600; ++i) {
      if (await holds()) return;
      await sleep(200);
    }
    assert.fail(`${what} never happened`);
  };
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "sangu-register-import-"));
    file = join(directory, "register.csv");
    writeFileSync(file, "name,kind\n" + Array.from({ length: rows }, (_, i) => `批量${nameOf(i)},enterprise`).join("\n") + "\n");
    sangu = await startSangu();
  });
  after(async () => {
    await sangu?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test("killed in the middle it is whole batches, and a server finishes it while others write", async () => {
    const child = spawn(binary, ["import", "organisations", file, "--database", sangu.database.url], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await until(async () => Number((await one("select coalesce(max(created), 0) from kernel_table_import"))[0]) > 0, "the first batch");
    child.kill("SIGKILL");
    await ended;
    const [state, done, created] = await one("select state, rows_done, created from kernel_table_import");
    if (state === "running") {
      assert.ok(Number(done) < rows);
      assert.equal(await imported(), Number(created));
      assert.equal((await one("select count(*) from kernel_table_import_row"))[0], created);
    }
    await sangu.database.sql("update kernel_job set due = '2020-01-01T00:00:00.000Z' where kind = 'imports.work'");
    const officer = await sangu.as("demo.zone");
    let slowest = 0;
    for (let i = 0; i < 20; ++i) {
      const form = await officer.form("/organisations/new", (one) => one.action === "/organisations");
      const begin = Date.now();
      const page = await officer.submit(form, { name: `其间新建${i}`, kind: "bank" });
      slowest = Math.max(slowest, Date.now() - begin);
      assert.equal(page.status, 200);
    }
    assert.ok(slowest < 5000, `a single write waited ${slowest} ms`);
    await until(async () => (await one("select state from kernel_table_import"))[0] === "done", "the end");
    assert.equal(await imported(), rows);
    assert.equal((await one("select count(*) from kernel_table_import_row"))[0], String(rows));
    await assertWhole(sangu);
  });

  test("undone it is as if it had never been, but for the log", async () => {
    const [id] = await one("select id from kernel_table_import");
    const undone = await sangu.cli(["import", "organisations", "--undo", id]);
    assert.equal(undone.code, 0, undone.err);
    assert.match(undone.out, /20000 records taken back, 0 left/);
    assert.equal(await imported(), 0);
    await assertWhole(sangu);
  });
});
