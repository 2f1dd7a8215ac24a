// Two servers on one PostgreSQL: they are one system.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Sangu, api, assertWhole, newDatabase, sleep } from "../e2e/lib.mjs";

const path = "/api/v1/organisations";

describe("two servers on one PostgreSQL", () => {
  let database, a, b, token;
  const create = (server, name) => api(server.address, token, "POST", path, { body: { name, kind: "bank" } });
  const within = async (ms, what) => {
    const begin = Date.now();
    while (Date.now() - begin < ms) {
      if (await what()) return Date.now() - begin;
      await sleep(50);
    }
    return null;
  };

  before(async () => {
    database = await newDatabase({ kind: "postgres" });
    a = await new Sangu(database).start();
    b = await new Sangu(database, { args: ["--demo"] }).start();
    token = await (await a.as("demo.zone")).token(["registry.organisation.edit"]);
  });
  after(async () => {
    await assertWhole(b);
    await a?.stop();
    await b?.stop();
    await database?.drop();
  });

  test("both may start at the same moment on an empty database", async () => {
    const empty = await newDatabase({ kind: "postgres" });
    const both = [new Sangu(empty, { args: [] }), new Sangu(empty, { args: [] })];
    await Promise.all(both.map((one) => one.start()));
    const [[twice]] = await empty.sql("select count(*) - count(distinct code) from registry_place");
    assert.equal(twice, "0");
    await Promise.all(both.map((one) => one.stop()));
    await empty.drop();
  });

  test("who signed in on one is known to the other, and out everywhere within five seconds", async () => {
    const browser = await a.as("demo.changsha");
    const elsewhere = b.browser();
    elsewhere.cookies = new Map(browser.cookies);
    assert.equal((await elsewhere.go("/account")).url, "/account");
    const form = await elsewhere.form("/organisations/new");
    const made = await elsewhere.submit(form, { name: "在乙服务器写的", place_id: (await database.sql("select id from registry_place where code = 'changsha'"))[0][0] });
    assert.equal(made.status, 200);
    const kept = new Map(browser.cookies);
    await browser.signOut();
    elsewhere.cookies = kept;
    const late = await within(5000, async () => {
      elsewhere.cookies = new Map(kept);
      return /^\/sign-in/.test((await elsewhere.go("/account")).url);
    });
    assert.notEqual(late, null, "still signed in on the other server");
  });

  test("a lockout on one holds on the other", async () => {
    const stranger = a.browser();
    for (let i = 0; i < 5; ++i) {
      const form = await stranger.form("/sign-in", (one) => one.action === "/sign-in");
      await stranger.submit(form, { login: "demo.zhuzhou", password: "wrong password" });
    }
    const other = b.browser();
    const form = await other.form("/sign-in", (one) => one.action === "/sign-in");
    await other.submit(form, { login: "demo.zhuzhou", password: a.people["demo.zhuzhou"] });
    assert.ok(!other.cookies.has("sangu_session"));
  });

  test("what one writes the other shows, also on pages it had in its cache", async () => {
    await (await b.browser().fetch("/organisations")).text();
    const made = await create(a, "甲服务器的机构");
    assert.equal(made.status, 201);
    const seen = await within(5000, async () => (await b.browser().go("/organisations?q=甲服务器")).html.includes("甲服务器的机构"));
    assert.notEqual(seen, null);
    assert.equal((await api(b.address, token, "GET", `${path}/${made.json.id}`)).status, 200);
  });

  test("one key sent to both servers at once is carried out once", async () => {
    const replies = await Promise.all(
      [a, b, a, b].map((server) => api(server.address, token, "POST", path, { body: { name: "同一把钥匙", kind: "bank" }, headers: { "idempotency-key": "both-servers-at-once" } })),
    );
    assert.deepEqual([...new Set(replies.map((one) => one.status))], [201]);
    assert.equal(new Set(replies.map((one) => one.json.id)).size, 1);
  });

  test("two editors on two servers: one wins, the other is told", async () => {
    const made = await create(a, "两台服务器同改");
    const replies = await Promise.all(
      [a, b].map((server, i) => api(server.address, token, "PATCH", `${path}/${made.json.id}`, { body: { name_en: `Editor ${i}` }, headers: { "if-match": made.headers.get("etag") } })),
    );
    assert.deepEqual(replies.map((one) => one.status).sort(), [200, 412]);
  });

  test("with writers on both, the feed has no holes, follows the commits, and the audit chain is whole", async () => {
    let watching = true;
    const watch = (async () => {
      // A reader that polls the feed must never see a number before a smaller one.
      let last = 0;
      while (watching) {
        const numbers = (await database.sql(`select sequence from kernel_event where sequence > ${last} order by sequence`)).flat().map(Number);
        numbers.forEach((number, i) => assert.equal(number, last + 1 + i, "an event became visible before an earlier one"));
        if (numbers.length) last = numbers.at(-1);
      }
      return last;
    })();
    const made = await Promise.all(Array.from({ length: 300 }, (_, i) => create(i % 2 ? a : b, `两边同写 ${i}`)));
    watching = false;
    assert.deepEqual([...new Set(made.map((one) => one.status))], [201]);
    assert.ok((await watch) > 0);
    await assertWhole(a);
    await assertWhole(b);
  });

  test("an event of one reaches the listeners of the other", async () => {
    const stop = new AbortController();
    const reply = await fetch(b.address + "/events", { signal: stop.signal });
    let text = "";
    const reading = (async () => {
      for await (const piece of reply.body) text += Buffer.from(piece).toString("utf8");
    })().catch(() => {});
    const made = await create(a, "隔壁的消息");
    const heard = await within(5000, () => text.includes(made.json.id));
    stop.abort();
    await reading;
    assert.notEqual(heard, null);
  });

  test("jobs run once, whoever takes them", async () => {
    const due = new Date().toISOString();
    const rows = Array.from({ length: 200 }, (_, i) => `('twice-${i}', 'kernel.clean', 'twice-${i}', '{}', 'waiting', '${due}', 0, 0, '')`);
    await database.sql(`insert into kernel_job (id, kind, key, payload, state, due, attempts, every_s, last_error) values ${rows.join(", ")}`);
    const open = async () => Number((await database.sql("select count(*) from kernel_job where id like 'twice-%' and state <> 'done'"))[0][0]);
    assert.notEqual(await within(30_000, async () => (await open()) === 0), null, "jobs are left");
    const [[least, most]] = await database.sql("select min(attempts), max(attempts) from kernel_job where id like 'twice-%'");
    assert.deepEqual([least, most], ["1", "1"]);
  });

  test("a server that is killed does not stop the other, and comes back", async () => {
    const writing = Array.from({ length: 40 }, (_, i) => create(i % 2 ? a : b, `被杀时写的 ${i}`).catch(() => null));
    await sleep(30);
    await a.kill();
    const after_kill = Date.now();
    const replies = await Promise.all(writing);
    assert.ok(replies.every((one, i) => i % 2 || one?.status === 201), "the other server's writes go on");
    for (const one of replies) if (one?.status === 201) assert.equal((await api(b.address, token, "GET", `${path}/${one.json.id}`)).status, 200, "acknowledged by the killed server");
    assert.equal((await create(b, "之后写的")).status, 201);
    assert.ok(Date.now() - after_kill < 15_000);
    a.args = ["--demo"];
    await a.start();
    assert.equal((await create(a, "回来之后")).status, 201);
  });
});
