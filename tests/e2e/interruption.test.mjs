// A process killed in the middle of an import and a disk that is full: everything or nothing, in words, and on again.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { Sangu, api, assertProblem, assertWhole, binary, headingOf, kind, newDatabase, run, sleep, startSangu, textOf } from "./lib.mjs";

const rows = 20_000;
function figures() {
  const lines = ["indicator,place,period,vintage,value,unit,source,status,approximate"];
  const places = ["zone", "changsha", "zhuzhou", "xiangtan"];
  for (let i = 0; i < rows; ++i) {
    const day = new Date(Date.UTC(2017, 0, 1 + (Math.floor(i / 4) % 3000))).toISOString().slice(0, 10);
    lines.push(`I01,${places[i % 4]},${1990 + Math.floor(i / 12_000)},${day},${i % 997},个,SEED,reported,false`);
  }
  return lines.join("\n") + "\n";
}

describe(`interruptions (${kind})`, () => {
  let sangu, directory, file;
  const stored = async () => Number((await sangu.database.sql("select count(*) from indicators_observation where indicator = 'I01' and vintage >= '2017-01-01' and place in ('zone', 'changsha', 'zhuzhou', 'xiangtan') and value < 997 and period < '2000'"))[0][0]);
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "sangu-interruption-"));
    file = join(directory, "figures.csv");
    writeFileSync(file, figures());
    sangu = await startSangu();
  });
  after(async () => {
    await sangu?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const gone = async () => {
    // The database server notices a client that is gone a moment later.
    for (let i = 0; i < 100 && kind === "postgres"; ++i) {
      const [[busy]] = await sangu.database.sql("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'");
      if (busy === "0") break;
      await sleep(50);
    }
  };
  const waiting = async () => Number((await sangu.database.sql("select count(*) from kernel_import where state = 'waiting'"))[0][0]);
  /** Starts a command, kills it after `wait` ms; true when it was met at work. */
  const killed = async (args, wait) => {
    const child = spawn(binary, [...args, "--database", sangu.database.url], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
    await Promise.race([sleep(wait), ended]);
    child.kill("SIGKILL");
    const met = (await ended) !== 0;
    await gone();
    return met;
  };

  /** Forgets the figures, so that the file may be imported again. */
  const forgotten = async () => {
    await sangu.database.sql("delete from indicators_observation where period < '2000' and indicator = 'I01'");
    await sangu.database.sql("delete from indicators_import where file_name = 'figures.csv'");
  };
  const acts = async () => Number((await sangu.database.sql("select count(*) from kernel_audit where action = 'indicators.imported' and details like '%figures.csv%'"))[0][0]);
  /** Waits until the file is kept, however fast this machine is. */
  const kept = async () => {
    for (let i = 0; i < 400 && !(await waiting()); ++i) await sleep(10);
  };
  /** An import that was met between keeping its file and storing its rows. */
  const interrupted = async () => {
    for (let i = 0; i < 20; ++i) {
      const child = spawn(binary, ["import", "observations", file, "--database", sangu.database.url], { stdio: "ignore" });
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await Promise.race([kept(), ended]);
      child.kill("SIGKILL");
      await ended;
      await gone();
      if (await waiting()) return;
      await forgotten();
    }
    assert.fail("no import was met in the middle");
  };

  test("an import killed at any moment left nothing by half and is resumed, once", async () => {
    for (const wait of [60, 150, 250, 400]) {
      await killed(["import", "observations", file], wait);
      const left = await stored();
      assert.ok(left === 0 || left === rows, `${left} of ${rows} rows`);
      assert.ok((await waiting()) <= 1, "the same file waits once, however often it was begun");
      await assertWhole(sangu);
      if (left === rows) await forgotten(); // it was faster
    }
    await interrupted();
    assert.equal(await stored(), 0);
    const acted = await acts();
    await killed(["import", "--resume"], 250); // and its resumption is killed too
    const half = await stored();
    assert.ok(half === 0 || half === rows, `${half} of ${rows} rows`);
    const done = await sangu.cli(["import", "--resume", "--json"]);
    assert.equal(done.code, 0, done.err);
    assert.equal(await stored(), rows);
    assert.equal(await waiting(), 0);
    const nothing = await sangu.cli(["import", "--resume"]);
    assert.equal(nothing.code, 0, nothing.err);
    assert.match(nothing.out, /no import waits/);
    const again = await sangu.cli(["import", "observations", file, "--json"]);
    assert.equal(again.code, 0, again.err);
    assert.equal(await stored(), rows, "the same file twice is stored once");
    assert.equal(await acts(), acted + 1, "one act, however often it was begun");
    await assertWhole(sangu);
  });

  test("two resumptions at the same moment store the file once", async () => {
    await forgotten();
    await interrupted();
    const both = await Promise.all([sangu.cli(["import", "--resume"]), sangu.cli(["import", "--resume"])]);
    assert.ok(both.some((one) => one.code === 0), both.map((one) => one.err).join());
    assert.equal(await stored(), rows);
    assert.equal(await waiting(), 0);
    await assertWhole(sangu);
  });

  test("a server killed while it stores an upload: all or nothing, and one click goes on", async () => {
    let shown = null;
    for (let i = 0; i < 10; ++i) {
      await forgotten();
      const officer = await sangu.as("demo.zone");
      const cut = officer.upload("/figures/import", "figures.csv", figures(), { kind: "observations", mode: "store" }).catch(() => null);
      await Promise.race([kept(), cut]);
      await sangu.kill();
      await cut;
      await gone();
      await sangu.start();
      const left = await stored();
      assert.ok(left === 0 || left === rows, `${left} of ${rows} rows`);
      if (left !== 0 || !(await waiting())) continue;
      const again = await sangu.as("demo.zone");
      shown = await again.form("/figures/import", (one) => "resume" in one.fields);
      const page = await again.submit(shown, {});
      assert.equal(page.status, 200, textOf(page.html).slice(0, 600));
      assert.equal(await stored(), rows);
      assert.equal(await waiting(), 0);
      assert.equal((await again.submit(shown, {})).status, 409, "a second click stores nothing twice");
      assert.equal(await stored(), rows);
      const [[state]] = await sangu.database.sql("select min(state) || max(state) from indicators_observation where period < '2000' and indicator = 'I01' and vintage >= '2017-01-01'");
      assert.equal(state, "submittedsubmitted", "it is still the act of the person who began it");
      break;
    }
    assert.ok(shown, "no upload was met between its storing and its import");
    await assertWhole(sangu);
  });
});

describe("a full disk (sqlite)", { skip: kind !== "sqlite" && "the database server has its own disk" }, () => {
  let sangu, directory, token, officer;
  const mounted = async (command) => (await run(...command)).code === 0;
  const create = (name, extra = {}) => api(sangu.address, token, "POST", "/api/v1/organisations", { body: { name, kind: "bank", ...extra } });

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "sangu-full-"));
    if (!(await mounted(["mount", ["-t", "tmpfs", "-o", "size=24m", "none", directory]]))) return;
    sangu = await new Sangu(await newDatabase({ kind: "sqlite", in_directory: directory })).start();
    officer = await sangu.as("demo.zone");
    token = await officer.token(["registry.organisation.edit"]);
  });
  after(async () => {
    await sangu?.stop();
    await run("umount", [directory]);
    rmSync(directory, { recursive: true, force: true });
  });

  test("writes are refused with 507 in words, reading goes on, nothing is lost, and it works again with space", async (t) => {
    if (!sangu) return t.skip("a small file system cannot be mounted here");
    const kept = [];
    for (let i = 0; i < 20; ++i) kept.push((await create(`满盘之前 ${i}`)).json.id);
    const form = await officer.form("/organisations/new");
    const ballast = join(directory, "ballast");
    await run("dd", ["if=/dev/zero", `of=${ballast}`, "bs=64k"]);

    let refused = null;
    for (let i = 0; i < 200 && !refused; ++i) {
      const reply = await create(`满盘之时 ${i}`, { introduction: "长".repeat(1000) });
      if (reply.status === 201) kept.push(reply.json.id);
      else refused = reply;
    }
    assert.ok(refused, "the disk never was full");
    assertProblem(refused, 507, "error.storage_full");
    const page = await officer.submit(form, { name: "打字打了很久" });
    assert.equal(page.status, 507, headingOf(page.html));
    assert.match(textOf(page.html), /\p{Script=Han}/u);
    assert.equal((await officer.go("/organisations")).status, 200, "pages are still shown");
    assert.equal((await sangu.browser().go("/")).status, 200);
    assert.equal(await (await fetch(sangu.address + "/healthz")).text(), "ok\n");

    rmSync(ballast);
    const again = await officer.submit(form, { name: "打字打了很久" });
    assert.equal(again.status, 200, "the same form, once there is space");
    assert.equal(headingOf(again.html), "打字打了很久");
    const after_all = await create("满盘之后");
    assert.equal(after_all.status, 201, after_all.text);
    for (const id of [...kept, after_all.json.id]) assert.equal((await api(sangu.address, token, "GET", `/api/v1/organisations/${id}`)).status, 200);
    await assertWhole(sangu);
  });

  test("a server started again after a full disk has everything", async (t) => {
    if (!sangu) return t.skip("a small file system cannot be mounted here");
    const [[before_all]] = await sangu.database.sql("select count(*) from registry_organisation");
    await sangu.kill();
    await sangu.start();
    const [[now]] = await sangu.database.sql("select count(*) from registry_organisation");
    assert.equal(now, before_all);
    await assertWhole(sangu);
  });
});
