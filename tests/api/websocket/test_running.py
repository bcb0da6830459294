"""The operations of one socket cost what they cost elsewhere."""

from api.rates import Rates
from tests.api.toy import Toy
from tests.api.websocket.test_socket import INIT, heard, opened, subscribe, talk


async def test_too_much_on_a_socket_ends_the_operation_and_not_the_socket() -> None:
    async with opened(Toy(rates=Rates(0, 1))) as socket:
        await talk(socket, INIT)
        assert (await heard(socket, 1))[0]["type"] == "connection_ack"
        for number in range(40):
            await talk(socket, subscribe(str(number), "{ __typename }"))
            (first,) = await heard(socket, 1)
            if first["type"] == "error":
                break
            await heard(socket, 1)

        extensions = first["payload"][0]["extensions"]
        assert extensions["code"] == "RATE_LIMITED"
        assert extensions["retryAfterSeconds"] >= 1
        await talk(socket, {"type": "ping"})
        assert (await heard(socket, 1))[0]["type"] == "pong"


async def test_refused_operations_on_a_socket_are_not_free() -> None:
    async with opened(Toy(rates=Rates(0, 2, clock=lambda: 0.0))) as socket:
        await talk(socket, INIT)
        await heard(socket, 1)
        codes = []
        for id in "123":
            await talk(socket, subscribe(id, "{"))
            (error,) = await heard(socket, 1)
            codes.append(error["payload"][0]["extensions"]["code"])

    assert codes == ["GRAPHQL_PARSE_FAILED", "GRAPHQL_PARSE_FAILED", "RATE_LIMITED"]
