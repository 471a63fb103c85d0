"""Many officers at once, in a process of their own: each has her screen open and saves a field every few seconds.

python -m benchmarks.desk.crowd reads {"origin", "every_s", "for_s", "officers": [[session id, entry]]} from standard
input and prints what was acknowledged, and how long each save took.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from secrets import token_hex

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

AT_THE_DOOR = 4  # who open their screens at the same time
COLUMNS = ("meHoTen", "chaHoTen", "nksHoTen", "nksNoiSinh", "nksQueQuan")


@dataclass(slots=True)
class Told:
    """What came of the saves: acknowledged (entry, column, text) in their order, the others by status."""

    acknowledged: list[tuple[int, str, str]] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    screens_s: float = 0.0  # until all screens were open


class Officer:
    """Her browser: one connection for the screen, one for the saves."""

    def __init__(self, http: aiohttp.ClientSession, origin: str, entry: int, told: Told) -> None:
        self._http, self._origin, self._entry, self._told = http, origin, entry, told
        self._version, self._typed, self._sitting = 0, 0, token_hex(4)

    async def open_screen(self) -> None:
        """Runs the screen once, as the browser does; the connection stays open and is listened to."""
        address = f"{self._origin.replace('http', 'ws')}/_stcore/stream"
        self._screen = await self._http.ws_connect(address, protocols=["streamlit"], origin=self._origin)
        run = BackMsg()
        run.rerun_script.query_string, run.rerun_script.page_name = f"entry={self._entry}", "review"
        await self._screen.send_bytes(run.SerializeToString())
        while ForwardMsg.FromString(await self._screen.receive_bytes()).WhichOneof("type") != "script_finished":
            pass
        self._listening = asyncio.create_task(self._listen())
        self._version = (await self._send({}))[1].get("version", 0)

    async def _listen(self) -> None:
        async for _ in self._screen:
            pass

    async def leave(self) -> None:
        self._listening.cancel()
        await self._http.close()

    async def work(self, every_s: float, until: float) -> None:
        """Saves a field every few seconds, beginning at a moment of her own."""
        moment = time.perf_counter() + random.random() * every_s
        while moment < until:
            await asyncio.sleep(moment - time.perf_counter())
            await self._save()
            moment += every_s

    async def _save(self) -> None:
        self._typed += 1
        column, text = COLUMNS[self._typed % len(COLUMNS)], f"CHỮ {self._typed} CỦA {self._entry}"
        begun = time.perf_counter()
        status, answer = await self._send({column: text})
        self._told.took_ms.append(1000 * (time.perf_counter() - begun))
        self._version = answer.get("version", self._version)
        if status == 200:
            self._told.acknowledged.append((self._entry, column, text))
        else:
            self._told.refused[str(status)] = self._told.refused.get(str(status), 0) + 1

    async def _send(self, values: dict[str, str]) -> tuple[int, dict[str, int]]:
        message = {
            "entry": self._entry, "version": self._version, "sitting": self._sitting, "number": self._typed,
            "values": values,
        }  # fmt: skip
        try:
            async with self._http.post(
                f"{self._origin}/desk/save", data=json.dumps(message), headers={"origin": self._origin}
            ) as answer:
                return answer.status, await answer.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            return 0, {type(error).__name__: 0}


async def work(origin: str, every_s: float, for_s: float, officers: list[tuple[str, int]]) -> Told:
    """All open their screens, then all save for a while."""
    told, people = Told(), []
    begun, door = time.perf_counter(), asyncio.Semaphore(AT_THE_DOOR)

    async def enter(officer: Officer) -> None:
        async with door:
            await officer.open_screen()

    for session_id, entry in officers:
        cookies = {"digitize_session": session_id}
        http = aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True))
        people.append(Officer(http, origin, entry, told))
    await asyncio.gather(*map(enter, people))
    told.screens_s = time.perf_counter() - begun
    until = time.perf_counter() + for_s
    await asyncio.gather(*(officer.work(every_s, until) for officer in people))
    await asyncio.gather(*(officer.leave() for officer in people))
    return told


def main() -> None:
    asked = json.load(sys.stdin)
    told = asyncio.run(work(asked["origin"], asked["every_s"], asked["for_s"], asked["officers"]))
    print(json.dumps(asdict(told), ensure_ascii=False))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
