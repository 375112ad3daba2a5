"""A line to a server of this machine that carries as many bytes per second as stdin says.

The loopback's large segments let a sender's kernel take megabytes that go nowhere, a minute of sound.
With segments and a window as small as those of a bad line it takes kilobytes; only this side can ask for
that, and Node cannot.
"""

import select
import socket
import sys
import time

SEGMENT_BYTES = 536
WINDOW_BYTES = 4096
PORTION_BYTES = 2048

listening = socket.socket()
listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT_BYTES)
listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW_BYTES)
listening.bind(("127.0.0.1", 0))
listening.listen()
print(listening.getsockname()[1], flush=True)

near, _ = listening.accept()
far = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
bytes_per_sec = float("inf")
free_at = 0.0

while True:
    waiting = [sys.stdin, far]
    wait = free_at - time.monotonic()
    if wait <= 0:
        waiting.append(near)
    ready, _, _ = select.select(waiting, [], [], max(wait, 0) or None)
    if sys.stdin in ready:
        line = sys.stdin.readline()
        if not line:
            break
        bytes_per_sec = float(line)
        free_at = 0.0
    if far in ready:
        data = far.recv(PORTION_BYTES)
        if not data:
            break
        near.sendall(data)
    if near in ready:
        data = near.recv(PORTION_BYTES)
        if not data:
            break
        far.sendall(data)
        free_at = time.monotonic() + len(data) / bytes_per_sec
