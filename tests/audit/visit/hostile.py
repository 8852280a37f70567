"""A package that tries to get out of its jail, and listeners that hear of it where it does."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

NAME = "whispered.invalid"
"""A name that nobody has: asking for it would tell whoever is asked."""

ATTEMPTS = """
const [tcp, udp] = [TCP, UDP];
const NAME = "HOST";
const host = `127.0.0.1:${tcp}`;
const http = (name) => `http://${host}/${name}`;
const outcomes = (window.outcomes = {});
const attempts = {
  fetch: () => fetch(http("fetch"), { mode: "no-cors" }),
  "by name": () => fetch(`http://localhost:${tcp}/name`, { mode: "no-cors" }),
  "by another address": () => fetch(`http://127.0.0.2:${tcp}/other`, { mode: "no-cors" }),
  "by IPv6": () => fetch(`http://[::ffff:127.0.0.1]:${tcp}/six`, { mode: "no-cors" }),
  beacon: () => navigator.sendBeacon(http("beacon"), "x") && waited(),
  "keepalive": () => fetch(http("keep"), { method: "POST", mode: "no-cors", keepalive: true }),
  socket: () => event(new WebSocket(`ws://${host}/socket`), "open"),
  events: () => event(new EventSource(http("events")), "open"),
  picture: () => event(Object.assign(new Image(), { src: http("picture") }), "load"),
  worker: () => inWorker(`fetch("${http("worker")}", { mode: "no-cors" })`),
  frame: () => added("iframe", { src: http("frame") }),
  object: () => added("object", { data: http("object") }),
  sheet: () => added("link", { rel: "stylesheet", href: http("sheet") }),
  preconnect: () => added("link", { rel: "preconnect", href: http("") }),
  prefetch: () => added("link", { rel: "prefetch", href: http("prefetch") }),
  "the name alone": () => added("link", { rel: "dns-prefetch", href: `//${NAME}/` }),
  "the name of a link": () => added("a", { href: `http://links.${NAME}/`, textContent: "x" }),
  "the name of an address": () => fetch(`http://fetch.${NAME}/`, { mode: "no-cors" }),
  ping: () => clicked({ href: "#ping", ping: http("ping") }),
  form: () => sent(http("form")),
  popup: () => Promise.resolve(window.open(http("popup"))).then(waited),
  webrtc: () => stun(`stun:127.0.0.1:${udp}`),
  "webrtc in a frame": () => stun(`stun:127.0.0.1:${udp}`, fresh().RTCPeerConnection),
  "webrtc over TCP": () => stun(`turn:${host}?transport=tcp`, fresh().RTCPeerConnection),
  transport: () => new WebTransport(`https://127.0.0.1:${udp}/`).ready,
  "transport in a frame": () => new (fresh().WebTransport)(`https://127.0.0.1:${udp}/`).ready,
  file: () => fetch("file:///etc/hostname"),
};
const waited = () => new Promise((resolve) => setTimeout(resolve, 300));
const event = (of, name) =>
  new Promise((resolve, reject) => {
    of.addEventListener(name, resolve);
    of.addEventListener("error", reject);
  });
function added(name, values) {
  const element = Object.assign(document.createElement(name), values);
  document.body.append(element);
  return waited();
}
function clicked(values) {
  const link = Object.assign(document.createElement("a"), values);
  document.body.append(link);
  link.click();
  return waited();
}
function sent(action) {
  const frame = Object.assign(document.createElement("iframe"), { name: "target" });
  const form = Object.assign(document.createElement("form"), { action, target: "target" });
  document.body.append(frame, form);
  form.submit();
  return waited();
}
function inWorker(code) {
  const url = URL.createObjectURL(new Blob([`${code}.then(() => postMessage(1))`]));
  new Worker(url);
  return waited();
}
function fresh() {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  return frame.contentWindow;
}
async function stun(urls, Connection = RTCPeerConnection) {
  const connection = new Connection({ iceServers: [{ urls, username: "a", credential: "b" }] });
  connection.createDataChannel("x");
  await connection.setLocalDescription(await connection.createOffer());
  await waited();
}
(async () => {
  for (const [name, attempt] of Object.entries(attempts)) {
    const late = new Promise((resolve) => setTimeout(resolve, 1500));
    outcomes[name] = await Promise.race([late, (async () => attempt())()]).then(
      () => "done",
      (error) => String(error),
    );
  }
  window.finished = true;
})();
"""


@dataclass(slots=True)
class Listening:
    """Ports of this machine, and what arrived at them."""

    tcp: int = 0
    udp: int = 0
    heard: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listening]:
    """Listen at a port of each kind until the block ends."""
    here = Listening()
    with ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("0.0.0.0", 0)))
        udp = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        here.tcp, here.udp = tcp.getsockname()[1], udp.getsockname()[1]
        Thread(target=_accept, args=(tcp, here), daemon=True).start()
        Thread(target=_receive, args=(udp, here), daemon=True).start()
        yield here


def _accept(server: socket.socket, here: Listening) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        Thread(target=_answer, args=(connection, here), daemon=True).start()


def _answer(connection: socket.socket, here: Listening) -> None:
    with connection:
        connection.settimeout(2)
        try:
            asked = connection.recv(4096).decode("latin-1").split("\r\n")[0]
            connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        except OSError:
            asked = ""
        here.heard.append(f"tcp {asked}")


def _receive(server: socket.socket, here: Listening) -> None:
    while True:
        try:
            server.recvfrom(4096)
        except OSError:
            return
        here.heard.append("udp")


def write(folder: Path, here: Listening) -> Path:
    """The package, which tries everything as soon as it is opened."""
    script = ATTEMPTS.replace("TCP, UDP", f"{here.tcp}, {here.udp}", 1).replace("HOST", NAME, 1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(
        f"<!doctype html><title>Hostile</title><body><script>{script}</script>", "utf-8"
    )
    return folder
