// Files as people send them, and as attackers do.
import { execFileSync } from "node:child_process";
import { constants, deflateRawSync } from "node:zlib";

/** Text in another encoding, by the iconv of the C library. */
export const encoded = (text, encoding) => execFileSync("iconv", ["-f", "UTF-8", "-t", encoding], { input: text });

export const withMark = { "UTF-8": [0xef, 0xbb, 0xbf], "UTF-16LE": [0xff, 0xfe], "UTF-16BE": [0xfe, 0xff] };

const crcs = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; ++i) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcs[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A ZIP file of [name, content]; a content may be { deflated, size } to lie about or save work. */
export function zip(entries) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of entries) {
    const plain = Buffer.isBuffer(content) || typeof content === "string" ? Buffer.from(content) : null;
    const packed = plain ? deflateRawSync(plain) : content.deflated;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(plain ? crc32(plain) : content.crc ?? 0, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(plain ? plain.length : content.size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, tail, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from("PK\x05\x06", "latin1"), end]);
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>';
const spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const frame = [
  ["[Content_Types].xml", `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`],
  ["_rels/.rels", `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
  ["xl/workbook.xml", `${xml}<workbook xmlns="${spreadsheet}" xmlns:r="${relations}"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>`],
  ["xl/_rels/workbook.xml.rels", `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
];
const escaped = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const letter = (column) => String.fromCharCode(65 + column);

/** A small workbook of rows of text. */
export function workbook(rows) {
  const cells = (row, r) => row.map((one, c) => `<c r="${letter(c)}${r + 1}" t="inlineStr"><is><t>${escaped(one)}</t></is></c>`).join("");
  return zip([...frame, ["xl/worksheets/sheet1.xml", `${xml}<worksheet xmlns="${spreadsheet}"><sheetData>${rows.map((row, r) => `<row r="${r + 1}">${cells(row, r)}</row>`).join("")}</sheetData></worksheet>`]]);
}

/** A workbook of some hundred kilobytes whose sheet unpacks to `megabytes`. */
export function bomb(megabytes, { honest = true } = {}) {
  const head = `${xml}<worksheet xmlns="${spreadsheet}"><sheetData>`;
  const piece = Buffer.from('<row><c t="inlineStr"><is><t>0</t></is></c></row>'.repeat(20_000));
  const pieces = Math.ceil((megabytes * (1 << 20)) / piece.length);
  const part = (bytes) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const deflated = Buffer.concat([part(Buffer.from(head)), ...Array(pieces).fill(part(piece)), deflateRawSync(Buffer.from("</sheetData></worksheet>"))]);
  return zip([...frame, ["xl/worksheets/sheet1.xml", { deflated, size: honest ? head.length + pieces * piece.length + 24 : 1000 }]]);
}

/** Rows as RFC 4180. */
export const csv = (rows) => rows.map((row) => row.map((one) => (/[",\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(",") + "\r\n").join("");
