#!/usr/bin/env python3
"""A proxy, or a server for clients of TLS.

    peer.py proxy  LOG [--user NAME:PASSWORD] [--certificate FILE]
    peer.py server LOG [--certificate FILE] [--alpn PROTOCOL]

The server knows no TLS without a certificate.  Prints its port, writes one line for each connection or request to LOG, and ends when its standard
input does.  FILE of --certificate holds the key as well.
"""
import argparse
import asyncio
import base64
import ssl
import sys


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("proxy", "server"))
    parser.add_argument("log")
    parser.add_argument("--user", help="what the proxy asks for")
    parser.add_argument("--certificate")
    parser.add_argument("--alpn", help="the only protocol that is spoken")
    return parser.parse_args()


def tls(options):
    if options.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate)
    if options.alpn:
        context.set_alpn_protocols([options.alpn])
    return context


def note(options, text):
    with open(options.log, "a", encoding="utf-8") as log:
        log.write(text + "\n")


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def relay(options, reader, writer):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    method, target, _ = head.split("\r\n")[0].split(" ")
    wanted = options.user and "Basic " + base64.b64encode(options.user.encode()).decode()
    given = [line.partition(": ")[2] for line in head.split("\r\n")
             if line.lower().startswith("proxy-authorization:")]
    note(options, f"{method} {target} {'with' if given else 'without'} credential"
         + (" and token" if "x-auth-token" in head.lower() else ""))
    if wanted and given != [wanted]:
        writer.write(b"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
    elif method != "CONNECT" or target.startswith("forbidden."):
        writer.write(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
    else:
        host, _, port = target.rpartition(":")
        there_reader, there_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Go\r\n\r\n")
        await asyncio.gather(pump(reader, there_writer), pump(there_reader, writer))
    writer.close()


async def answer(options, reader, writer):
    if options.certificate is None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        return
    line = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0].decode("latin-1")
    note(options, line)
    body = b'{"items": [{"id": "a"}]}'
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    await writer.drain()
    writer.close()


async def main(options):
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    context = tls(options)

    async def connected(reader, writer):
        note(options, "connection")
        try:
            if context is not None:
                await writer.start_tls(context)
            await (relay if options.kind == "proxy" else answer)(options, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    def at_end():
        if not sys.stdin.buffer.read1(1) and not ended.done():
            ended.set_result(None)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop.add_reader(sys.stdin, at_end)
    await ended


asyncio.run(main(arguments()))
