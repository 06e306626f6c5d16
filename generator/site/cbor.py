"""The part of CBOR (RFC 8949) that a search index is written in: whole numbers, texts and lists. Pure."""

Value = int | str | list["Value"]
_NUMBER, _TEXT, _LIST = 0, 3, 4
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}


def parse_cbor(data: bytes) -> Value:
    """Read one value. Raises ValueError for anything else than numbers, texts and lists."""
    value, end = _parse(data, 0)
    if end != len(data):
        raise ValueError(f"{len(data) - end} bytes follow the value")
    return value


def render_cbor(value: Value) -> bytes:
    """Write a value in the shortest form."""
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        data = value.encode()
        return _head(_TEXT, len(data)) + data
    return _head(_LIST, len(value)) + b"".join(map(render_cbor, value))


def _parse(data: bytes, at: int) -> tuple[Value, int]:
    if at >= len(data):
        raise ValueError("the data ends too early")
    kind, number, at = data[at] >> 5, data[at] & 31, at + 1
    if number in _SIZES:
        size = _SIZES[number]
        number, at = int.from_bytes(data[at : at + size]), at + size
    elif number > 23:
        raise ValueError(f"a length of kind {number} is not used in an index")
    if kind == _NUMBER:
        return number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind != _LIST:
        raise ValueError(f"a value of kind {kind} is not used in an index")
    values: list[Value] = []
    for _ in range(number):
        value, at = _parse(data, at)
        values.append(value)
    return values, at


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    mark, size = next((mark, size) for mark, size in _SIZES.items() if number < 1 << 8 * size)
    return bytes([kind << 5 | mark]) + number.to_bytes(size)
