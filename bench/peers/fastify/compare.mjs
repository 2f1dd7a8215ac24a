// Whether two servers make the same page: the same visible text, and as many bytes within 3 %.
// usage: node compare.mjs <address of sangu's page> <address of the peer's page> [<name=value of a cookie>]
const [first, second, cookie] = process.argv.slice(2);
const bodyOf = async (address) => {
  const reply = await fetch(address, { headers: { 'accept-language': 'zh-CN', ...(cookie && { cookie }) } });
  if (reply.status !== 200) throw new Error(`${address}: ${reply.status}`);
  return reply.text();
};
const visible = (html) => html.replace(/<[^>]*>/g, '\n').replace(/\s+/g, ' ').trim();

const [sangu, peer] = await Promise.all([bodyOf(first), bodyOf(second)]);
const [a, b] = [visible(sangu), visible(peer)];
const bytes = [sangu, peer].map((html) => Buffer.byteLength(html));
if (a !== b) {
  let at = 0;
  while (a[at] === b[at]) at++;
  console.error(`${first} and ${second} differ: "${a.slice(Math.max(0, at - 20), at + 40)}" and "${b.slice(Math.max(0, at - 20), at + 40)}"`);
  process.exit(1);
}
if (Math.abs(bytes[0] - bytes[1]) > 0.03 * bytes[0]) {
  console.error(`${first} has ${bytes[0]} bytes, ${second} ${bytes[1]}`);
  process.exit(1);
}
