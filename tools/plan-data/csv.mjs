// Writes the CSV files that the importer reads: UTF-8, one header line, RFC 4180 quoting.
import { writeFileSync } from 'node:fs';

const quoted = (cell) => {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export function writeCsv(path, header, rows) {
  const lines = [header, ...rows.map((row) => header.map((name) => row[name]))];
  writeFileSync(path, lines.map((line) => line.map(quoted).join(',')).join('\n') + '\n');
}

// Chinese text takes Chinese punctuation; what stands between Latin letters or digits stays.
export function chinesePunctuation(text) {
  const marks = { ',': '，', ';': '；', ':': '：' };
  const chinese = /[\u3400-\u9fff\u3001\u3002\uff00-\uffef\u201c\u201d]/;
  return text
    .replace(/(.?)\(([^()]*)\)/g, (all, before, inner) => (chinese.test(before) || chinese.test(inner) ? `${before}（${inner}）` : all))
    .replace(/[,;:]/g, (mark, at) => (/[\w]/.test(text[at - 1] ?? '') && /[\w]/.test(text[at + 1] ?? '') ? mark : marks[mark]));
}
