#!/usr/bin/python3
"""Hands bytes on between a client and a service and keeps what the service says.

    tee.py UPSTREAM_PORT PORT_FILE LOG

Listens on a free port of the loopback address, which it writes to PORT_FILE. What the service
answers is in LOG before the client has it. Ends with its parent (when standard input does).
"""

import asyncio
import pathlib
import sys


async def main():
    upstream, port_file, log_file = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    with open(log_file, "wb", buffering=0) as log:
        async def serve(reader, writer):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", upstream)
            await asyncio.gather(hand_on(reader, far_writer, None),
                                 hand_on(far_reader, writer, log))

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port_file.write_text(str(server.sockets[0].getsockname()[1]), "ascii")
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def hand_on(reader, writer, log):
    try:
        while data := await reader.read(65536):
            if log:
                log.write(data)
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


if __name__ == "__main__":
    asyncio.run(main())
