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
