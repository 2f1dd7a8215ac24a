// Two clicks, two editors, two programs: nothing is done twice and nothing is lost.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { api, assertProblem, assertWhole, formsOf, headingOf, kind, sleep, startSangu, textOf } from "./lib.mjs";

describe(`writing (${kind})`, () => {
  let sangu, token;
  const path = "/api/v1/organisations";
  const call = (method, address, options) => api(sangu.address, token, method, address, options);
  const count = async (name) => Number((await sangu.database.sql(`select count(*) from registry_organisation where name = '${name}'`))[0][0]);
  before(async () => {
    sangu = await startSangu();
    token = await (await sangu.as("demo.zone")).token(["registry.organisation.edit"]);
  });
  after(async () => {
    if (sangu) await assertWhole(sangu);
    await sangu?.close();
  });

  test("a double click makes one record, and both answers lead to it", async () => {
    const browser = await sangu.as("demo.zone");
    const form = await browser.form("/organisations/new");
    const replies = await Promise.all([1, 2, 3].map(() => browser.submitOnce(form, { name: "双击机构" })));
    const places = new Set(replies.map((one) => one.headers.get("location")?.split("?")[0]));
    assert.deepEqual(replies.map((one) => one.status), [303, 303, 303]);
    assert.equal(places.size, 1);
    assert.equal(await count("双击机构"), 1);
    const late = await browser.submitOnce(form, { name: "双击机构" });
    assert.equal(late.headers.get("location").split("?")[0], [...places][0]);
    assert.equal(await count("双击机构"), 1);
  });

  test("a lost connection: half a form stores nothing, and what was sent without an answer can be sent again", async () => {
    const browser = await sangu.as("demo.zone");
    const form = await browser.form("/organisations/new");
    const body = new URLSearchParams({ ...form.fields, name: "断线机构" }).toString();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    /** Sends the first `bytes` of the request's body and pulls the plug, without reading an answer. */
    const cutAfter = (bytes) =>
      new Promise((resolve) => {
        const line = connect(sangu.port, "127.0.0.1", () => {
          const head = [`POST ${form.action} HTTP/1.1`, `host: 127.0.0.1:${sangu.port}`, `cookie: ${cookie}`, "content-type: application/x-www-form-urlencoded", `content-length: ${Buffer.byteLength(body)}`];
          line.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, bytes)}`, () => line.destroy());
        });
        line.on("error", () => {});
        line.on("close", resolve);
      });
    await cutAfter(body.length - 10);
    await sleep(300);
    assert.equal(await count("断线机构"), 0);
    await cutAfter(body.length);
    await sleep(300);
    assert.ok((await count("断线机构")) <= 1);
    const again = await browser.submitOnce(form, { name: "断线机构" });
    assert.equal(again.status, 303);
    assert.match(again.headers.get("location"), /^\/organisations\/\w{26}/);
    assert.equal(await count("断线机构"), 1, "once, whether the first arrived or not");
  });

  test("a form refused for a mistake can be corrected and sent again", async () => {
    const browser = await sangu.as("demo.zone");
    const form = await browser.form("/organisations/new");
    const refused = await browser.submit(form, { name: "", name_en: "Kept" });
    assert.equal(refused.status, 422);
    assert.match(refused.html, /role="alert"|error-summary/);
    const again = { ...formsOf(refused.html).find((one) => one.action === form.action), page: refused };
    assert.equal(again.fields.name_en, "Kept");
    const done = await browser.submit(again, { name: "改好的机构" });
    assert.equal(headingOf(done.html), "改好的机构");
  });

  test("two editors of one record: the second sees both versions and loses nothing", async () => {
    const created = await call("POST", path, { body: { name: "两人同改", kind: "bank", introduction: "原来的介绍" } });
    const [first, second] = [await sangu.as("demo.zone"), await sangu.as("demo.zone")];
    const forms = [];
    for (const one of [first, second]) forms.push(await one.form(`/organisations/${created.json.id}/edit`, (form) => form.action.endsWith(created.json.id)));
    await first.submit(forms[0], { introduction: "第一位写的介绍" });
    const stale = await second.submit(forms[1], { introduction: "第二位写的介绍", name_en: "Second" });
    assert.equal(stale.status, 412, headingOf(stale.html));
    assert.ok(stale.html.includes("第一位写的介绍"), "the stored one is shown");
    const again = { ...formsOf(stale.html).find((one) => one.action === forms[1].action), page: stale };
    assert.equal(again.fields.introduction, "第二位写的介绍", "the typed one stays in the form");
    assert.equal(again.fields.name_en, "Second");
    assert.equal((await call("GET", `${path}/${created.json.id}`)).json.introduction, "第一位写的介绍");
    await second.submit(again);
    const stored = (await call("GET", `${path}/${created.json.id}`)).json;
    assert.equal(stored.introduction, "第二位写的介绍");
    assert.equal(stored.version, 3);
  });

  test("an Idempotency-Key: the same request is answered as before, another one with the key is refused", async () => {
    const key = randomUUID();
    const body = { name: "钥匙机构", kind: "bank" };
    const send = (what) => call("POST", path, { body: what, headers: { "idempotency-key": key } });
    const [first, beside] = await Promise.all([send(body), send(body)]);
    const again = await send(body);
    for (const one of [first, beside, again]) assert.equal(one.status, 201, one.text);
    assert.equal(new Set([first, beside, again].map((one) => one.json.id)).size, 1);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    assert.equal(await count("钥匙机构"), 1);
    const other = await send({ ...body, name: "别的机构" });
    assert.ok(other.status === 422 || other.status === 409, other.text);
    assert.equal(await count("别的机构"), 0);
  });

  test("If-Match: an edit of something older is refused, a missing one too, and one of many wins", async () => {
    const { json, headers } = await call("POST", path, { body: { name: "标签机构", kind: "bank" } });
    const one = `${path}/${json.id}`;
    const edit = (etag, name_en) => call("PATCH", one, { body: { name_en }, headers: etag ? { "if-match": etag } : {} });
    const etag = headers.get("etag");
    const changed = await edit(etag, "First");
    assert.equal(changed.status, 200);
    assert.notEqual(changed.headers.get("etag"), etag);
    const stale = await edit(etag, "Second");
    assertProblem(stale, 412, "error.stale");
    const missing = await edit(null, "Third");
    assert.ok([412, 428].includes(missing.status), missing.text);
    const race = await Promise.all(Array.from({ length: 8 }, (_, i) => edit(changed.headers.get("etag"), `Race ${i}`)));
    assert.equal(race.filter((reply) => reply.status === 200).length, 1, race.map((reply) => reply.status).join());
    const now = await call("GET", one);
    assert.equal(now.json.version, 3);
    const unchanged = await call("GET", one, { headers: { "if-none-match": now.headers.get("etag") } });
    assert.equal(unchanged.status, 304);
  });

  test("problems name the field, in the language that was chosen", async () => {
    const wrong = { name: "x", kind: "no such kind", uscc: "123", website: "javascript:alert(1)" };
    const english = await call("POST", path, { body: wrong, headers: { cookie: "sangu_language=en" } });
    assertProblem(english, 422, "error.invalid");
    const fields = english.json.errors.map((one) => one.field);
    assert.ok(fields.includes("kind"), english.text);
    const chinese = await call("POST", path, { body: wrong, headers: { cookie: "sangu_language=zh-Hans" } });
    assert.match(chinese.json.errors[0].message, /\p{Script=Han}/u);
    assert.doesNotMatch(english.json.errors[0].message, /\p{Script=Han}/u);
    const rest = await call("POST", path, { body: { ...wrong, kind: "bank" } });
    assertProblem(rest, 422);
    for (const field of ["name", "uscc", "website"]) assert.ok(rest.json.errors.some((one) => one.field === field), `${field}: ${rest.text}`);
  });

  test("broken bodies are refused, not stored and not a fault", async () => {
    for (const body of ["", "{", "[]", '"text"', '{"name":"a","name":"b"}', '{"name":1e999}', "[".repeat(5000), '{"name":"\\ud800"}', `{"name":"${"a".repeat(200_000)}"}`]) {
      const reply = await call("POST", path, { body });
      assert.ok(reply.status >= 400 && reply.status < 500, `${body.slice(0, 30)}: ${reply.status}`);
    }
    const huge = await call("POST", path, { body: `{"name":"${"a".repeat(2_000_000)}"}` });
    assert.equal(huge.status, 413);
    const wide = await call("POST", path, { body: { name: "x".repeat(5000), kind: "bank" } });
    assertProblem(wide, 422);
  });

  test("strings that break programs are kept as they are or refused", async () => {
    const names = ["Robert'); drop table registry_organisation;--", "<script>alert(1)</script>", "../../etc/passwd", "％ｓ%n%x", "𠮷野家🏭", "ﷺﷺ مرحبا", "a‮b‮c", "undefined", "null", "1E02", "+1", "'quoted", '"', "${7*7}{{7*7}}"];
    for (const name of names) {
      const made = await call("POST", path, { body: { name: name + "壹", kind: "bank" } });
      assert.ok([201, 422].includes(made.status), `${name}: ${made.text}`);
      if (made.status !== 201) continue;
      assert.equal((await call("GET", `${path}/${made.json.id}`)).json.name, name + "壹");
      const page = await sangu.browser().go(`/organisations/${made.json.id}`);
      assert.equal(page.status, 200);
      assert.ok(!page.html.includes("<script>alert"), "escaped");
      assert.equal(headingOf(page.html), (name + "壹").trim());
    }
    for (const name of ["\u0000zero", "\u0007bell"]) {
      const made = await call("POST", path, { body: { name: name + "铃声", kind: "bank" } });
      assert.ok(made.status < 500, `${JSON.stringify(name)}: ${made.text}`);
    }
  });

  test("many writers at once: all are stored, none is lost, the log and the feed are whole", async () => {
    const made = await Promise.all(Array.from({ length: 60 }, (_, i) => call("POST", path, { body: { name: `并发机构${i}`, kind: "bank" } })));
    assert.deepEqual([...new Set(made.map((one) => one.status))], [201]);
    const [[stored]] = await sangu.database.sql("select count(*) from registry_organisation where name like '并发机构%'");
    assert.equal(Number(stored), 60);
    await assertWhole(sangu);
  });

  test("the history of a record says who changed what", async () => {
    const { json, headers } = await call("POST", path, { body: { name: "有历史的机构", kind: "bank" } });
    await call("PATCH", `${path}/${json.id}`, { body: { name_en: "With a past" }, headers: { "if-match": headers.get("etag") } });
    const page = await (await sangu.as("demo.zone")).go(`/organisations/${json.id}`);
    assert.ok(textOf(page.html).includes("With a past"));
    const records = await sangu.database.sql(`select action from kernel_audit where object_id = '${json.id}' order by sequence`);
    assert.deepEqual(records.flat(), ["registry.organisation.created", "registry.organisation.updated"]);
  });
});
