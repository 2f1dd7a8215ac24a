// What anybody sees: first pages, languages, downloads, feeds, the API document, health and metrics.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { api, assertProblem, headingOf, kind, sleep, startSangu, textOf } from "./lib.mjs";

describe(`pages (${kind})`, () => {
  let sangu, token, names;
  before(async () => {
    sangu = await startSangu();
    token = await (await sangu.as("demo.zone")).token(["registry.organisation.edit"]);
    names = ["湘江新材料研究院", 'Quotes "and", commas', "=1+1 formula"];
    for (const name of names) assert.equal((await api(sangu.address, token, "POST", "/api/v1/organisations", { body: { name, kind: "institute" } })).status, 201);
  });
  after(() => sangu?.close());

  test("first pages answer strangers with one heading, a language and no trace of scripts in the page", async () => {
    const stranger = sangu.browser();
    for (const path of ["/sign-in", "/organisations", "/places", "/api"]) {
      const page = await stranger.go(path);
      assert.equal(page.status, 200, path);
      assert.equal(page.html.match(/<h1\b/g)?.length, 1, path);
      assert.match(page.html, /<html lang="zh-Hans"/, path);
      assert.doesNotMatch(page.html, /<script(?![^>]*\bsrc=)[^>]*>|\son\w+="|style="/, path);
      const policy = page.headers.get("content-security-policy");
      assert.match(policy, /default-src 'self'|default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|https?:/);
      assert.equal(page.headers.get("x-content-type-options"), "nosniff");
      assert.ok(page.headers.get("x-request-id"));
    }
  });

  test("an unknown address is a page of its own, and a problem for programs", async () => {
    const page = await sangu.browser().go("/no/such/page");
    assert.equal(page.status, 404);
    assert.match(headingOf(page.html), /不存在/);
    assertProblem(await api(sangu.address, null, "GET", "/api/v1/nothing"), 404, "error.not_found");
    const wrong = await api(sangu.address, token, "DELETE", "/api/v1/organisations");
    assert.equal(wrong.status, 405);
    assert.match(wrong.headers.get("allow"), /GET/);
  });

  test("the language is chosen by the browser, then by the switch, and stays", async () => {
    const headings = {};
    for (const [tag, language] of [["zh-Hans", "zh-CN"], ["zh-Hant", "zh-TW"], ["en", "en-GB"]]) {
      const page = await sangu.browser({ language }).go("/organisations");
      assert.match(page.html, new RegExp(`<html lang="${tag}"`));
      headings[tag] = headingOf(page.html);
    }
    assert.equal(new Set(Object.values(headings)).size, 3, JSON.stringify(headings));
    const browser = sangu.browser();
    await browser.go("/organisations?lang=en&q=x");
    const later = await browser.go("/places");
    assert.match(later.html, /<html lang="en"/);
    const back = await browser.go("/organisations?lang=zh-Hans&q=x");
    assert.equal(back.url, "/organisations?q=x");
    assert.match(back.html, /<html lang="zh-Hans"/);
  });

  test("a list downloads as CSV, XLSX and JSON with the same rows", async () => {
    const stranger = sangu.browser();
    const csv = await stranger.fetch("/organisations/download/csv");
    assert.equal(csv.status, 200);
    assert.match(csv.headers.get("content-type"), /^text\/csv/);
    assert.match(csv.headers.get("content-disposition"), /attachment; filename/);
    const bytes = Buffer.from(await csv.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], "a spreadsheet needs the mark to read Chinese");
    const text = bytes.toString("utf8");
    assert.ok(text.includes("湘江新材料研究院"));
    assert.ok(text.includes('"Quotes ""and"", commas"'));
    assert.ok(text.includes("'=1+1 formula"), "a cell must not run as a formula");
    const xlsx = await stranger.fetch("/organisations/download/xlsx");
    assert.match(xlsx.headers.get("content-type"), /spreadsheetml/);
    assert.equal(Buffer.from(await xlsx.arrayBuffer()).subarray(0, 2).toString(), "PK");
    const json = await (await stranger.fetch("/organisations/download/json")).json();
    const rows = Array.isArray(json) ? json : json.items;
    for (const name of names) assert.ok(rows.some((row) => row.name === name), name);
  });

  test("a downloaded table comes back in by the importer without a change", async () => {
    const officer = await sangu.as("demo.zone");
    const bytes = Buffer.from(await (await officer.fetch("/organisations/download/csv")).arrayBuffer());
    const page = await officer.import("/organisations/import", "back.csv", bytes);
    assert.equal(page.status, 200, textOf(page.html).slice(0, 600));
    const [[count]] = await sangu.database.sql("select count(*) from registry_organisation where version > 1");
    assert.equal(count, "0");
  });

  test("the API document names real routes, resolves inside itself, and every documented way is allowed", async () => {
    const { json: document, status } = await api(sangu.address, null, "GET", "/api/v1/openapi.json");
    assert.equal(status, 200);
    assert.match(document.openapi, /^3\.1\./);
    const resolve = (reference) => reference.slice(2).split("/").reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], document);
    for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) assert.ok(resolve(reference), `${reference} leads nowhere`);
    const paths = Object.entries(document.paths);
    assert.ok(paths.length >= 4);
    for (const [pattern, ways] of paths) {
      const path = pattern.replace(/\{[^}]+\}/g, "0".repeat(26));
      const reply = await api(sangu.address, null, "PUT", path, { body: {} });
      assert.equal(reply.status, 405, `${pattern} is no route`);
      const allowed = reply.headers.get("allow").split(", ");
      for (const [way, operation] of Object.entries(ways)) {
        if (!["get", "post", "patch", "delete", "put"].includes(way)) continue;
        assert.ok(allowed.includes(way.toUpperCase()), `${way} ${pattern}`);
        assert.ok(operation.responses && Object.keys(operation.responses).length, `${way} ${pattern} says no response`);
        for (const [, name] of pattern.matchAll(/\{([^}]+)\}/g))
          assert.ok([...(operation.parameters ?? []), ...(ways.parameters ?? [])].some((one) => (one.$ref ? resolve(one.$ref) : one).name === name), `${way} ${pattern}: ${name}`);
      }
    }
  });

  test("a list over the API pages by cursor without losing or repeating a row", async () => {
    const seen = [];
    for (let path = "/api/v1/places?rows=4"; path; ) {
      const { json, headers, status } = await api(sangu.address, null, "GET", path);
      assert.equal(status, 200);
      assert.equal(Boolean(json.next), Boolean(headers.get("link")?.includes('rel="next"')));
      seen.push(...json.items.map((one) => one.id));
      path = json.next;
    }
    const [[count]] = await sangu.database.sql("select count(*) from registry_place");
    assert.equal(seen.length, Number(count));
    assert.equal(new Set(seen).size, seen.length);
  });

  test("the event stream tells of changes, and what was missed after a lost connection", async () => {
    const listen = async (headers = {}) => {
      const stop = new AbortController();
      const reply = await fetch(sangu.address + "/events", { headers, signal: stop.signal });
      assert.match(reply.headers.get("content-type"), /^text\/event-stream/);
      let text = "";
      const reading = (async () => {
        for await (const piece of reply.body) text += Buffer.from(piece).toString("utf8");
      })().catch(() => {});
      return { text: () => text, stop: async () => (stop.abort(), reading) };
    };
    const create = async (name) => (await api(sangu.address, token, "POST", "/api/v1/organisations", { body: { name, kind: "bank" } })).json.id;
    const heard = async (stream, id) => {
      for (let i = 0; i < 100 && !stream.text().includes(id); ++i) await sleep(50);
      assert.ok(stream.text().includes(id), `no event of ${id}: ${stream.text()}`);
    };
    const first = await listen();
    await sleep(100);
    const one = await create("第一家");
    await heard(first, one);
    const last = first.text().match(/^id: ?(\d+)$/gm).at(-1).match(/\d+/)[0];
    await first.stop();
    const two = await create("第二家");
    const again = await listen({ "last-event-id": last });
    await heard(again, two);
    assert.ok(!again.text().includes(one), "what was seen comes again");
    await again.stop();
  });

  test("health, readiness and metrics", async () => {
    assert.equal(await (await fetch(sangu.address + "/healthz")).text(), "ok\n");
    assert.equal((await fetch(sangu.address + "/readyz")).status, 200);
    const metrics = await (await fetch(sangu.address + "/metrics")).text();
    const commands = Number(metrics.match(/^sangu_db_commands_total(?:\{[^}]*\})? (\d+)/m)?.[1]);
    assert.ok(commands > 0, metrics);
    assert.equal(Number(metrics.match(/^sangu_jobs_failed(?:\{[^}]*\})? (\d+)/m)?.[1]), 0, "a job has failed");
  });

  test("a page that has not changed is answered 304", async () => {
    const stranger = sangu.browser();
    const first = await stranger.fetch("/api");
    const etag = first.headers.get("etag");
    await first.text();
    if (!etag) return; // shown fresh each time
    const again = await stranger.fetch("/api", { headers: { "if-none-match": etag } });
    assert.equal(again.status, 304);
  });
});
