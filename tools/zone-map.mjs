// Makes data/zone-map.json (SVG paths of the three cities and their districts) from GeoJSON borders:
//   node tools/zone-map.mjs <folder with 43.json, 430100.json, 430200.json, 430300.json> [output]
import { readFileSync, writeFileSync } from 'node:fs';

const [, , folder, output = 'data/zone-map.json'] = process.argv;
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8').replace(/^\uFEFF/, ''));
const cities = [
  { place: 'changsha', code: '4301', file: '430100' },
  { place: 'zhuzhou', code: '4302', file: '430200' },
  { place: 'xiangtan', code: '4303', file: '430300' },
];
const htz = { changsha: [112.88, 28.22], zhuzhou: [113.09, 27.83], xiangtan: [112.9, 27.87] };

const width = 600;
const province = read('43').features;
const outline = (code) => province.find((one) => one.properties.id === code);
const rings = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).map((polygon) => polygon[0]);
const all = cities.flatMap((city) => rings(outline(city.code).geometry)).flat();
const [west, east] = [Math.min(...all.map((p) => p[0])), Math.max(...all.map((p) => p[0]))];
const [south, north] = [Math.min(...all.map((p) => p[1])), Math.max(...all.map((p) => p[1]))];
const shrink = Math.cos(((south + north) / 2) * Math.PI / 180);
const scale = width / ((east - west) * shrink);
const height = Math.ceil((north - south) * scale);
const point = ([lon, lat]) => [Math.round((lon - west) * shrink * scale), Math.round((north - lat) * scale)];

// Douglas-Peucker on the projected points: what is nearer than `tolerance` pixels to its chord goes.
function simplify(points, tolerance) {
  if (points.length < 3) return points;
  const [a, b] = [points[0], points.at(-1)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let [far, at] = [0, 0];
  points.forEach(([x, y], index) => {
    const distance = length ? Math.abs((b[0] - a[0]) * (a[1] - y) - (a[0] - x) * (b[1] - a[1])) / length : Math.hypot(x - a[0], y - a[1]);
    if (distance > far) [far, at] = [distance, index];
  });
  if (far <= tolerance) return [a, b];
  return [...simplify(points.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(points.slice(at), tolerance)];
}
const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0)) / 2;
const path = (geometry) => rings(geometry)
  .map((ring) => simplify(ring.map(point), 1.2)).filter((ring) => ring.length > 3 && area(ring) > 12)
  .map((ring) => 'M' + ring.map(([x, y]) => `${x} ${y}`).join('L') + 'Z').join('');

const map = {
  width, height,
  cities: cities.map(({ place, code, file }) => ({
    place, path: path(outline(code).geometry), label: point(outline(code).properties.cp), valley: point(htz[place]),
    districts: read(file).features.map((one) => ({ name: one.properties.name, path: path(one.geometry) })),
  })),
};
writeFileSync(output, JSON.stringify(map) + '\n');
console.log(`${output}: ${width}x${height}, ${JSON.stringify(map).length} bytes`);
