// Signing in and out, lockout, sessions that end while somebody types, what each role may do, tokens, forged forms.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { api, assertProblem, formsOf, headingOf, kind, sleep, startSangu, textOf } from "./lib.mjs";

describe(`people (${kind})`, () => {
  let sangu;
  before(async () => {
    sangu = await startSangu({ env: { SANGU_SESSION_IDLE_MINUTES: "10" } });
  });
  after(() => sangu?.close());

  test("signing in shows who one is and leads on; signing out ends the session on the server", async () => {
    const browser = sangu.browser();
    const page = await browser.signIn("demo.zone", sangu.people["demo.zone"], "/organisations");
    assert.equal(page.url, "/organisations");
    assert.ok(page.html.includes("何岚"), "the name is on the page");
    const stolen = new Map(browser.cookies);
    await browser.signOut();
    assert.ok(!browser.cookies.has("sangu_session"));
    browser.cookies = stolen;
    assert.match((await browser.go("/account")).url, /^\/sign-in/, "the old cookie is worth nothing");
  });

  test("the sign-in cookie is out of reach of scripts and other sites", async () => {
    const browser = sangu.browser();
    const form = await browser.form("/sign-in", (one) => one.action === "/sign-in");
    const reply = await browser.submitOnce(form, { login: "demo.zone", password: sangu.people["demo.zone"] });
    const cookie = reply.headers.getSetCookie().find((one) => one.startsWith("sangu_session="));
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=(Lax|Strict)/i);
  });

  test("an address of another site is not followed after signing in", async () => {
    for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example"]) {
      const page = await sangu.browser().signIn("demo.zone", sangu.people["demo.zone"], next);
      assert.ok(page.url.startsWith("/") && !page.url.includes("evil"), page.url);
    }
  });

  test("five wrong passwords lock the account, also for the right one, and nobody learns which part was wrong", async () => {
    const browser = sangu.browser();
    const attempt = async (login, password) => {
      const form = await browser.form("/sign-in", (one) => one.action === "/sign-in");
      return browser.submit(form, { login, password });
    };
    const unknown = await attempt("nobody.here", "wrong password");
    for (let i = 0; i < 5; ++i) {
      const page = await attempt("demo.xiangtan", "wrong password");
      assert.ok(page.status >= 400, String(page.status));
      if (i === 0) assert.equal(textOf(page.html).replace(/\S*demo\S*/g, ""), textOf(unknown.html).replace(/\S*nobody\S*/g, ""), "the same words");
    }
    const right = await attempt("demo.xiangtan", sangu.people["demo.xiangtan"]);
    assert.ok(right.status >= 400 && !browser.cookies.has("sangu_session"), "locked");
    await sangu.database.sql("update kernel_credential set locked_until = null, failures = 0");
    assert.ok(await sangu.as("demo.xiangtan"));
  });

  test("a session that ended while somebody typed: the text survives signing in again", async () => {
    const browser = await sangu.as("demo.zone");
    const form = await browser.form("/organisations/new");
    const typed = { name: "辛苦打出来的名字", name_en: "Typed with <care> & \"love\"", introduction: "第一行\n第二行" };
    await sangu.database.sql("update kernel_session set last_seen_at = '2020-01-01T00:00:00.000Z'");
    const asked = await browser.submit(form, typed);
    assert.match(asked.url, /^\/sign-in/, headingOf(asked.html));
    const sign_in = { ...formsOf(asked.html).find((one) => one.action === "/sign-in"), page: asked };
    const kept = await browser.submit(sign_in, { login: "demo.zone", password: sangu.people["demo.zone"] });
    assert.equal(kept.status, 200);
    const again = { ...formsOf(kept.html).find((one) => one.action === form.action), page: kept };
    assert.equal(again.fields.name, typed.name);
    const done = await browser.submit(again);
    assert.equal(headingOf(done.html), typed.name);
    const [[introduction]] = await sangu.database.sql("select replace(replace(introduction, chr(13), ''), chr(10), '|') from registry_organisation where name = '辛苦打出来的名字'".replaceAll("chr(", kind === "sqlite" ? "char(" : "chr("));
    assert.equal(introduction, "第一行|第二行");
  });

  test("what was kept for one visitor is not shown to another", async () => {
    const browser = sangu.browser();
    const form = await (await sangu.as("demo.zone")).form("/organisations/new");
    await browser.go("/sign-in");
    const asked = await browser.submit(form, { name: "秘密的名字" });
    const kept = decodeURIComponent(asked.url).match(/\/kept\/[\w-]+/)?.[0];
    assert.ok(kept, asked.url);
    const other = await sangu.browser().go(kept);
    assert.ok(!other.html.includes("秘密的名字"));
  });

  test("a form without its token is not carried out, nor one sent from another site", async () => {
    const browser = await sangu.as("demo.zone");
    const form = await browser.form("/organisations/new");
    const fields = { ...form.fields, name: "伪造的机构" };
    const { csrf, ...without } = fields;
    for (const [body, headers] of [
      [without, {}],
      [{ ...fields, csrf: "x".repeat(csrf.length) }, {}],
      [fields, { origin: "https://evil.example" }],
      [fields, { "sec-fetch-site": "cross-site" }],
    ]) {
      const reply = await browser.fetch(form.action, { method: "POST", body: new URLSearchParams(body), headers });
      assert.ok(reply.status === 403 || /^\/kept\//.test(reply.headers.get("location") ?? ""), String(reply.status));
      await reply.arrayBuffer();
    }
    assert.deepEqual(await sangu.database.sql("select 1 from registry_organisation where name = '伪造的机构'"), []);
  });

  test("each role sees and does its own", async () => {
    const may = async (login, path) => {
      const browser = login ? await sangu.as(login) : sangu.browser();
      const page = await browser.go(path);
      return page.url.startsWith("/sign-in") ? "sign in" : page.status;
    };
    for (const [path, expected] of Object.entries({
      "/accounts": { "": "sign in", "demo.zone": 403, "demo.system": 200, "demo.security": 200, "demo.audit": 200 },
      "/accounts/new": { "": "sign in", "demo.zone": 403, "demo.system": 200, "demo.security": 403, "demo.audit": 403 },
      "/audit": { "": "sign in", "demo.zone": 403, "demo.system": 403, "demo.security": 403, "demo.audit": 200 },
      "/organisations/import": { "": "sign in", "demo.changsha": 403, "demo.zone": 200, "demo.system": 403 },
    }))
      for (const [login, result] of Object.entries(expected)) assert.equal(await may(login, path), result, `${login || "a stranger"} on ${path}`);
  });

  test("an officer of one city does not write for another", async () => {
    const places = Object.fromEntries(await sangu.database.sql("select code, id from registry_place"));
    const changsha = await (await sangu.as("demo.changsha")).token(["registry.organisation.edit"]);
    const create = (place) => api(sangu.address, changsha, "POST", "/api/v1/organisations", { body: { name: `在${place}的机构`, kind: "enterprise", place_id: places[place] } });
    assert.equal((await create("changsha")).status, 201);
    assertProblem(await create("zhuzhou"), 403, "error.forbidden");
    const own = await create("changsha_htz");
    assert.equal(own.status, 201, own.text);
    const moved = await api(sangu.address, changsha, "PATCH", `/api/v1/organisations/${own.json.id}`, { body: { place_id: places.xiangtan }, headers: { "if-match": own.headers.get("etag") } });
    assert.equal(moved.status, 403, "an organisation must not be moved out of one's city");
  });

  test("a token does what it was made for and nothing else, and ends when taken back", async () => {
    const browser = await sangu.as("demo.system");
    const reading = await browser.token(["identity.account.read"], "reader");
    assert.equal((await api(sangu.address, reading, "GET", "/api/v1/accounts")).status, 200);
    assertProblem(await api(sangu.address, reading, "PATCH", `/api/v1/places/${"0".repeat(26)}`, { body: {}, headers: { "if-match": "*" } }), 403);
    assertProblem(await api(sangu.address, "sgt_wrong", "GET", "/api/v1/accounts"), 401);
    const page = await browser.go("/account/tokens");
    for (const form of formsOf(page.html).filter((one) => one.action.endsWith("/revoke"))) await browser.submit({ ...form, page });
    assertProblem(await api(sangu.address, reading, "GET", "/api/v1/accounts"), 401);
    const [[, hidden]] = await sangu.database.sql("select count(*), coalesce(sum(case when hash like '%sgt_%' then 1 else 0 end), 0) from kernel_token");
    assert.equal(Number(hidden), 0, "tokens are kept as hashes");
  });

  test("an account that is switched off is out at once", async () => {
    const browser = await sangu.as("demo.park");
    assert.equal((await browser.go("/account")).status, 200);
    await sangu.database.sql("update kernel_account set state = 'disabled' where login = 'demo.park'").catch(async () => {
      const [[states]] = await sangu.database.sql("select state from kernel_account limit 1");
      throw new Error(`states are like ${states}`);
    });
    await sleep(50);
    assert.match((await browser.go("/account")).url, /^\/sign-in/);
  });
});
