// Wrong files, through the import pages and through the command line: each is refused with its place, or read right;
// nothing is ever stored by half, and the server stays small.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, openSync, ftruncateSync, closeSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { bomb, csv, encoded, withMark, workbook, zip } from "./files.mjs";
import { assertWhole, existing, formsOf, headingOf, kind, run, shared, startSangu, textOf } from "./lib.mjs";

const header = ["indicator", "place", "period", "vintage", "value", "unit", "source", "status", "approximate"];
const good = (value, period = "2017") => ["I01", "changsha", period, "2018-03-01", String(value), "个", "SEED", "reported", "false"];

describe(`files (${kind})`, () => {
  let sangu, officer, directory;
  const figures = async () => Number((await sangu.database.sql("select count(*) from indicators_observation"))[0][0]);
  const organisations = async () => Number((await sangu.database.sql("select count(*) from registry_organisation"))[0][0]);
  const byPage = (name, content, mode = "store", table = "observations") => officer.upload("/figures/import", name, content, { kind: table, mode });
  const byCommand = async (name, content, table = "observations") => {
    const file = join(directory, name);
    writeFileSync(file, content);
    const done = await sangu.cli(["import", table, file, "--json"], { env: { LC_ALL: "en_GB.UTF-8" } });
    return { ...done, report: done.out.trim().startsWith("{") ? JSON.parse(done.out) : null };
  };
  /** Both ways refuse, store nothing and name the line. */
  const refusedBothWays = async (name, content, { line, column, says }) => {
    const before = await figures();
    const page = await byPage(name, content);
    assert.equal(page.status, 422, `${name}: ${headingOf(page.html)}`);
    const text = textOf(page.html);
    if (line) assert.match(text, new RegExp(`\\b${line}\\b`), name);
    const done = await byCommand(name, content);
    assert.equal(done.code, 1, `${name}: ${done.out}${done.err}`);
    if (done.report) {
      assert.equal(done.report.stored, false);
      const problem = done.report.problems[0];
      if (line) assert.equal(problem.line, line, JSON.stringify(problem));
      if (column) assert.equal(problem.column, column, JSON.stringify(problem));
    }
    assert.match(done.out + done.err, says, name);
    assert.equal(await figures(), before, `${name} left something`);
  };

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "sangu-files-"));
    sangu = await startSangu();
    officer = await sangu.as("demo.zone");
  });
  after(async () => {
    if (sangu) await assertWhole(sangu);
    await sangu?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test("every encoding of Chinese offices reads the same", async () => {
    const rows = (name) => csv([["name", "kind"], [`${name}的研究院，“引号”`, "institute"]]);
    const files = { "UTF-8": [], "UTF-16LE": [], "UTF-16BE": [], GB18030: [] };
    for (const encoding of Object.keys(files))
      for (const mark of [false, true]) {
        if (mark && !withMark[encoding]) continue;
        const name = encoding.replace("-", "") + (mark ? "有标记" : "无标记");
        const bytes = Buffer.concat([Buffer.from(mark ? withMark[encoding] : []), encoded(rows(name), encoding)]);
        const page = await officer.import("/organisations/import", `${name}.csv`, bytes);
        assert.equal(page.status, 200, `${name}: ${textOf(page.html).slice(0, 400)}`);
        const done = await byCommand(`${name}.csv`, bytes, "organisations");
        assert.equal(done.code, 0, done.err);
        assert.equal(done.report.unchanged, 1, "the command reads what the page has read");
        const found = await sangu.database.sql(`select count(*) from registry_organisation where name = '${name}的研究院，“引号”'`);
        assert.equal(found[0][0], "1", name);
      }
  });

  test("separators of other spreadsheet programs, quotes and line ends are read", async () => {
    const before = await organisations();
    for (const [name, text] of [
      ["semicolon", 'name;kind;introduction\n"分号;机构";bank;"两\n行"\n'],
      ["tab", "name\tkind\n制表符机构\tbank\n"],
      ["cr", "name,kind\r回车机构,bank\r"],
      ["blank", "name,kind\n\n空行机构,bank\n\n\n"],
    ]) {
      const done = await byCommand(`${name}.csv`, text, "organisations");
      assert.equal(done.code, 0, `${name}: ${done.out}${done.err}`);
    }
    assert.equal(await organisations(), before + 4);
  });

  test("ragged rows, open quotes, zero bytes and half characters are refused with their line", async () => {
    const head = header.join(",") + "\n";
    const first = good(1).join(",") + "\n";
    await refusedBothWays("short.csv", head + first + "I01,zone\n", { line: 3, says: /column|cell|length/i });
    await refusedBothWays("long.csv", head + good(1).join(",") + ",x,y\n", { line: 2, says: /column|cell|length/i });
    await refusedBothWays("open.csv", head + first + '"I01,zone\n', { line: 3, says: /quote/i });
    await refusedBothWays("zero.csv", head + first.replace("SEED", "SE\u0000ED"), { line: 2, says: /\S/ });
    await refusedBothWays("half.csv", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(head + first), Buffer.from([0xe9, 0x95])]), { says: /\S/ });
    await refusedBothWays("empty.csv", "\n", { says: /empty|no/i });
    await refusedBothWays("columns.csv", "foo,bar\n1,2\n", { line: 1, says: /column/i });
  });

  test("an unknown indicator, a wrong unit, 30 February and a word for a number are told by line and column", async () => {
    const file = (change) => {
      const row = good(7, "2016");
      for (const [name, value] of Object.entries(change)) row[header.indexOf(name)] = value;
      return csv([header, good(5, "2015"), row]);
    };
    await refusedBothWays("indicator.csv", file({ indicator: "I99" }), { line: 3, column: 1, says: /I99/ });
    await refusedBothWays("unit.csv", file({ unit: "亿元" }), { line: 3, column: 6, says: /亿元/ });
    await refusedBothWays("february.csv", file({ vintage: "2018-02-30" }), { line: 3, column: 4, says: /date/i });
    await refusedBothWays("number.csv", file({ value: "seven" }), { line: 3, column: 5, says: /number/i });
    await refusedBothWays("infinite.csv", file({ value: "1e999" }), { line: 3, column: 5, says: /number/i });
    await refusedBothWays("place.csv", file({ place: "atlantis" }), { line: 3, column: 2, says: /atlantis/ });
    await refusedBothWays("period.csv", file({ period: "2016-13" }), { line: 3, column: 3, says: /period/i });
    await refusedBothWays("future.csv", file({ vintage: "2199-01-01" }), { line: 3, column: 4, says: /future|later|after/i });
    await refusedBothWays("twice.csv", csv([header, good(5, "2014"), good(6, "2014")]), { line: 3, says: /\S/ });
  });

  test("checking a file stores nothing; storing it twice stores it once", async () => {
    const before = await figures();
    const text = csv([header, good(1, "2010"), good(2, "2011")]);
    assert.equal((await byPage("good.csv", text, "check")).status, 200);
    assert.equal(await figures(), before);
    const page = await byPage("good.csv", text);
    assert.equal(page.status, 200, textOf(page.html).slice(0, 500));
    assert.equal(await figures(), before + 2);
    await byPage("again.csv", text);
    const done = await byCommand("again.csv", text);
    assert.equal(done.code, 0, done.err);
    assert.equal(await figures(), before + 2);
    const [[state]] = await sangu.database.sql("select distinct state from indicators_observation where period = '2010' and indicator = 'I01'");
    assert.equal(state, "submitted", "a person's import waits for a second person");
  });

  test("a workbook is read like a CSV file, and by content whatever its name", async () => {
    const before = await organisations();
    const bytes = workbook([["name", "kind"], ["工作簿里的机构", "bank"], ["<&>", "bank"]]);
    const page = await officer.import("/organisations/import", "book.csv", bytes);
    assert.equal(page.status, 200, textOf(page.html).slice(0, 500));
    assert.equal(await organisations(), before + 2);
  });

  test("a zip bomb is refused while the server stays small", async () => {
    const before = await sangu.residentBytes();
    for (const [name, bytes] of [
      ["bomb.xlsx", bomb(700)],
      ["liar.xlsx", bomb(300, { honest: false })],
      ["many.xlsx", zip(Array.from({ length: 70 }, (_, i) => [`xl/worksheets/sheet${i}.xml`, Buffer.alloc(100)]))],
      ["broken.xlsx", Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), Buffer.alloc(3000, 7)])],
      ["entities.xlsx", zip([["xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>']])],
    ]) {
      assert.ok(bytes.length < 8 << 20);
      await refusedBothWays(name, bytes, { says: /\S/ });
    }
    const grown = (await sangu.residentBytes()) - before;
    assert.ok(grown < 100 << 20, `the server grew by ${grown >> 20} MB`);
  });

  /** Sends `total` bytes as a file and listens while sending, like a browser. */
  const pour = (form, total, { chunked = false } = {}) =>
    new Promise((resolve, reject) => {
      const border = "sangu-e2e-border";
      const fields = Object.entries(form.fields).map(([name, value]) => `--${border}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
      const head = Buffer.from(`${fields.join("")}--${border}\r\ncontent-disposition: form-data; name="file"; filename="huge.csv"\r\ncontent-type: text/csv\r\n\r\n`);
      const tail = Buffer.from(`\r\n--${border}--\r\n`);
      const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, "content-type": `multipart/form-data; boundary=${border}`, ...(!chunked && { "content-length": head.length + total + tail.length }) };
      const sending = request(sangu.address + form.action, { method: "POST", headers }, (reply) => {
        let text = "";
        reply.setEncoding("utf8").on("data", (piece) => (text += piece));
        reply.on("end", () => resolve({ status: reply.statusCode, text }));
        reply.on("error", reject);
      });
      sending.on("error", reject);
      const block = Buffer.from(("0123456789," + "x".repeat(52) + "\n").repeat(1024));
      let left = total;
      const more = () => {
        while (left > 0) {
          const piece = left < block.length ? block.subarray(0, left) : block;
          left -= piece.length;
          if (!sending.write(piece)) return void sending.once("drain", more);
        }
        sending.end(tail);
      };
      sending.write(head);
      more();
    });

  test("a file of 200 MB is refused in words, and the server stays small", async () => {
    const before = await sangu.residentBytes();
    const form = await officer.form("/figures/import", (one) => one.action.endsWith("/import"));
    for (const chunked of [false, true]) {
      const reply = await pour(form, 200 << 20, { chunked });
      assert.equal(reply.status, 413);
      assert.match(textOf(reply.text), /\p{Script=Han}/u, "in the language of the reader");
    }
    const grown = (await sangu.residentBytes()) - before;
    assert.ok(grown < 40 << 20, `the server grew by ${grown >> 20} MB`);
    const sparse = join(directory, "sparse.csv");
    const file = openSync(sparse, "w");
    ftruncateSync(file, 200 << 20);
    closeSync(file);
    const done = await sangu.cli(["import", "observations", sparse], { env: { LC_ALL: "en_GB.UTF-8" } });
    assert.equal(done.code, 1);
    assert.match(done.err, /large|MB/i);
    assert.equal((await officer.go("/figures/import")).status, 200, "it goes on serving");
  });

  const unpacked = async (name) => {
    const archive = join(shared, "conformance", name);
    if (!existing(archive)) return null;
    const target = mkdtempSync(join(directory, "corpus-"));
    assert.equal((await run("tar", ["-xJf", archive, "-C", target])).code, 0);
    return (await run("find", [target, "-type", "f"])).out.trim().split("\n");
  };

  test("the twelve files of csv-spectrum are read without a fault", async (t) => {
    const files = await unpacked("csv-spectrum.tar.xz");
    if (!files) return t.skip("the corpus is not here");
    const tables = files.filter((one) => one.endsWith(".csv"));
    assert.ok(tables.length >= 12, tables.join());
    for (const file of tables) {
      const page = await officer.import("/organisations/import", "spectrum.csv", readFileSync(file));
      assert.ok([200, 422].includes(page.status), `${file}: ${page.status}`);
    }
  });

  test("naughty strings come through a file unchanged", async (t) => {
    const files = await unpacked("blns.tar.xz");
    const list = files?.find((one) => /blns\.json$/.test(one));
    if (!list) return t.skip("the corpus is not here");
    const readable = (text) => text && !/[\u0000-\u001f\u007f\ufffe\uffff]/.test(text) && text.isWellFormed?.() !== false && Buffer.byteLength(text) < 3000;
    const strings = [...new Set(JSON.parse(readFileSync(list, "utf8")))].filter(readable);
    assert.ok(strings.length > 300);
    const rows = strings.map((text, i) => [`淘气${i}`, "bank", text]);
    const page = await officer.import("/organisations/import", "blns.csv", Buffer.from(csv([["name", "kind", "introduction"], ...rows])));
    assert.equal(page.status, 200, textOf(page.html).slice(0, 1500));
    const reply = await (await officer.fetch("/organisations/download/json")).json();
    const stored = new Map((Array.isArray(reply) ? reply : reply.items).map((one) => [one.name, one.introduction]));
    for (const [name, , text] of rows) assert.equal((stored.get(name) ?? "").trim(), text.trim().replace(/^'(?=[=+\-@\t\r])/, ""), name);
    const list_page = await officer.go("/organisations?q=淘气&columns=name,introduction");
    assert.equal(list_page.status, 200);
    assert.doesNotMatch(list_page.html, /<script>alert|<img src=x onerror/i);
  });

  test("an import by somebody without the permission is refused before the file is read", async () => {
    const other = await sangu.as("demo.changsha");
    const form = await officer.form("/figures/import", (one) => one.action.endsWith("/import"));
    const token = formsOf((await other.go("/account")).html).find((one) => one.fields.csrf)?.fields.csrf;
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...form.fields, csrf: token, mode: "store" })) body.append(name, value);
    body.append("file", new Blob([csv([header, good(1, "2009")])]), "other.csv");
    const reply = await other.fetch("/figures/import", { method: "POST", body });
    assert.equal(reply.status, 403);
    await reply.arrayBuffer();
  });
});
