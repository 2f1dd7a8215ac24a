// One event stream per browser and address, shared by all tabs: the tab that holds the lock listens and tells the
// others. An element with data-stream="<address>", data-events="<kinds>" and an id is read again from the server when
// an event of one of these kinds comes.

export function followStreams(): void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-stream][id]")];
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) return;
  for (const address of new Set(parts.map((part) => part.dataset.stream ?? ""))) {
    const own = parts.filter((part) => part.dataset.stream === address);
    const kinds = new Set(own.flatMap((part) => (part.dataset.events ?? "message").split(" ")));
    const renew = debounce(() => void reload(own));
    const channel = new BroadcastChannel("sangu:" + address);
    channel.addEventListener("message", renew);
    void navigator.locks.request("sangu:" + address, () => listen(address, kinds, channel, renew));
  }
}

/** Never settles: the lock is given back when the tab closes. */
function listen(address: string, kinds: Set<string>, channel: BroadcastChannel, renew: () => void): Promise<never> {
  const source = new EventSource(address);
  for (const kind of kinds)
    source.addEventListener(kind, () => {
      channel.postMessage(1);
      renew();
    });
  return new Promise(() => {});
}

function debounce(act: () => void): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, 500);
  };
}

async function reload(parts: HTMLElement[]): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const next = fresh.getElementById(part.id);
    if (next && next.innerHTML !== part.innerHTML) part.replaceChildren(...document.importNode(next, true).childNodes);
  }
}
