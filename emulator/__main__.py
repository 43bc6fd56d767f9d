"""python3 -m emulator: the command line."""

import argparse
import asyncio
import json
import os
import pathlib
import signal
import ssl
import sys

from .server import Emulator, Server

try:
    import uvloop
except ImportError:
    uvloop = None

API = pathlib.Path(__file__).resolve().parent.parent / "api"


def arguments():
    parser = argparse.ArgumentParser(prog="emulator", description="Stands in for the cloud.")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--port-file", help="write the port there")
    parser.add_argument("--pid-file", help="write the process id there")
    parser.add_argument("--fleet", type=int, default=100, help="GaussDB instances in a project")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--latency", type=float, default=0, help="milliseconds for each answer")
    parser.add_argument("--job-seconds", type=float, default=2, help="how long a job takes")
    parser.add_argument("--epoch", type=int, help="date the fleet back from this time "
                        "(seconds since 1970; default: now)")
    parser.add_argument("--compress", choices=("on", "off"), default="on",
                        help="gzip answers between 1 kB and 64 kB where the client offers it")
    parser.add_argument("--tls-cert")
    parser.add_argument("--tls-key")
    parser.add_argument("--log", help="file for the log of requests, as JSON lines")
    parser.add_argument("--api", default=str(API), help="directory of the OpenAPI documents")
    parser.add_argument("--contract", action="append", default=[], metavar="FILE",
                        help="NAME.openapi.json of one more service; may be repeated")
    parser.add_argument("--exit-with-parent", action="store_true",
                        help="exit when standard input is closed")
    return parser.parse_args()


def write_file(name, text):
    """All at once, so that nobody reads half of it."""
    if name:
        temporary = f"{name}.new"
        pathlib.Path(temporary).write_text(text, "utf-8")
        os.replace(temporary, name)


def tls(options):
    if not options.tls_cert:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.tls_cert, options.tls_key)
    return context


async def end_of_input(loop, stopped):
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(4096):
        pass
    stopped.set()


async def main(options):
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    log = open(options.log, "a", encoding="utf-8") if options.log else None
    emulator = Emulator(options.api, options.fleet, options.seed, options.latency,
                        options.job_seconds, options.epoch, log, options.compress == "on",
                        options.contract)
    server = Server(emulator.handle, access_log=None, max_line_size=1 << 17,
                    max_field_size=1 << 17, keepalive_timeout=3600, lingering_time=0)
    context = tls(options)
    listener = await loop.create_server(server, "127.0.0.1", options.port, ssl=context,
                                        backlog=512)
    port = listener.sockets[0].getsockname()[1]
    write_file(options.port_file, f"{port}\n")
    write_file(options.pid_file, f"{os.getpid()}\n")
    scheme = "https" if context else "http"
    print(f"listening on {scheme}://127.0.0.1:{port}", flush=True)
    watcher = loop.create_task(end_of_input(loop, stopped)) if options.exit_with_parent else None
    await stopped.wait()
    listener.close()
    if watcher:
        watcher.cancel()
    await server.shutdown(0.2)
    for name in (options.port_file, options.pid_file):
        if name and os.path.exists(name):
            os.unlink(name)
    if log:
        log.close()


if __name__ == "__main__":
    settings = arguments()
    if uvloop is not None:
        uvloop.install()
    try:
        asyncio.run(main(settings))
    except (OSError, json.JSONDecodeError) as error:
        sys.exit(f"emulator: {error}")
