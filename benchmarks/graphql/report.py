"""Report: medians of the rounds, and the ratios within each round."""

from statistics import median
from typing import Any

from benchmarks.graphql.measure import Sample, Samples

REFERENCES = {"of_floor": "floor", "of_postgraphile": "postgraphile", "of_plain": "plain"}
Figures = dict[str, dict[str, Any]]


def figures(samples: Samples) -> Figures:
    """By operation, ours: the rest is in `of_…`, null for a server that was not there."""
    return {operation.value: _of(servers) for operation, servers in samples.items()}


def table(samples: Samples) -> str:
    head = f"{'':4}{'server':14}{'rps':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'ratio':>8}"
    lines = [head]
    for operation, servers in samples.items():
        for name, taken in servers.items():
            ratio = _ratio(servers["ours"], taken)
            lines.append(
                f"{operation.value:4}{name:14}{_median(taken, 'rps'):8.0f}"
                f"{_median(taken, 'p50_ms'):9.2f}{_median(taken, 'p99_ms'):9.2f}"
                f"{_median(taken, 'cpu_ms'):9.3f}{ratio:8.2f}"
            )
    lines.append("ratio: our rate by the server's, the median of the rounds")
    return "\n".join(lines)


def _of(servers: dict[str, list[Sample]]) -> dict[str, Any]:
    ours = servers["ours"]
    return {
        "rps": round(_median(ours, "rps"), 1),
        "p50_ms": round(_median(ours, "p50_ms"), 2),
        "p99_ms": round(_median(ours, "p99_ms"), 2),
        **{
            key: round(_ratio(ours, servers[name]), 2) if name in servers else None
            for key, name in REFERENCES.items()
        },
        "sqlite_of_postgresql": (
            round(_ratio(servers["sqlite"], ours), 2) if "sqlite" in servers else None
        ),
        "cpu_ms": round(_median(ours, "cpu_ms"), 3),
        "cpu_ms_of": {
            name: round(_median(taken, "cpu_ms"), 3)
            for name, taken in servers.items()
            if name != "ours"
        },
    }


def _median(samples: list[Sample], name: str) -> float:
    return float(median(getattr(sample, name) for sample in samples))


def _ratio(ours: list[Sample], theirs: list[Sample]) -> float:
    return median(one.rps / other.rps for one, other in zip(ours, theirs, strict=True))
