"""The sockets of the fake clouds: a door a vendor, each of which can stop listening and open again at the same port."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress

Serve = Callable[[socket.socket], None]


class Door:
    """A listening socket on loopback; every connection is served in a thread of its own."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._lock = threading.Lock()
        self._guests: set[socket.socket] = set()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.listening = True
        self._attend(self._socket)

    def shut(self, but: socket.socket | None = None) -> None:
        """Refuse connections from now on and end those that are open, but one; the port stays ours: bound, not listening."""
        with self._lock:
            if not self.listening:
                return
            self.listening = False
            self._leave(but)
            self._socket = socket.socket()
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind(("127.0.0.1", self.port))

    def open(self) -> None:
        """Listen again."""
        with self._lock:
            if self.listening:
                return
            self.listening = True
            self._socket.listen(128)
            self._attend(self._socket)

    def close(self) -> None:
        """Give the port back."""
        with self._lock:
            if self.listening:
                self._leave()
            else:
                self._socket.close()
            self.listening = False

    def _leave(self, but: socket.socket | None = None) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept()
        self._socket.close()
        for guest in tuple(self._guests):
            if guest is not but:
                hang_up(guest)

    def _attend(self, listener: socket.socket) -> None:
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                guest, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._host, args=(guest,), daemon=True).start()

    def _host(self, guest: socket.socket) -> None:
        self._guests.add(guest)
        with guest, suppress(OSError, ValueError):  # the guest left
            self._serve(guest)
        self._guests.discard(guest)


def hang_up(connection: socket.socket) -> None:
    """End a connection in order, so that its thread and its guest both see the end of it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def reset(connection: socket.socket) -> None:
    """Have the close of a connection send a reset instead of an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
