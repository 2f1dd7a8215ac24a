// A real OpenID Connect provider (npm oidc-provider) for the sign-in test. Prints "ready <port>" when it listens.
// Arguments: <client id> <client secret> <redirect address> <subject>.
// GET /drive?url=<authorisation address> plays the person's browser: it follows redirects with cookies until the provider
// sends it to the redirect address, and answers that address as text. Nobody is asked anything: the sign-in page of the
// provider lets the subject in at once.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [clientId, clientSecret, redirectAddress, subject] = process.argv.slice(2);
const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(origin, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectAddress], grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { openid: ["sub"], profile: ["name"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for this test"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: "测试人员" }) }),
  interactions: { url: (_context, interaction) => `/enter/${interaction.uid}` },
});

async function enter(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: subject } });
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

async function drive(address) {
  const cookies = new Map();
  for (let step = 0; step < 12; ++step) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(address, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (!location) return `refused ${answer.status} ${await answer.text()}`;
    address = new URL(location, address).href;
    if (address.startsWith(redirectAddress)) return address;
  }
  return "refused: too many redirects";
}

const answerProvider = provider.callback();
server.on("request", async (request, response) => {
  try {
    const url = new URL(request.url, origin);
    if (url.pathname === "/drive") return response.end(await drive(url.searchParams.get("url")));
    if (url.pathname.startsWith("/enter/")) return await enter(request, response);
    return answerProvider(request, response);
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});
console.log(`ready ${new URL(origin).port}`);
process.stdin.on("end", () => process.exit(0)).resume(); // ends with the test
